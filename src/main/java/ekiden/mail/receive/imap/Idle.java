package ekiden.mail.receive.imap;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.Wait;
import ekiden.mail.receive.imap.Causes.Asked;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * IDLE (RFC 2177): waits for news. An IDLE goes on over several waits and ends with the next command, or when it gets old: the server would
 * end it after half an hour, and a firewall on the way may forget it earlier. Where there is no IDLE, and where hints would come too late, the
 * server is asked now and then.
 */
final class Idle {
    private static final Logger LOG = LazyLogger.of(Idle.class);

    private static final Duration BRIEF = Duration.ofMillis(100);
    /** So many questions one after another are put off where something is more urgent; the next one is asked. */
    private static final int PUT_OFF = 2;

    private final ImapConnection connection;
    private final Clock clock;
    private long renewAt;
    private long begunAt;
    /** It refuses what it offers, or ends it at once: it is asked now and then as one that has no IDLE. */
    private boolean useless;

    private int putOff;
    private boolean underway;
    private boolean waiting;
    private volatile boolean woken;

    Idle(ImapConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /** {@return whether there is news; false when time is up} */
    boolean await(Wait wait, BooleanSupplier later) throws ImapStop {
        underway(true);
        try {
            return waited(wait, later);
        } finally {
            underway(false);
        }
    }

    private boolean waited(Wait wait, BooleanSupplier later) throws ImapStop {
        long until = clock.nanos() + wait.atMost().toNanos();
        boolean brief = wait.atMost().compareTo(BRIEF) < 0;
        while (!connection.arrived() && !woken) {
            long left = until - clock.nanos();
            if (left <= 0) {
                return false;
            }
            if (wait.asks()) {
                ask(Math.min(left, wait.ask().toNanos()), later);
            } else if (brief && !connection.idling()) {
                brief(left);
            } else if (connection.has("IDLE") && !useless) {
                idle(left);
            } else {
                poll(left);
            }
        }
        return true;
    }

    private synchronized void underway(boolean now) {
        underway = now;
        woken = false;
    }

    /** The next question comes so soon that an IDLE would only cost two more commands. */
    private void brief(long left) throws ImapStop {
        if (bytes(left)) {
            one();
        }
    }

    private void idle(long left) throws ImapStop {
        if (connection.idling() && clock.nanos() - renewAt >= 0) {
            connection.leaveIdle();
        }
        if (!connection.idling()) {
            begin();
            if (useless || connection.arrived()) {
                return;
            }
        }
        long wait = Math.min(left, Math.max(1, renewAt - clock.nanos()));
        if (bytes(wait)) {
            one();
            boolean ended = !connection.idling() && !connection.arrived() && !woken;
            useless = ended
                    && clock.nanos() - begunAt < connection.timeouts().poll().toNanos();
        }
    }

    private void begin() throws ImapStop {
        String tag = connection.send(new ImapCommand("IDLE"));
        if (connection.challenge(tag) == null) {
            useless = true;
            refusedFor(connection.end(tag, Takers.NONE, any -> {}));
            return;
        }
        connection.idling(tag);
        begunAt = clock.nanos();
        renewAt = begunAt + connection.timeouts().idle().toNanos();
    }

    /** Only a server that is busy is left alone. */
    private void refusedFor(Response.Tagged end) throws ImapStop {
        try {
            connection.good(Asked.READ, end);
        } catch (ImapStop refused) {
            if (refused.message() != ReceiveMessage.REFUSED) {
                throw refused;
            }
            LOG.log(Level.DEBUG, "no IDLE: {0}", refused.reply());
        }
    }

    private void poll(long left) throws ImapStop {
        if (bytes(Math.min(left, connection.timeouts().poll().toNanos()))) {
            one();
        } else if (!woken) {
            Noop.run(connection);
        }
    }

    /** The pause is slept through: what the server has to tell comes with its answer, and a read that ends by its time-out costs more than all else. */
    private void ask(long pause, BooleanSupplier later) throws ImapStop {
        long until = clock.nanos() + pause;
        synchronized (this) {
            for (long left = pause; left > 0 && !woken; left = until - clock.nanos()) {
                sleep(left);
            }
        }
        if (woken) {
            return;
        }
        if (putOff < PUT_OFF && later.getAsBoolean()) {
            putOff++;
        } else {
            putOff = 0;
            Noop.run(connection);
        }
    }

    private void sleep(long nanos) throws ImapStop {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw ImapStop.broken(ReceiveMessage.LOST, ended);
        }
    }

    /** Only while it is here the connection is another thread's to speak on. */
    private boolean bytes(long nanos) throws ImapStop {
        synchronized (this) {
            if (woken) {
                return false;
            }
            waiting = true;
        }
        try {
            return connection.wire().await(Duration.ofNanos(nanos));
        } finally {
            synchronized (this) {
                waiting = false;
            }
        }
    }

    /** Ends a wait by making the server say something. */
    synchronized void wake() {
        if (!underway) {
            return;
        }
        woken = true;
        notifyAll();
        if (!waiting) {
            return;
        }
        try {
            connection.nudge();
            connection.wire().flush();
        } catch (ImapStop gone) {
            // The one who waits finds out by itself.
            LOG.log(Level.TRACE, "nobody to wake", gone);
        }
    }

    /** Takes in one answer that has begun. */
    private void one() throws ImapStop {
        connection.wire().within(connection.timeouts().stall());
        connection.next();
    }
}
