package ekiden.store.jdbc;

import ekiden.base.Problem;
import ekiden.json.Json;
import ekiden.model.run.Alarm;
import ekiden.store.Alarms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alarms in table {@code alarm}. */
record JdbcAlarms(Sql sql) implements Alarms {
    @Override
    public void raise(String key, Problem problem, Instant at) {
        sql.update(
                "INSERT INTO alarm (about, since, problem) VALUES (?, ?, ?)"
                        + " ON CONFLICT (about) WHERE cleared IS NULL DO NOTHING",
                key,
                at,
                JdbcTransaction.body(problem));
    }

    @Override
    public void clear(String key, Instant at) {
        sql.update("UPDATE alarm SET cleared = ? WHERE about = ? AND cleared IS NULL", at, key);
    }

    @Override
    public List<Alarm> list(boolean openOnly, int limit) {
        String only = openOnly ? "WHERE cleared IS NULL " : "";
        return sql.list(
                "SELECT id, about, problem, since, cleared FROM alarm " + only + "ORDER BY id DESC LIMIT ?",
                result -> new Alarm(
                        result.getLong(1),
                        result.getString(2),
                        Json.read(result.getString(3), Problem.class),
                        Sql.time(result.getLong(4)),
                        cleared(result)),
                limit);
    }

    private static @Nullable Instant cleared(ResultSet result) throws SQLException {
        long cleared = result.getLong(5);
        return result.wasNull() ? null : Sql.time(cleared);
    }
}
