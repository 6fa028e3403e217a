package ekiden.store.jdbc;

import ekiden.store.Store.Outcome;
import ekiden.store.Transaction;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that waits for its turn or was carried out. Who carries it out and who waits for it are perhaps not the same
 * thread; what became of it is handed over under the writer's lock.
 */
final class Pending<T> {
    private enum State {
        WAITING,
        TAKEN,
        GIVEN_UP
    }

    private final Function<Transaction, T> work;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private @Nullable Outcome<T> outcome;
    private @Nullable Throwable thrown;
    private @Nullable Outcome<T> whenCommitted;
    private @Nullable Instant earliestTimer;

    Pending(Function<Transaction, T> work) {
        this.work = work;
    }

    /** Whether it is the caller's to carry out. */
    boolean take() {
        return state.compareAndSet(State.WAITING, State.TAKEN);
    }

    /** Whether nobody will carry it out. */
    boolean giveUp() {
        return state.compareAndSet(State.WAITING, State.GIVEN_UP);
    }

    boolean done() {
        return outcome != null || thrown != null;
    }

    /** Carries it out; its changes stand in the open transaction afterwards. */
    void work(Sql sql) {
        T value = work.apply(new JdbcTransaction(sql));
        whenCommitted = new Outcome.Committed<>(value);
        earliestTimer = sql.earliestTimer();
    }

    void committed() {
        outcome = whenCommitted;
    }

    void finish(Outcome<T> how) {
        earliestTimer = null;
        outcome = how;
    }

    void thrown(Throwable bug) {
        earliestTimer = null;
        thrown = bug;
    }

    @Nullable
    Instant earliestTimer() {
        return earliestTimer;
    }

    /** What became of it; throws what its work threw. */
    Outcome<T> outcome() {
        if (thrown instanceof RuntimeException bug) {
            throw bug;
        }
        if (thrown instanceof Error bug) {
            throw bug;
        }
        if (outcome == null) {
            throw new IllegalStateException("not carried out");
        }
        return outcome;
    }
}
