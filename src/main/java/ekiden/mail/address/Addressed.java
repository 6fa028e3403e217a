package ekiden.mail.address;

import ekiden.model.mail.Address;
import java.util.List;

/**
 * To whom a mail goes, after all names were looked up.
 *
 * @param to recipients
 * @param cc copies
 * @param bcc blind copies
 * @param names what became of each name that was looked up, in the order of the mail
 */
public record Addressed(List<Address> to, List<Address> cc, List<Address> bcc, List<Name> names) {
    /** Copies the lists. */
    public Addressed {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        names = List.copyOf(names);
    }

    /**
     * A name and what it became.
     *
     * @param written as it was given
     * @param book that has it
     * @param addresses one, or those of a list
     */
    public record Name(String written, String book, List<Address> addresses) {
        /** Copies the list. */
        public Name {
            addresses = List.copyOf(addresses);
        }
    }
}
