package ekiden.mail.receive.imap;

import ekiden.base.Clock;
import ekiden.mail.receive.imap.Causes.Asked;
import java.time.Duration;

/**
 * IDLE (RFC 2177): waits for news. An IDLE goes on over several waits and ends with the next command, or when it gets old: the server would
 * end it after half an hour, and a firewall on the way may forget it earlier. Where there is no IDLE the server is asked now and then.
 */
final class Idle {
    private final ImapConnection connection;
    private final Clock clock;
    private long renewAt;

    Idle(ImapConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /** {@return whether there is news; false when time is up} */
    boolean await(Duration atMost) throws ImapStop {
        long until = clock.nanos() + atMost.toNanos();
        while (!connection.arrived()) {
            long left = until - clock.nanos();
            if (left <= 0) {
                return false;
            }
            if (connection.has("IDLE")) {
                idle(left);
            } else {
                poll(left);
            }
        }
        return true;
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
        } else {
            Noop.run(connection);
        }
    }

    /** Takes in one answer that has begun. */
    private void one() throws ImapStop {
        connection.wire().within(connection.timeouts().stall());
        connection.next();
    }
}
