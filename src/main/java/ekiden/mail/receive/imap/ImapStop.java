package ekiden.mail.receive.imap;

import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.mail.receive.ReceiveMessage;
import org.jspecify.annotations.Nullable;

/**
 * A command does not come to its good end; never leaves this package. Either the session is of no more use, or the server refused and all is
 * as before.
 */
final class ImapStop extends Exception {
    private static final long serialVersionUID = 1;

    private final ReceiveMessage message;
    private final String reply;
    private final boolean refusal;
    private final transient @Nullable Problem problem;

    private ImapStop(ReceiveMessage message, String reply, boolean refusal, @Nullable Throwable cause) {
        super(reply, cause);
        this.message = message;
        this.reply = reply;
        this.refusal = refusal;
        this.problem = null;
    }

    private ImapStop(Problem problem) {
        super(problem.toString());
        this.message = ReceiveMessage.LOGIN_REFUSED;
        this.reply = "";
        this.refusal = false;
        this.problem = problem;
    }

    /** The session is of no more use. */
    static ImapStop broken(ReceiveMessage message, String detail) {
        return new ImapStop(message, detail, false, null);
    }

    /** The session is of no more use. */
    static ImapStop broken(ReceiveMessage message, Throwable cause) {
        String words = cause.getMessage();
        return new ImapStop(message, words == null ? Reason.of(cause) : words, false, cause);
    }

    /** A problem that arose elsewhere ends the session. */
    static ImapStop broken(Problem problem) {
        return new ImapStop(problem);
    }

    /** The server, or we, refused, and the session can go on. */
    static ImapStop refused(ReceiveMessage message, String reply) {
        return new ImapStop(message, reply, true, null);
    }

    ReceiveMessage message() {
        return message;
    }

    /** What the server said, or another detail. */
    String reply() {
        return reply;
    }

    /** Whether the session can go on. */
    boolean refusal() {
        return refusal;
    }

    /** A problem that arose elsewhere, or null. */
    @Nullable
    Problem problem() {
        return problem;
    }
}
