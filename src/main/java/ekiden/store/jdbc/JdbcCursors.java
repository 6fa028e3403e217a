package ekiden.store.jdbc;

import ekiden.model.mail.Cursor;
import ekiden.model.mail.UidSet;
import ekiden.store.Cursors;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far folders are settled, in table {@code folder}. */
record JdbcCursors(Sql sql) implements Cursors {
    private static final Sql.Row<Cursor> ROW = row ->
            new Cursor(row.getString(1), row.getLong(2), UidSet.parse(row.getString(3)), numbers(row.getString(4)));

    private static List<Long> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",")).map(Long::valueOf).toList();
    }

    @Override
    public Optional<Cursor> find(String mailbox, String folder) {
        return sql.one(
                "SELECT name, uid_validity, settled, begun FROM folder WHERE mailbox = ? AND name = ?",
                ROW,
                mailbox,
                folder);
    }

    @Override
    public List<Cursor> of(String mailbox) {
        return sql.list(
                "SELECT name, uid_validity, settled, begun FROM folder WHERE mailbox = ? ORDER BY name", ROW, mailbox);
    }

    @Override
    public void put(String mailbox, Cursor cursor) {
        sql.update(
                "INSERT INTO folder (mailbox, name, uid_validity, settled, begun) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (mailbox, name) DO UPDATE"
                        + " SET uid_validity = excluded.uid_validity, settled = excluded.settled, begun = excluded.begun",
                mailbox,
                cursor.folder(),
                cursor.uidValidity(),
                cursor.settled().toString(),
                cursor.begun().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
}
