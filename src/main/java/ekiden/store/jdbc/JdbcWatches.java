package ekiden.store.jdbc;

import static ekiden.store.jdbc.JdbcTransaction.body;

import ekiden.model.run.Watch;
import ekiden.store.Watches;
import java.util.List;
import java.util.Optional;

/** Watch instances in tables {@code watch} and {@code mailbox}. */
record JdbcWatches(Sql sql) implements Watches {
    private static final Sql.Row<Watch> ROW = body(Watch.class);

    @Override
    public void insert(Watch watch) {
        sql.update(
                "INSERT INTO watch (id, mailbox, created, body) VALUES (?, ?, ?, ?)",
                watch.id(),
                watch.mailbox(),
                watch.created(),
                body(watch));
    }

    @Override
    public void update(Watch watch) {
        int changed = sql.update(
                "UPDATE watch SET mailbox = ?, created = ?, body = ? WHERE id = ?",
                watch.mailbox(),
                watch.created(),
                body(watch),
                watch.id());
        if (changed != 1) {
            throw new IllegalStateException("no watch " + watch.id());
        }
    }

    @Override
    public void remove(String id) {
        sql.update("DELETE FROM watch WHERE id = ?", id);
    }

    @Override
    public Optional<Watch> find(String id) {
        return sql.one("SELECT body FROM watch WHERE id = ?", ROW, id);
    }

    @Override
    public List<Watch> on(String mailbox) {
        return sql.list("SELECT body FROM watch WHERE mailbox = ? ORDER BY created, id", ROW, mailbox);
    }

    @Override
    public long version(String mailbox) {
        return sql.number("SELECT watch_version FROM mailbox WHERE name = ?", mailbox);
    }

    @Override
    public long nextVersion(String mailbox) {
        sql.update(
                "INSERT INTO mailbox (name, watch_version) VALUES (?, 1)"
                        + " ON CONFLICT (name) DO UPDATE SET watch_version = mailbox.watch_version + 1",
                mailbox);
        return version(mailbox);
    }
}
