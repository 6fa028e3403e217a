package ekiden.store.jdbc;

import ekiden.timer.Timers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Timers in table {@code timer}. */
record JdbcTimers(Sql sql) implements Timers {
    @Override
    public void set(String id, Instant at) {
        sql.update("INSERT INTO timer (id, at) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at", id, at);
        sql.timerSet(at);
    }

    @Override
    public void cancel(String id) {
        sql.update("DELETE FROM timer WHERE id = ?", id);
    }

    @Override
    public List<Due> due(Instant now, int limit) {
        return sql.list(
                "SELECT id, at FROM timer WHERE at <= ? ORDER BY at, id LIMIT ?",
                row -> new Due(row.getString(1), Sql.time(row.getLong(2))),
                now,
                limit);
    }

    @Override
    public boolean fired(Due due) {
        return sql.update("DELETE FROM timer WHERE id = ? AND at = ?", due.id(), due.at()) == 1;
    }

    @Override
    public Optional<Instant> next() {
        return sql.one("SELECT at FROM timer ORDER BY at LIMIT 1", row -> Sql.time(row.getLong(1)));
    }
}
