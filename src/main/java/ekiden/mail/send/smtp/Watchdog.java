package ekiden.mail.send.smtp;

import ekiden.base.Clock;
import ekiden.base.Tasks;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Closes a socket when an operation on it outlives its deadline. Needed for writes, which know no time-out of their own, and
 * against servers that send one byte now and then. Looks every {@code period}, so it acts at most that much late.
 *
 * <p>One thread sets deadlines; the look runs on others.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Watchdog.class.getName());

    private final Clock clock;
    private final Tasks tasks;
    private final Duration period;
    private final Closeable guarded;
    private volatile long deadline;
    private volatile boolean armed;
    private volatile boolean fired;
    private volatile boolean closed;
    private volatile Tasks.@Nullable Cancellable next;

    Watchdog(Clock clock, Tasks tasks, Duration period, Closeable guarded) {
        this.clock = clock;
        this.tasks = tasks;
        this.period = period;
        this.guarded = guarded;
    }

    /** Begins to look. */
    void start() {
        next = tasks.after(period, "smtp watchdog", this::look);
    }

    /** The operation that follows may last until then, counted on {@link Clock#nanos}. */
    void until(long nanos) {
        deadline = nanos;
        armed = true;
    }

    /** No operation is running. */
    void rest() {
        armed = false;
    }

    /** {@return whether it closed the socket} */
    boolean fired() {
        return fired;
    }

    private void look() {
        if (closed) {
            return;
        }
        if (!armed || clock.nanos() - deadline < 0) {
            start();
            return;
        }
        fired = true;
        try {
            guarded.close();
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "closing a stalled connection", broken);
        }
    }

    @Override
    public void close() {
        closed = true;
        Tasks.Cancellable waiting = next;
        if (waiting != null) {
            waiting.cancel();
        }
    }
}
