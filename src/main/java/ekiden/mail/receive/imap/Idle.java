package ekiden.mail.receive.imap;

import ekiden.base.Clock;
import ekiden.mail.receive.imap.Causes.Asked;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * IDLE (RFC 2177): waits for news. An IDLE goes on over several waits and ends with the next command, or when it gets old: the server would
 * end it after half an hour, and a firewall on the way may forget it earlier. Where there is no IDLE the server is asked now and then.
 */
final class Idle {
    private static final Duration BRIEF = Duration.ofSeconds(1);
    private static final Duration SLICE = Duration.ofSeconds(1);

    private final ImapConnection connection;
    private final Clock clock;
    private long renewAt;
    private long askedAt;

    Idle(ImapConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /**
     * @param woken whether the caller is wanted for something else; looked at once a second
     * @return whether there is news; false when time is up or the caller is wanted
     */
    boolean await(Duration atMost, BooleanSupplier woken) throws ImapStop {
        askedAt = clock.nanos();
        long until = askedAt + atMost.toNanos();
        boolean brief = atMost.compareTo(BRIEF) < 0;
        while (!connection.arrived()) {
            long left = Math.min(until - clock.nanos(), SLICE.toNanos());
            if (left <= 0 || woken.getAsBoolean()) {
                return false;
            }
            if (brief && !connection.idling()) {
                brief(left);
            } else if (connection.has("IDLE")) {
                idle(left);
            } else {
                poll(left);
            }
        }
        return true;
    }

    /** A search follows so soon that an IDLE would only cost two more commands. */
    private void brief(long left) throws ImapStop {
        if (connection.wire().await(Duration.ofNanos(left))) {
            one();
        }
    }

    private void idle(long left) throws ImapStop {
        if (connection.idling() && clock.nanos() - renewAt >= 0) {
            connection.leaveIdle();
        }
        if (!connection.idling()) {
            begin();
            if (connection.arrived()) {
                return;
            }
        }
        long wait = Math.min(left, Math.max(1, renewAt - clock.nanos()));
        if (connection.wire().await(Duration.ofNanos(wait))) {
            one();
        }
    }

    private void begin() throws ImapStop {
        String tag = connection.send(new ImapCommand("IDLE"));
        if (connection.challenge(tag) == null) {
            ImapConnection.good(Asked.READ, connection.end(tag, Takers.NONE, any -> {}));
            return;
        }
        connection.idling(tag);
        renewAt = clock.nanos() + connection.timeouts().idle().toNanos();
    }

    private void poll(long left) throws ImapStop {
        long wait = Math.min(left, connection.timeouts().poll().toNanos());
        if (connection.wire().await(Duration.ofNanos(wait))) {
            one();
        } else if (clock.nanos() - askedAt >= connection.timeouts().poll().toNanos()) {
            Noop.run(connection);
            askedAt = clock.nanos();
        }
    }

    /** Takes in one answer that has begun. */
    private void one() throws ImapStop {
        connection.wire().within(connection.timeouts().stall());
        connection.next();
    }
}
