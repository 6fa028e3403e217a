package ekiden.store.memory;

import ekiden.model.run.RecordedEvent;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.store.Runs;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs in memory. */
record MemoryRuns(MemoryTransaction transaction) implements Runs {
    private static final Comparator<Run> NEWEST_FIRST =
            Comparator.comparing(Run::created).thenComparing(Run::id).reversed();

    private Tables tables() {
        return transaction.tables();
    }

    @Override
    public void insert(Run run) {
        if (run.version() != 1) {
            throw new IllegalArgumentException("a new run has version 1, not " + run.version());
        }
        if (find(run.id()).isPresent() || find(run.unit(), run.number()).isPresent()) {
            throw transaction.conflict("run " + run.label());
        }
        tables().runs.put(run.id(), run);
    }

    @Override
    public void update(Run run) {
        Run old = tables().runs.get(run.id());
        if (old == null || old.version() != run.version() - 1) {
            throw transaction.conflict("run " + run.label() + " version " + run.version());
        }
        tables().runs.put(run.id(), run);
    }

    @Override
    public Optional<Run> find(UUID id) {
        return Optional.ofNullable(tables().runs.get(id));
    }

    @Override
    public Optional<Run> find(String unit, long number) {
        return of(unit).filter(run -> run.number() == number).findFirst();
    }

    @Override
    public long lastNumber(String unit) {
        return of(unit).mapToLong(Run::number).max().orElse(0);
    }

    @Override
    public List<Run> in(String unit, Set<RunStatus> statuses) {
        return of(unit).filter(run -> statuses.contains(run.status()))
                .sorted(Comparator.comparingLong(Run::number))
                .toList();
    }

    @Override
    public Optional<Run> first(String unit, RunStatus status) {
        return of(unit).filter(run -> run.status() == status).min(Comparator.comparingLong(Run::number));
    }

    @Override
    public List<Run> list(@Nullable String unit, int limit) {
        return tables().runs.values().stream()
                .filter(run -> unit == null || run.unit().equals(unit))
                .sorted(
                        unit == null
                                ? NEWEST_FIRST
                                : Comparator.comparingLong(Run::number).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public List<Run> below(String unit, long number, int limit) {
        return tables().runs.values().stream()
                .filter(run -> run.unit().equals(unit) && run.number() < number)
                .sorted(Comparator.comparingLong(Run::number).reversed())
                .limit(limit)
                .toList();
    }

    /** By their digits, since Java compares the halves of an id as signed numbers. */
    @Override
    public List<Run> behind(UUID after, int limit) {
        return tables().runs.values().stream()
                .filter(run -> run.id().toString().compareTo(after.toString()) > 0)
                .sorted(Comparator.comparing(run -> run.id().toString()))
                .limit(limit)
                .toList();
    }

    @Override
    public void remove(UUID run) {
        history(run, 0, Integer.MAX_VALUE)
                .forEach(event -> tables().events.remove(new Tables.EventKey(run, event.sequence())));
        tables().runs.remove(run);
    }

    @Override
    public void append(List<RecordedEvent> events) {
        for (RecordedEvent event : events) {
            Tables.EventKey key = new Tables.EventKey(event.run(), event.sequence());
            if (tables().events.get(key) != null) {
                throw transaction.conflict("event " + key);
            }
            tables().events.put(key, event);
        }
    }

    @Override
    public List<RecordedEvent> history(UUID run, long after, int limit) {
        return tables()
                .events
                .rows()
                .subMap(new Tables.EventKey(run, after), false, new Tables.EventKey(run, Long.MAX_VALUE), true)
                .values()
                .stream()
                .limit(limit)
                .toList();
    }

    @Override
    public long lastSequence(UUID run) {
        return history(run, 0, Integer.MAX_VALUE).size();
    }

    private Stream<Run> of(String unit) {
        return tables().runs.values().stream().filter(run -> run.unit().equals(unit));
    }
}
