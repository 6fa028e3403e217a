package ekiden.testing;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.address.AddressBook;
import ekiden.mail.address.Entry;
import ekiden.mail.address.EntryIndex;
import ekiden.mail.address.Found;
import ekiden.mail.address.Member;
import ekiden.mail.send.MailAddresses;
import ekiden.model.mail.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An address book in memory. A member is an address, the id of an entry, or a name. Can be made to fail. Safe from any thread. */
public final class MemoryBook implements AddressBook {
    private static final int CANDIDATES = 20;

    private final String name;
    private final boolean beginnings;
    private final EntryIndex index;
    private final List<String> asked = new ArrayList<>();
    private @Nullable Problem problem;

    /**
     * @param name of the book
     * @param beginnings whether the beginning of a name is enough
     * @param entries its entries
     */
    public MemoryBook(String name, boolean beginnings, List<Entry> entries) {
        this.name = name;
        this.beginnings = beginnings;
        this.index = new EntryIndex(entries);
    }

    /** From now on it cannot be read. */
    public synchronized void failing(Problem why) {
        problem = why;
    }

    /** From now on it can be read. */
    public synchronized void works() {
        problem = null;
    }

    /** {@return the names it was asked for} */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean beginnings() {
        return beginnings;
    }

    @Override
    public synchronized Result<Found> find(String wanted, Duration within) {
        asked.add(wanted);
        return problem == null ? Result.ok(index.find(wanted, CANDIDATES)) : Result.failed(problem);
    }

    @Override
    public synchronized Result<List<Member>> members(Entry.Group group, Duration within) {
        return problem == null
                ? Result.ok(group.members().stream().map(this::member).toList())
                : Result.failed(problem);
    }

    private Member member(String text) {
        Entry known = index.byId(text);
        if (known != null) {
            return new Member.Known(known);
        }
        if (text.startsWith("urn:")) {
            return new Member.Missing(text);
        }
        return MailAddresses.parse(text) instanceof Result.Ok<Address>(Address address)
                ? new Member.Mailbox(address)
                : new Member.Named(text);
    }

    @Override
    public synchronized Result<Listing> list(int most, Duration within) {
        return problem == null ? Result.ok(index.list(most)) : Result.failed(problem);
    }
}
