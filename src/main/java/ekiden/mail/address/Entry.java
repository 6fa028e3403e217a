package ekiden.mail.address;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an address book has under a name. */
public sealed interface Entry {
    /** {@return what it is called in its book and nowhere else: a line, a UID, a distinguished name} */
    String id();

    /** {@return the name that people see} */
    String name();

    /** {@return what tells it from others of its name, for example a department; may be empty} */
    String detail();

    /** {@return all names by which it can be called, the shown one too: other orders, nicknames, readings, account names} */
    List<String> names();

    /**
     * A person, a room, a role: somebody with one address.
     *
     * @param id in its book
     * @param name that people see
     * @param detail may be empty
     * @param names by which it can be called
     * @param address {@code local@domain}, or null where the book has none
     */
    record Person(
            String id,
            String name,
            String detail,
            List<String> names,
            @Nullable String address) implements Entry {
        /** Copies the list. */
        public Person {
            names = List.copyOf(names);
        }
    }

    /**
     * A distribution list.
     *
     * @param id in its book
     * @param name that people see
     * @param detail may be empty
     * @param names by which it can be called
     * @param address the list's own address, at which a server opens it, or null where Ekiden has to
     * @param members as its book writes them; {@link AddressBook#members} knows what they mean
     */
    record Group(
            String id,
            String name,
            String detail,
            List<String> names,
            @Nullable String address,
            List<String> members) implements Entry {
        /** Copies the lists. */
        public Group {
            names = List.copyOf(names);
            members = List.copyOf(members);
        }
    }
}
