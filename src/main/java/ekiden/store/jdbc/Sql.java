package ekiden.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Statements of one transaction. Remembers the first failure, so that a work cannot swallow it. */
final class Sql {
    private final Session session;
    private final boolean writable;
    private @Nullable SqlFailure failure;
    private @Nullable Instant earliestTimer;
    private boolean ended;

    /** Makes a value of the row a result stands on. */
    @FunctionalInterface
    interface Row<T> {
        T of(ResultSet result) throws SQLException;
    }

    /** Text that is a JSON value; bound with what databases do not take escaped in it. */
    record Body(String json) {}

    Sql(Session session, boolean writable) {
        this.session = session;
        this.writable = writable;
    }

    void end() {
        ended = true;
    }

    @Nullable
    SqlFailure failure() {
        return failure;
    }

    @Nullable
    Instant earliestTimer() {
        return earliestTimer;
    }

    void timerSet(Instant at) {
        if (earliestTimer == null || at.isBefore(earliestTimer)) {
            earliestTimer = at;
        }
    }

    SqlFailure conflict(String what) {
        SqlFailure conflict = new SqlFailure(Trouble.CONFLICT, what);
        if (failure == null) {
            failure = conflict;
        }
        return conflict;
    }

    int update(String sql, @Nullable Object... values) {
        if (!writable) {
            throw new IllegalStateException("a transaction that only reads has written");
        }
        try {
            return bound(sql, values).executeUpdate();
        } catch (SQLException error) {
            throw failed(error);
        }
    }

    <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) {
        try (ResultSet result = bound(sql, values).executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row.of(result));
            }
            return rows;
        } catch (SQLException error) {
            throw failed(error);
        }
    }

    <T> Optional<T> one(String sql, Row<T> row, @Nullable Object... values) {
        List<T> rows = list(sql, row, values);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    long number(String sql, @Nullable Object... values) {
        return one(sql, result -> result.getLong(1), values).orElse(0L);
    }

    private SqlFailure failed(SQLException error) {
        SqlFailure failed = new SqlFailure(session.dialect().trouble(error), error);
        if (failure == null) {
            failure = failed;
        }
        return failed;
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        if (ended) {
            throw new IllegalStateException("the transaction has ended");
        }
        PreparedStatement statement = session.prepare(sql);
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
        return statement;
    }

    private void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setString(index, null);
            case String text -> statement.setString(index, Texts.plain(text));
            case Body body -> statement.setString(index, Texts.json(body.json()));
            case Integer number -> statement.setLong(index, number);
            case Long number -> statement.setLong(index, number);
            case Instant time -> statement.setLong(index, micros(time));
            case UUID id -> session.dialect().bind(statement, index, id);
            default -> throw new IllegalArgumentException("cannot be bound: " + value.getClass());
        }
    }

    /** Epoch microseconds, cut towards the past. */
    static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
