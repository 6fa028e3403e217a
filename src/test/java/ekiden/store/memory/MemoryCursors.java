package ekiden.store.memory;

import ekiden.model.mail.Cursor;
import ekiden.store.Cursors;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far folders are settled, in memory. */
record MemoryCursors(MemoryTransaction transaction) implements Cursors {
    @Override
    public Optional<Cursor> find(String mailbox, String folder) {
        return Optional.ofNullable(transaction.tables().cursors.get(new Tables.FolderKey(mailbox, folder)));
    }

    @Override
    public List<Cursor> of(String mailbox) {
        return transaction.tables().cursors.rows().entrySet().stream()
                .filter(row -> row.getKey().mailbox().equals(mailbox))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public void put(String mailbox, Cursor cursor) {
        transaction.tables().cursors.put(new Tables.FolderKey(mailbox, cursor.folder()), cursor);
    }
}
