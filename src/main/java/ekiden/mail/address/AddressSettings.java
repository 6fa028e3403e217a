package ekiden.mail.address;

import ekiden.base.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The address books of the settings.
 *
 * @param map the file that settles names, asked before all books, absolute or relative to the home; or null
 * @param books in the order in which they are asked
 * @param broken why they cannot be used, or null; then no name is looked up, for the book that is wrong might be the one that knows it
 */
public record AddressSettings(
        @Nullable String map,
        List<BookSettings> books,
        @Nullable Problem broken) {
    /** No books. */
    public static final AddressSettings NONE = new AddressSettings(null, List.of(), null);

    /** Copies the list. */
    public AddressSettings {
        books = List.copyOf(books);
    }
}
