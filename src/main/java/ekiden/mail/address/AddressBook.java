package ekiden.mail.address;

import ekiden.base.Problem;
import ekiden.base.Result;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port: one address book. Names are compared as {@link Names#fold} makes them. Safe from any thread; calls block, but not longer than they are told.
 */
public interface AddressBook extends AutoCloseable {
    /** {@return its name in the settings} */
    String name();

    /** {@return whether the beginning of a name is enough, where only one entry's name begins so} */
    boolean beginnings();

    /**
     * Who bears a name.
     *
     * @param name not blank
     * @param within how long it may take
     * @return at most {@link AddressLimits#candidates} of them; or why the book cannot be read now
     */
    Result<Found> find(String name, Duration within);

    /**
     * The members of a list of this book, one level deep.
     *
     * @param group from this book
     * @param within how long it may take
     * @return in the order of the list; or why they cannot be read now
     */
    Result<List<Member>> members(Entry.Group group, Duration within);

    /**
     * What is in the book.
     *
     * @param most how many entries
     * @param within how long it may take
     * @return so many at most, in the book's order; or why the book cannot be read now
     */
    Result<Listing> list(int most, Duration within);

    /**
     * Entries of a book.
     *
     * @param entries in the book's order
     * @param more whether the book has more
     * @param refused why more cannot be had, however many are wanted, or null
     */
    record Listing(
            List<Entry> entries, boolean more, @Nullable Problem refused) {
        /** Entries of a book that gives out all that are wanted. */
        public Listing(List<Entry> entries, boolean more) {
            this(entries, more, null);
        }

        /** Copies the list. */
        public Listing {
            entries = List.copyOf(entries);
        }
    }

    /** Gives connections back. */
    @Override
    default void close() {}
}
