package ekiden.mail.send.smtp;

import ekiden.mail.send.SendPhase;
import ekiden.mail.send.SendPhase.Fault;
import org.jspecify.annotations.Nullable;

/** A submission met a fault; never leaves this package. */
final class SmtpFault extends Exception {
    private static final long serialVersionUID = 1;

    private final SendPhase phase;
    private final Fault fault;
    private final transient @Nullable SmtpReply reply;

    SmtpFault(SendPhase phase, Fault fault, @Nullable SmtpReply reply, @Nullable Throwable cause) {
        super(phase + " " + fault, cause);
        this.phase = phase;
        this.fault = fault;
        this.reply = reply;
    }

    /** A reply that is not what the phase needs. */
    static SmtpFault of(SendPhase phase, SmtpReply reply) {
        return new SmtpFault(phase, faultOf(reply), reply, null);
    }

    private static Fault faultOf(SmtpReply reply) {
        if (reply.code() == 421) {
            return Fault.CLOSING;
        }
        if (reply.code() >= 500) {
            return Fault.PERMANENT;
        }
        return reply.code() >= 400 ? Fault.TRANSIENT : Fault.GARBAGE;
    }

    SendPhase phase() {
        return phase;
    }

    Fault fault() {
        return fault;
    }

    /** {@return what the server said, or null where it said nothing} */
    @Nullable
    SmtpReply reply() {
        return reply;
    }
}
