package ekiden.mail.address;

import java.util.List;

/**
 * Who bears a name in one book.
 *
 * @param whole those who bear just this name
 * @param beginning where {@code whole} is empty: those with a name that begins with it
 * @param more whether there are more of them than were taken
 */
public record Found(List<Entry> whole, List<Entry> beginning, boolean more) {
    /** Nobody. */
    public static final Found NOBODY = new Found(List.of(), List.of(), false);

    /** Copies the lists. */
    public Found {
        whole = List.copyOf(whole);
        beginning = List.copyOf(beginning);
    }
}
