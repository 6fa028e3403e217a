package ekiden.store.jdbc;

import ekiden.base.LazyLogger;
import ekiden.store.Store;
import ekiden.store.Transaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The connections that only read: made when first needed, kept, given up when they fail. */
final class Sessions implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(Sessions.class);

    private final Dialect dialect;
    private final StoreLimits limits;
    private final Problems problems;
    private final Semaphore free;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Session> idle = new ArrayDeque<>();
    private boolean closed;

    Sessions(Dialect dialect, StoreLimits limits) {
        this.dialect = dialect;
        this.limits = limits;
        this.problems = new Problems(dialect.place(), limits.patience());
        this.free = new Semaphore(limits.readers());
    }

    <T> T read(Function<Transaction, T> work) {
        if (!acquired()) {
            throw new Store.Unavailable(problems.busy(), null);
        }
        try {
            return withSession(work);
        } finally {
            free.release();
        }
    }

    private boolean acquired() {
        try {
            return free.tryAcquire(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> T withSession(Function<Transaction, T> work) {
        Session session = begun();
        boolean good = false;
        Sql sql = new Sql(session, false);
        try {
            T value = work.apply(new JdbcTransaction(sql));
            SqlFailure failure = sql.failure();
            if (failure != null) {
                throw unavailable(failure.trouble(), failure);
            }
            good = true;
            return value;
        } catch (SqlFailure failure) {
            throw unavailable(failure.trouble(), failure);
        } finally {
            sql.end();
            giveBack(session, good || sql.failure() == null);
        }
    }

    /** Connections that were lost while nobody used them are replaced. */
    private Session begun() {
        try {
            for (Session session = takeIdle(); session != null; session = takeIdle()) {
                if (begins(session)) {
                    return session;
                }
            }
            Session fresh = dialect.connect(false);
            dialect.beginRead(fresh);
            return fresh;
        } catch (SQLException error) {
            throw unavailable(dialect.trouble(error), error);
        }
    }

    private boolean begins(Session session) {
        try {
            dialect.beginRead(session);
            return true;
        } catch (SQLException stale) {
            LOG.log(Level.DEBUG, "connection given up: {0}", stale.getMessage());
            closeQuietly(session);
            return false;
        }
    }

    private @Nullable Session takeIdle() {
        lock.lock();
        try {
            if (closed) {
                throw new Store.Unavailable(problems.closed(), null);
            }
            return idle.poll();
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(Session session, boolean good) {
        boolean keep = good;
        try {
            session.say("ROLLBACK");
        } catch (SQLException gone) {
            LOG.log(Level.DEBUG, "connection given up: {0}", gone.getMessage());
            keep = false;
        }
        lock.lock();
        try {
            if (keep && !closed) {
                idle.push(session);
                return;
            }
        } finally {
            lock.unlock();
        }
        closeQuietly(session);
    }

    private Store.Unavailable unavailable(Trouble trouble, Exception error) {
        return new Store.Unavailable(problems.of(trouble, error.getMessage()), error);
    }

    static void closeQuietly(Session session) {
        try {
            session.close();
        } catch (SQLException gone) {
            LOG.log(Level.DEBUG, "connection was gone already: {0}", gone.getMessage());
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            idle.forEach(Sessions::closeQuietly);
            idle.clear();
        } finally {
            lock.unlock();
        }
    }
}
