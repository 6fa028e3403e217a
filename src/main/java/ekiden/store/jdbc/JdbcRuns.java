package ekiden.store.jdbc;

import static ekiden.store.jdbc.JdbcTransaction.body;

import ekiden.model.run.RecordedEvent;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.store.EventJson;
import ekiden.store.Runs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs in tables {@code run} and {@code event}. */
record JdbcRuns(Sql sql) implements Runs {
    private static final Sql.Row<Run> ROW = body(Run.class);

    @Override
    public void insert(Run run) {
        if (run.version() != 1) {
            throw new IllegalArgumentException("a new run has version 1, not " + run.version());
        }
        sql.update(
                "INSERT INTO run (id, unit, number, status, created, version, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
                run.id(),
                run.unit(),
                run.number(),
                run.status().name(),
                run.created(),
                run.version(),
                body(run));
    }

    @Override
    public void update(Run run) {
        int changed = sql.update(
                "UPDATE run SET status = ?, version = ?, body = ? WHERE id = ? AND version = ?",
                run.status().name(),
                run.version(),
                body(run),
                run.id(),
                run.version() - 1);
        if (changed != 1) {
            throw sql.conflict("run " + run.label() + " version " + run.version());
        }
    }

    @Override
    public Optional<Run> find(UUID id) {
        return sql.one("SELECT body FROM run WHERE id = ?", ROW, id);
    }

    @Override
    public Optional<Run> find(String unit, long number) {
        return sql.one("SELECT body FROM run WHERE unit = ? AND number = ?", ROW, unit, number);
    }

    @Override
    public long lastNumber(String unit) {
        return sql.number("SELECT max(number) FROM run WHERE unit = ?", unit);
    }

    @Override
    public List<Run> in(String unit, Set<RunStatus> statuses) {
        if (statuses.isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>();
        values.add(unit);
        statuses.forEach(status -> values.add(status.name()));
        String holes = String.join(", ", Collections.nCopies(statuses.size(), "?"));
        return sql.list(
                "SELECT body FROM run WHERE unit = ? AND status IN (" + holes + ") ORDER BY number",
                ROW,
                values.toArray());
    }

    @Override
    public Optional<Run> first(String unit, RunStatus status) {
        return sql.one(
                "SELECT body FROM run WHERE unit = ?"
                        + " AND number = (SELECT min(number) FROM run WHERE unit = ? AND status = ?)",
                ROW,
                unit,
                unit,
                status.name());
    }

    @Override
    public List<Run> list(@Nullable String unit, int limit) {
        return unit == null
                ? sql.list("SELECT body FROM run ORDER BY created DESC, id DESC LIMIT ?", ROW, limit)
                : sql.list("SELECT body FROM run WHERE unit = ? ORDER BY number DESC LIMIT ?", ROW, unit, limit);
    }

    @Override
    public List<Run> below(String unit, long number, int limit) {
        return sql.list(
                "SELECT body FROM run WHERE unit = ? AND number < ? ORDER BY number DESC LIMIT ?",
                ROW,
                unit,
                number,
                limit);
    }

    @Override
    public List<Run> behind(UUID after, int limit) {
        return sql.list("SELECT body FROM run WHERE id > ? ORDER BY id LIMIT ?", ROW, after, limit);
    }

    @Override
    public void remove(UUID run) {
        sql.update("DELETE FROM event WHERE run = ?", run);
        sql.update("DELETE FROM run WHERE id = ?", run);
    }

    @Override
    public void append(List<RecordedEvent> events) {
        for (RecordedEvent event : events) {
            sql.update(
                    "INSERT INTO event (run, sequence, body) VALUES (?, ?, ?)",
                    event.run(),
                    event.sequence(),
                    new Sql.Body(EventJson.CURRENT.write(event)));
        }
    }

    @Override
    public List<RecordedEvent> history(UUID run, long after, int limit) {
        return sql.list(
                "SELECT body FROM event WHERE run = ? AND sequence > ? ORDER BY sequence LIMIT ?",
                result -> EventJson.CURRENT.read(result.getString(1)),
                run,
                after,
                limit);
    }

    @Override
    public long lastSequence(UUID run) {
        return sql.number("SELECT COALESCE(MAX(sequence), 0) FROM event WHERE run = ?", run);
    }
}
