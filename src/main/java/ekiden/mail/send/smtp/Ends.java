package ekiden.mail.send.smtp;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendOutcome.Refusal;
import ekiden.mail.send.SendPhase;
import java.util.List;

/** Finds the words for the end of a submission; where it ends is read from {@link SendPhase#TABLE}. */
final class Ends {
    private final SmtpSettings settings;

    Ends(SmtpSettings settings) {
        this.settings = settings;
    }

    SendOutcome of(SmtpFault fault, List<String> accepted, List<Refusal> refused) {
        Problem problem = problem(fault);
        return switch (end(fault)) {
            case REFUSED -> new SendOutcome.Refused(problem, refused);
            case UNCERTAIN -> new SendOutcome.Uncertain(problem, accepted, refused);
            case FAILED -> new SendOutcome.Failed(problem, refused);
            case CONNECT, GREETING, EHLO, HELO, STARTTLS, AUTH, MAIL, RCPT, DATA, BODY, END_OF_DATA ->
                throw new IllegalStateException("no end: " + fault.phase() + " " + fault.fault());
        };
    }

    private static SendPhase end(SmtpFault fault) {
        return SendPhase.TABLE.next(fault.phase(), fault.fault()).orElseThrow();
    }

    static SendOutcome of(Problem problem, List<Refusal> refused) {
        return problem.kind() == MessageId.Kind.RETRYABLE
                ? new SendOutcome.Failed(problem, refused)
                : new SendOutcome.Refused(problem, refused);
    }

    Problem problem(SmtpFault fault) {
        SmtpReply reply = fault.reply();
        Throwable cause = fault.getCause();
        return Problem.of(
                message(fault),
                "host",
                settings.host(),
                "port",
                settings.port(),
                "phase",
                fault.phase(),
                "reply",
                reply == null ? "" : reply.code() + " " + reply.text(),
                "detail",
                cause == null ? "" : String.valueOf(cause.getMessage()));
    }

    private static SendMessage message(SmtpFault fault) {
        boolean uncertain = end(fault) == SendPhase.UNCERTAIN;
        return switch (fault.fault()) {
            case DROP -> {
                if (fault.phase() == SendPhase.CONNECT) {
                    yield SendMessage.NO_CONNECTION;
                }
                yield uncertain ? SendMessage.UNCERTAIN_LOST : SendMessage.LOST;
            }
            case STALL -> uncertain ? SendMessage.UNCERTAIN_STALLED : SendMessage.STALLED;
            case GARBAGE -> uncertain ? SendMessage.UNCERTAIN_NOT_SMTP : SendMessage.NOT_SMTP;
            case TRANSIENT -> SendMessage.NOT_NOW;
            case CLOSING -> SendMessage.CLOSING;
            case PERMANENT -> fault.phase() == SendPhase.AUTH ? SendMessage.LOGIN_REFUSED : SendMessage.REFUSED;
        };
    }
}
