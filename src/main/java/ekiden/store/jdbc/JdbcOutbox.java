package ekiden.store.jdbc;

import ekiden.json.Json;
import ekiden.link.Assignment;
import ekiden.store.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The outbox in table {@code outbox}. */
record JdbcOutbox(Sql sql) implements Outbox {
    private static final String COLUMNS = "SELECT sequence, agent, body, at FROM outbox ";
    private static final Sql.Row<Row> ROW = result -> new Row(
            result.getLong(1),
            result.getString(2),
            Json.read(result.getString(3), Assignment.class),
            Sql.time(result.getLong(4)));

    @Override
    public void put(String agent, Assignment assignment, Instant at) {
        sql.update(
                "INSERT INTO outbox (agent, assignment, at, body) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (assignment) DO NOTHING",
                agent,
                assignment.key(),
                at,
                JdbcTransaction.body(assignment));
    }

    @Override
    public void remove(String key) {
        sql.update("DELETE FROM outbox WHERE assignment = ?", key);
    }

    @Override
    public Optional<Row> find(String key) {
        return sql.one(COLUMNS + "WHERE assignment = ?", ROW, key);
    }

    @Override
    public List<Row> waiting(String agent, long after, int limit) {
        return sql.list(
                COLUMNS + "WHERE agent = ? AND sequence > ? ORDER BY sequence LIMIT ?", ROW, agent, after, limit);
    }

    @Override
    public List<Row> waiting(long after, int limit) {
        return sql.list(COLUMNS + "WHERE sequence > ? ORDER BY sequence LIMIT ?", ROW, after, limit);
    }
}
