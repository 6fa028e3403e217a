package ekiden.mail.send.smtp;

import ekiden.base.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Fair use of one server: when the next mail may go to it. At most so many mails at a time and a minute, none while the server rests that asked for
 * less, and fewer at a time for a while where it refused a further connection. Safe from any thread.
 */
final class Gate {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final PoolLimits limits;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private int inside;
    private int most;
    private long mostUntil;
    private long nextMail;
    private long restUntil;
    private long rest;

    Gate(PoolLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.most = limits.connections();
        long now = clock.nanos();
        this.mostUntil = now;
        this.nextMail = now;
        this.restUntil = now;
    }

    /**
     * Waits for a turn, which {@link #leave} gives on.
     *
     * @param until how long, on {@link Clock#nanos}
     * @return whether it came; false where the thread was interrupted, too
     */
    boolean enter(long until) {
        lock.lock();
        try {
            for (long wait = untilFree(until); wait != 0; wait = untilFree(until)) {
                if (wait < 0) {
                    return false;
                }
                changed.await(wait, TimeUnit.NANOSECONDS);
            }
            inside++;
            if (limits.perMinute() > 0) {
                nextMail = Math.max(nextMail - clock.nanos(), 0) + clock.nanos() + MINUTE / limits.perMinute();
            }
            return true;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** {@return 0 to go, less than 0 for too late, otherwise how long to wait before asking again, in nanoseconds} */
    private long untilFree(long until) {
        long now = clock.nanos();
        if (most < limits.connections() && mostUntil - now <= 0) {
            most = limits.connections();
        }
        long left = until - now;
        long closed = Math.max(restUntil - now, limits.perMinute() > 0 ? nextMail - now : 0);
        if (closed <= 0 && inside < most) {
            return 0;
        }
        if (left <= 0) {
            return -1;
        }
        return Math.min(left, closed > 0 ? closed : Math.max(1, most < limits.connections() ? mostUntil - now : left));
    }

    /** A mail is through, whatever became of it. */
    void leave() {
        lock.lock();
        try {
            inside--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The server took a mail: it is well. */
    void took() {
        lock.lock();
        try {
            rest = 0;
        } finally {
            lock.unlock();
        }
    }

    /** The server asked for less. */
    void asksForLess() {
        lock.lock();
        try {
            long now = clock.nanos();
            if (restUntil - now > 0) {
                return;
            }
            long longest = limits.longestRest().toNanos();
            rest = rest == 0 ? limits.firstRest().toNanos() : Math.min(longest, rest * 2);
            restUntil = now + rest;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The server refused a further connection.
     *
     * @return whether there are others that the mail can wait for; from now on there are fewer at a time
     */
    boolean crowded() {
        lock.lock();
        try {
            if (inside < 2) {
                return false;
            }
            most = Math.max(1, Math.min(most, inside) - 1);
            mostUntil = clock.nanos() + limits.longestRest().toNanos();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether the server has asked for less a short while ago, or could not be reached} */
    boolean resting() {
        lock.lock();
        try {
            return restUntil - clock.nanos() > 0;
        } finally {
            lock.unlock();
        }
    }
}
