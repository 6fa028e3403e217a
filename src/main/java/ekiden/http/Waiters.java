package ekiden.http;

import ekiden.base.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Requests that wait for something new. They look again at growing intervals, and at once when somebody says that something
 * changed; a bounded number of them, each with a deadline. Safe from any thread.
 */
final class Waiters {
    private static final long FIRST_LOOK = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LAST_LOOK = TimeUnit.MILLISECONDS.toNanos(320);

    private final Clock clock;
    private final int limit;
    private final Semaphore places;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;
    private long changes;

    Waiters(Clock clock, int limit) {
        this.clock = clock;
        this.limit = limit;
        this.places = new Semaphore(limit);
    }

    /** Looks until there is something new or the time is over; then what was seen last is the answer. */
    <T> T await(Duration time, Supplier<T> look, Predicate<T> fresh) {
        T seen = look.get();
        if (time.isZero() || fresh.test(seen)) {
            return seen;
        }
        if (!places.tryAcquire()) {
            throw Refusal.of(ApiMessage.TOO_MANY_WAITERS, "limit", limit);
        }
        try {
            long end = clock.nanos() + time.toNanos();
            long interval = FIRST_LOOK;
            while (!fresh.test(seen) && pause(Math.min(interval, end - clock.nanos()))) {
                interval = Math.min(interval * 2, LAST_LOOK);
                seen = look.get();
            }
            return seen;
        } finally {
            places.release();
        }
    }

    /** Whether it is worth looking again: the time is over, or something changed meanwhile. */
    private boolean pause(long nanos) {
        if (nanos <= 0) {
            return false;
        }
        lock.lock();
        try {
            long seen = changes;
            long left = nanos;
            while (!closed && seen == changes && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Lets all waiting requests look at once. */
    void wake() {
        lock.lock();
        try {
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many wait now. */
    int waiting() {
        return limit - places.availablePermits();
    }
}
