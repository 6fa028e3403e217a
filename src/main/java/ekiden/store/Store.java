package ekiden.store;

import ekiden.base.Problem;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The durable state of the managers. Safe from any thread; writes of one SQLite store are carried out one after another.
 */
public interface Store extends AutoCloseable {
    /**
     * Runs work in one transaction and commits it. The work may be called again from its beginning after
     * {@link Outcome.Conflict}, so it must not do anything but use the transaction.
     *
     * @param work reads and writes; an exception that leaves it rolls back and is thrown on
     * @param <T> what comes of it
     * @return whether it is committed
     */
    <T> Outcome<T> write(Function<Transaction, T> work);

    /**
     * Runs work that only reads, on one consistent view.
     *
     * @param work reads
     * @param <T> what comes of it
     * @return that
     * @throws Unavailable when the database cannot be read now
     */
    <T> T read(Function<Transaction, T> work);

    /**
     * Names who wants to know that timers were set. Told after the commit, outside any transaction, on the thread that wrote.
     *
     * @param listener gets the earliest time that the transaction set; must not block
     */
    void whenTimersSet(Consumer<Instant> listener);

    @Override
    void close();

    /** The database cannot be read now; a write would have answered {@link Outcome.RolledBack}. */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        /**
         * @param problem why
         * @param cause what the database said, or null
         */
        public Unavailable(Problem problem, @Nullable Throwable cause) {
            super(problem.toString(), cause);
            this.problem = problem;
        }

        /** {@return why} */
        public Problem problem() {
            return problem;
        }
    }

    /**
     * What became of a transaction.
     *
     * @param <T> what came of the work
     */
    sealed interface Outcome<T> {
        /**
         * Durable.
         *
         * @param value what came of the work
         * @param <T> its type
         */
        record Committed<T>(T value) implements Outcome<T> {}

        /**
         * Somebody else changed the same rows: nothing is written, decide again.
         *
         * @param <T> what would have come of it
         */
        record Conflict<T>() implements Outcome<T> {}

        /**
         * Nothing is written.
         *
         * @param problem why: no room, busy, not reachable
         * @param <T> what would have come of it
         */
        record RolledBack<T>(Problem problem) implements Outcome<T> {}

        /**
         * It cannot be known whether it is written: read before deciding anything else.
         *
         * @param problem why
         * @param <T> what would have come of it
         */
        record Unknown<T>(Problem problem) implements Outcome<T> {}
    }
}
