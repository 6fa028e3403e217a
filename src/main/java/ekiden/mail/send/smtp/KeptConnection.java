package ekiden.mail.send.smtp;

import ekiden.base.Clock;
import ekiden.mail.send.SendPhase;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** A connection between two mails. Belongs to whoever has taken it out of the pool. */
final class KeptConnection implements AutoCloseable {
    private static final Logger LOG = System.getLogger(KeptConnection.class.getName());

    private final SmtpConnection connection;
    private final Clock clock;
    private int mails;
    private boolean reset;
    private long since;

    KeptConnection(SmtpConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
        this.since = clock.nanos();
    }

    SmtpConnection connection() {
        return connection;
    }

    /** {@return whether it has carried mails before the present one} */
    boolean used() {
        return mails > 1;
    }

    /** A mail begins, whose time is counted from now; that of the first has begun with the connection. */
    void begin() {
        mails++;
        if (mails == 1) {
            return;
        }
        connection
                .wire()
                .wholeUntil(clock.nanos()
                        + connection.settings().timeouts().wholeSend().toNanos());
    }

    /**
     * A mail is through.
     *
     * @param mustReset whether the server must be told to forget it
     */
    void rest(boolean mustReset) {
        reset = mustReset;
        since = clock.nanos();
    }

    boolean full(PoolLimits limits) {
        return mails >= limits.mails();
    }

    long since() {
        return since;
    }

    /** Whether it can carry a mail, as far as that can be known: the server may be gone, or tired of waiting. */
    boolean usable(PoolLimits limits) {
        // Nobody has asked anything: a 421 before it closes, or the end of the stream.
        if (connection.wire().spoken()) {
            return false;
        }
        boolean fresh = clock.nanos() - since < limits.check().toNanos();
        if (fresh && !reset) {
            return true;
        }
        try {
            connection.wire().wholeUntil(Long.MAX_VALUE);
            return connection.ask(reset ? "RSET" : "NOOP", SendPhase.MAIL).positive();
        } catch (SmtpFault gone) {
            LOG.log(Level.DEBUG, "a resting connection is gone: {0}", gone.getMessage());
            return false;
        }
    }

    /** Says goodbye and closes. */
    void quit() {
        try (connection) {
            connection.wire().wholeUntil(Long.MAX_VALUE);
            connection.quit();
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
