package ekiden.store;

import ekiden.model.mail.Cursor;
import java.util.List;
import java.util.Optional;

/** How far the folders of mailboxes at servers are settled: one row for each folder. */
public interface Cursors {
    /**
     * @param mailbox the mail profile's name
     * @param folder the folder
     * @return its cursor, or empty where it was never looked at
     */
    Optional<Cursor> find(String mailbox, String folder);

    /**
     * @param mailbox the mail profile's name
     * @return the cursors of its folders, by the folder's name
     */
    List<Cursor> of(String mailbox);

    /**
     * Makes or replaces the row of {@code cursor.folder()}.
     *
     * @param mailbox the mail profile's name
     * @param cursor how far it is settled
     */
    void put(String mailbox, Cursor cursor);
}
