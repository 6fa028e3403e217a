package ekiden.store.memory;

import ekiden.base.Problem;
import ekiden.store.Store;
import ekiden.store.StoreMessage;
import ekiden.store.Transaction;
import ekiden.timer.Timers.Due;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The state of the managers in memory. What answered {@code Committed} is durable: let this object live on when a crash is
 * played, and give it to the next manager. One transaction at a time; deterministic. Commits fail when {@link #failNext} says
 * so.
 */
public final class MemoryStore implements Store {
    /** What becomes of a commit that is made to fail. Only commits that have something to write count. */
    public enum Fault {
        /** Nothing is written; somebody else was first. */
        CONFLICT,
        /** Nothing is written; no room. */
        DISK_FULL,
        /** It is written, and the answer says that this cannot be known. */
        UNKNOWN_COMMITTED,
        /** It is not written, and the answer says that this cannot be known. */
        UNKNOWN_LOST
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Undo undo = new Undo();
    private final Tables tables = new Tables(undo);
    private final Deque<Fault> faults = new ArrayDeque<>();
    private Consumer<Instant> timersSet = at -> {};
    private long commits;

    /**
     * Makes a coming commit fail; more calls are for the commits behind it.
     *
     * @param fault how
     */
    public void failNext(Fault fault) {
        faults.add(fault);
    }

    /** {@return how many faults wait for their commit} */
    public int faultsLeft() {
        return faults.size();
    }

    /** {@return how many transactions that wrote something became durable} */
    public long commits() {
        return commits;
    }

    /**
     * @param now the present
     * @return the timers whose time has come, the earliest first; they come again until {@link #fired}
     */
    public List<Due> due(Instant now) {
        lock.lock();
        try {
            return tables.due(now);
        } finally {
            lock.unlock();
        }
    }

    /** {@return all timers that are set, the earliest first} */
    public List<Due> timers() {
        return due(Instant.MAX);
    }

    /**
     * Removes a timer that was handled. One that was set anew in the meantime stays.
     *
     * @param due as {@link #due} gave it
     */
    public void fired(Due due) {
        lock.lock();
        try {
            tables.fired(due);
            undo.forget();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <T> Outcome<T> write(Function<Transaction, T> work) {
        MemoryTransaction transaction = new MemoryTransaction(tables);
        Outcome<T> outcome = write(work, transaction);
        Instant earliest = transaction.earliestTimer();
        if (earliest != null && outcome instanceof Outcome.Committed) {
            timersSet.accept(earliest);
        }
        return outcome;
    }

    private <T> Outcome<T> write(Function<Transaction, T> work, MemoryTransaction transaction) {
        begin();
        boolean kept = false;
        try {
            T value = work.apply(transaction);
            Outcome<T> outcome = transaction.conflicted() ? new Outcome.Conflict<>() : commit(value);
            kept = undo.empty();
            return outcome;
        } catch (Conflicted conflict) {
            return new Outcome.Conflict<>();
        } finally {
            transaction.end();
            if (!kept) {
                undo.rollBack();
            }
            lock.unlock();
        }
    }

    private <T> Outcome<T> commit(T value) {
        Fault fault = undo.empty() ? null : faults.poll();
        if (fault == null) {
            keep();
            return new Outcome.Committed<>(value);
        }
        return switch (fault) {
            case CONFLICT -> new Outcome.Conflict<>();
            case DISK_FULL -> new Outcome.RolledBack<>(Problem.of(StoreMessage.NO_ROOM, "place", "memory"));
            case UNKNOWN_COMMITTED -> {
                keep();
                yield unknown();
            }
            case UNKNOWN_LOST -> unknown();
        };
    }

    private void keep() {
        if (!undo.empty()) {
            commits++;
        }
        undo.forget();
    }

    private static <T> Outcome<T> unknown() {
        return new Outcome.Unknown<>(
                Problem.of(StoreMessage.COMMIT_UNKNOWN, "place", "memory", "reason", "the connection was lost"));
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        begin();
        MemoryTransaction transaction = new MemoryTransaction(tables);
        try {
            T value = work.apply(transaction);
            if (!undo.empty()) {
                throw new IllegalStateException("a transaction that only reads has written");
            }
            return value;
        } finally {
            transaction.end();
            undo.rollBack();
            lock.unlock();
        }
    }

    @Override
    public void whenTimersSet(Consumer<Instant> listener) {
        timersSet = listener;
    }

    private void begin() {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("a transaction inside a transaction");
        }
        lock.lock();
    }

    @Override
    public void close() {
        // Nothing to give back: what is durable outlives the process that is played.
    }
}
