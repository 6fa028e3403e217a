package ekiden.store.jdbc;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.store.Store.Outcome;
import ekiden.store.StoreMessage;
import ekiden.store.Transaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that writes. Transactions that wait share a commit: whoever gets the lock carries out all that wait, each
 * behind a savepoint, and commits them together. One that conflicts or throws is taken back alone.
 */
final class Writer implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(Writer.class);

    private static final long SHORTLY = 10_000_000;

    private final Dialect dialect;
    private final StoreLimits limits;
    private final Clock clock;
    private final Problems problems;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Pending<?>> waiting = new ConcurrentLinkedQueue<>();
    private @Nullable Session session;
    /** What was logged last and has not passed since: once is enough, however often it is tried again. */
    private @Nullable Trouble told;

    private boolean closed;

    Writer(Dialect dialect, Session session, StoreLimits limits, Clock clock) {
        this.dialect = dialect;
        this.session = session;
        this.limits = limits;
        this.clock = clock;
        this.problems = new Problems(dialect.place(), limits.patience());
    }

    /** Whether the calling thread is inside a work. */
    boolean working() {
        return lock.isHeldByCurrentThread();
    }

    /** How many wait for their turn. */
    int waiting() {
        return waiting.size();
    }

    /** Carries a work out and commits it, perhaps with others. */
    <T> Pending<T> write(Function<Transaction, T> work) {
        if (working()) {
            throw new IllegalStateException("a transaction inside a transaction");
        }
        Pending<T> mine = new Pending<>(work);
        waiting.add(mine);
        boolean interrupted = false;
        long begun = clock.nanos();
        while (!mine.done()) {
            if (lead(mine)) {
                continue;
            }
            long rest = limits.patience().toNanos() - (clock.nanos() - begun);
            if (rest <= 0 && mine.giveUp()) {
                waiting.remove(mine);
                mine.finish(new Outcome.RolledBack<>(problems.busy()));
                break;
            }
            // Once somebody carries it out, the limits of the database end the wait.
            mine.await(Math.max(rest, SHORTLY));
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return mine;
    }

    /**
     * Carries out what waits, unless somebody else does that now. Who was carried out by another goes on without the lock, so
     * that it can bring its next transaction while this one is being committed.
     */
    private boolean lead(Pending<?> mine) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            if (!mine.done()) {
                carryOut(takeSome());
            }
        } finally {
            lock.unlock();
        }
        Pending<?> next = waiting.peek();
        if (next != null) {
            next.wake();
        }
        return true;
    }

    private List<Pending<?>> takeSome() {
        List<Pending<?>> some = new ArrayList<>();
        while (some.size() < limits.batch()) {
            Pending<?> next = waiting.poll();
            if (next == null) {
                break;
            }
            if (next.take()) {
                some.add(next);
            }
        }
        return some;
    }

    private void carryOut(List<Pending<?>> batch) {
        try {
            transaction(batch);
        } catch (RuntimeException | Error bug) {
            abandon();
            batch.stream().filter(pending -> !pending.done()).forEach(pending -> pending.thrown(bug));
        }
    }

    private void transaction(List<Pending<?>> batch) {
        if (closed) {
            batch.forEach(pending -> pending.finish(new Outcome.RolledBack<>(problems.closed())));
            return;
        }
        try {
            Session open = begun();
            List<Pending<?>> good = workAll(open, batch);
            if (good.isEmpty()) {
                open.say("ROLLBACK");
            } else {
                commit(open, good);
            }
        } catch (SQLException error) {
            rollBackAll(dialect.trouble(error), error, batch);
        } catch (SqlFailure failure) {
            rollBackAll(failure.trouble(), failure, batch);
        }
    }

    /** A connection that was lost since the last transaction is made anew, once. */
    private Session begun() throws SQLException {
        Session old = session;
        if (old != null) {
            try {
                dialect.beginWrite(old);
                return old;
            } catch (SQLException error) {
                if (dialect.trouble(error) != Trouble.LOST) {
                    throw error;
                }
                drop();
            }
        }
        Session fresh = dialect.connect(true);
        session = fresh;
        dialect.beginWrite(fresh);
        return fresh;
    }

    /** Returns those whose changes stand in the transaction. */
    private List<Pending<?>> workAll(Session open, List<Pending<?>> batch) throws SQLException {
        boolean several = batch.size() > 1;
        List<Pending<?>> good = new ArrayList<>();
        for (Pending<?> pending : batch) {
            if (several) {
                open.say("SAVEPOINT one");
            }
            boolean kept = work(open, pending);
            if (kept) {
                good.add(pending);
            }
            if (several && !kept) {
                open.say("ROLLBACK TO SAVEPOINT one");
            }
            if (several) {
                open.say("RELEASE SAVEPOINT one");
            }
        }
        return good;
    }

    /** Returns whether its changes are to be committed; throws what ends the whole transaction. */
    private boolean work(Session open, Pending<?> pending) {
        Sql sql = new Sql(open, true);
        Throwable thrown = null;
        try {
            pending.work(sql);
        } catch (Throwable bug) {
            thrown = bug;
        } finally {
            sql.end();
        }
        SqlFailure failure = sql.failure();
        if (failure == null) {
            if (thrown != null) {
                pending.thrown(thrown);
            }
            return thrown == null;
        }
        switch (failure.trouble()) {
            case CONFLICT -> pending.finish(new Outcome.Conflict<>());
            case OTHER -> {
                LOG.log(Level.ERROR, "a statement failed", failure);
                pending.finish(new Outcome.RolledBack<>(problems.of(Trouble.OTHER, failure.getMessage())));
            }
            case NO_ROOM, BUSY, LOST, IN_USE, REFUSED, DAMAGED -> throw failure;
        }
        return false;
    }

    private void commit(Session open, List<Pending<?>> good) {
        try {
            open.say("COMMIT");
            told = null;
            good.forEach(Pending::committed);
        } catch (SQLException error) {
            Trouble trouble = dialect.trouble(error);
            boolean sure = dialect.surelyRolledBack(error);
            tell(trouble, "commit failed, rolled back: " + sure, error);
            abandon();
            for (Pending<?> pending : good) {
                pending.finish(notCommitted(trouble, sure, error.getMessage()));
            }
        }
    }

    private <T> Outcome<T> notCommitted(Trouble trouble, boolean sure, @Nullable String reason) {
        if (!sure) {
            return new Outcome.Unknown<>(problems.with(StoreMessage.COMMIT_UNKNOWN, reason));
        }
        return trouble == Trouble.CONFLICT
                ? new Outcome.Conflict<>()
                : new Outcome.RolledBack<>(problems.of(trouble, reason));
    }

    private void rollBackAll(Trouble trouble, Exception error, List<Pending<?>> batch) {
        tell(trouble, "transaction rolled back", error);
        abandon();
        Problem problem = problems.of(trouble, error.getMessage());
        for (Pending<?> pending : batch) {
            if (!pending.done()) {
                pending.finish(new Outcome.RolledBack<>(problem));
            }
        }
    }

    /** What an operator can mend is a problem with words of its own; only what nobody expects needs the stack. */
    private void tell(Trouble trouble, String what, Exception error) {
        boolean again = trouble == told;
        told = trouble;
        switch (trouble) {
            case OTHER -> LOG.log(Level.WARNING, what, error);
            case CONFLICT, NO_ROOM, BUSY, LOST, IN_USE, REFUSED, DAMAGED ->
                LOG.log(again ? Level.DEBUG : Level.WARNING, what + ": " + error.getMessage());
        }
    }

    /** Ends the transaction. SQLite has ended it by itself after some errors; then, too, a new connection is made. */
    private void abandon() {
        Session open = session;
        if (open == null) {
            return;
        }
        try {
            open.say("ROLLBACK");
        } catch (SQLException gone) {
            LOG.log(Level.DEBUG, "connection given up: {0}", gone.getMessage());
            drop();
        }
    }

    private void drop() {
        Session old = session;
        session = null;
        if (old != null) {
            Sessions.closeQuietly(old);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            drop();
        } finally {
            lock.unlock();
        }
    }
}
