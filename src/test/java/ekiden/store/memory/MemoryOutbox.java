package ekiden.store.memory;

import ekiden.link.Assignment;
import ekiden.store.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The outbox in memory. */
record MemoryOutbox(MemoryTransaction transaction) implements Outbox {
    private Tables tables() {
        return transaction.tables();
    }

    @Override
    public void put(String agent, Assignment assignment, Instant at) {
        if (tables().outboxKeys.get(assignment.key()) == null) {
            long sequence = tables().lastOutbox.incrementAndGet();
            tables().outbox.put(sequence, new Row(sequence, agent, assignment, at));
            tables().outboxKeys.put(assignment.key(), sequence);
        }
    }

    @Override
    public void remove(String key) {
        Long sequence = tables().outboxKeys.get(key);
        if (sequence != null) {
            tables().outbox.remove(sequence);
            tables().outboxKeys.remove(key);
        }
    }

    @Override
    public Optional<Row> find(String key) {
        return Optional.ofNullable(tables().outboxKeys.get(key))
                .map(sequence -> Objects.requireNonNull(tables().outbox.get(sequence)));
    }

    @Override
    public List<Row> waiting(String agent, long after, int limit) {
        return tables().outbox.rows().tailMap(after, false).values().stream()
                .filter(row -> row.agent().equals(agent))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Row> waiting(long after, int limit) {
        return tables().outbox.rows().tailMap(after, false).values().stream()
                .limit(limit)
                .toList();
    }
}
