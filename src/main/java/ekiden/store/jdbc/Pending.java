package ekiden.store.jdbc;

import ekiden.store.Store.Outcome;
import ekiden.store.Transaction;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that waits for its turn or was carried out. Who carries it out and who made it and waits for it are perhaps
 * not the same thread.
 */
final class Pending<T> {
    private enum State {
        WAITING,
        TAKEN,
        GIVEN_UP
    }

    private final Function<Transaction, T> work;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final Thread waiter = Thread.currentThread();
    private volatile @Nullable Outcome<T> outcome;
    private volatile @Nullable Throwable thrown;
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

    /** Lets its maker look again whether it is done, or whether it can carry it out itself. */
    void wake() {
        LockSupport.unpark(waiter);
    }

    /** Waits until {@link #wake}, for a while at most; may return for no reason. */
    void await(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }

    /** Carries it out; its changes stand in the open transaction afterwards. */
    void work(Sql sql) {
        T value = work.apply(new JdbcTransaction(sql));
        whenCommitted = new Outcome.Committed<>(value);
        earliestTimer = sql.earliestTimer();
    }

    void committed() {
        outcome = whenCommitted;
        wake();
    }

    void finish(Outcome<T> how) {
        earliestTimer = null;
        outcome = how;
        wake();
    }

    void thrown(Throwable bug) {
        earliestTimer = null;
        thrown = bug;
        wake();
    }

    @Nullable
    Instant earliestTimer() {
        return earliestTimer;
    }

    /** What became of it; throws what its work threw. */
    Outcome<T> outcome() {
        Throwable threw = thrown;
        if (threw instanceof RuntimeException bug) {
            throw bug;
        }
        if (threw instanceof Error bug) {
            throw bug;
        }
        Outcome<T> became = outcome;
        if (became == null) {
            throw new IllegalStateException("not carried out");
        }
        return became;
    }
}
