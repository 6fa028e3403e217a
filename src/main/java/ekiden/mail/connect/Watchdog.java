package ekiden.mail.connect;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.Tasks;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Closes a socket when an operation on it outlives its deadline. Needed for writes, which know no time-out of their own, and
 * against servers that send one byte now and then.
 *
 * <p>One thread sets deadlines; the look runs on others. A look is waiting only from an operation's begin until its deadline at the latest, and
 * operations that follow each other share one, so a thousand idle connections keep no timer busy.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(Watchdog.class);
    private static final long SLACK = Duration.ofMillis(1).toNanos();

    private final Clock clock;
    private final Tasks tasks;
    private final Closeable guarded;
    private long deadline;
    private boolean armed;
    private boolean closed;
    private long lookAt;
    private Tasks.@Nullable Cancellable look;
    private volatile boolean fired;

    /**
     * @param clock deadlines are counted on its {@link Clock#nanos}
     * @param tasks where looks wait
     * @param guarded closed when a deadline passes
     */
    public Watchdog(Clock clock, Tasks tasks, Closeable guarded) {
        this.clock = clock;
        this.tasks = tasks;
        this.guarded = guarded;
    }

    /**
     * An operation follows.
     *
     * @param nanos it may last until then, on {@link Clock#nanos}
     */
    public synchronized void until(long nanos) {
        deadline = nanos;
        armed = true;
        Tasks.Cancellable waiting = look;
        if (waiting != null && nanos - lookAt >= 0) {
            return;
        }
        if (waiting != null) {
            waiting.cancel();
        }
        lookAgain();
    }

    /** The operation is over. */
    public synchronized void rest() {
        armed = false;
    }

    /** {@return whether it closed the socket} */
    public boolean fired() {
        return fired;
    }

    private void lookAgain() {
        if (closed) {
            return;
        }
        lookAt = deadline;
        long mine = lookAt;
        Duration left = Duration.ofNanos(Math.max(0, deadline - clock.nanos()) + SLACK);
        look = tasks.after(left, "connection watchdog", () -> look(mine));
    }

    private void look(long whose) {
        synchronized (this) {
            if (closed || whose != lookAt) {
                return;
            }
            look = null;
            if (!armed) {
                return;
            }
            if (clock.nanos() - deadline < 0) {
                lookAgain();
                return;
            }
            fired = true;
        }
        try {
            guarded.close();
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "closing a stalled connection", broken);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Tasks.Cancellable waiting = look;
        if (waiting != null) {
            waiting.cancel();
        }
    }
}
