package ekiden.mail.send.smtp;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendPhase;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** A connection between two mails. Belongs to whoever has taken it out of the pool. */
final class KeptConnection implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(KeptConnection.class);

    private final SmtpConnection connection;
    private final Clock clock;
    private int mails;
    private boolean reset;
    /** The mail whose first commands are with the server, or null. */
    private @Nullable Transaction next;

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
     * @param announced the next one, whose first commands are with the server; null where there is none
     */
    void rest(boolean mustReset, @Nullable Transaction announced) {
        reset = mustReset;
        next = announced;
        since = clock.nanos();
    }

    /** {@return whether it waits for any mail, or for that one} */
    boolean waitsFor(OutgoingMail mail) {
        return next == null || next.of(mail);
    }

    /** {@return whether it waits for one mail and no other} */
    boolean announced() {
        return next != null;
    }

    /** {@return the transaction for that mail} */
    Transaction transaction(OutgoingMail mail) {
        Transaction announced = next;
        next = null;
        return announced == null ? new Transaction(connection, mail) : announced;
    }

    boolean full(PoolLimits limits) {
        return mails >= limits.mails();
    }

    long since() {
        return since;
    }

    /** Whether it can carry a mail, as far as that can be known: the server may be gone, or tired of waiting. */
    boolean usable(PoolLimits limits) {
        boolean fresh = clock.nanos() - since < limits.check().toNanos();
        if (next != null) {
            // its answers may be here already, and later they say nothing about the server that sent them
            return fresh;
        }
        // Nobody has asked anything: a 421 before it closes, or the end of the stream.
        if (connection.wire().spoken()) {
            return false;
        }
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

    /** Says goodbye and closes. To a server that waits for the content of a mail nothing can be said that is not taken for it. */
    void quit() {
        try (connection) {
            if (next != null) {
                return;
            }
            connection.wire().wholeUntil(Long.MAX_VALUE);
            connection.quit();
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
