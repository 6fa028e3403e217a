package ekiden.mail.send.smtp;

import ekiden.base.Clock;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.mail.connect.TlsClient;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendOutcome.Refusal;
import ekiden.mail.send.SendPhase;
import ekiden.mail.send.SendProgress;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@link MailSender} over SMTP to one server, a connection for each mail. Safe from any thread.
 *
 * <p>Where a submission ends is read from {@link SendPhase#TABLE}; this class only finds the words for it.
 */
public final class SmtpSender implements MailSender {
    private final SmtpSettings settings;
    private final SmtpConnection.Means means;

    /**
     * @param settings where to
     * @param password asked at each login, never kept; a problem it gives ends the submission as refused. Not asked
     *     where the settings name no user
     * @param clock for deadlines
     * @param tasks for name look-ups and the watch over stalled writes
     */
    public SmtpSender(SmtpSettings settings, Supplier<Result<String>> password, Clock clock, Tasks tasks) {
        this.settings = settings;
        this.means = new SmtpConnection.Means(clock, tasks, new TlsClient(settings.trust()), password);
    }

    @Override
    public SendOutcome submit(OutgoingMail mail, SendProgress progress) {
        if (mail.recipients().size() > settings.limits().recipients()) {
            return new SendOutcome.Refused(
                    Problem.of(
                            SendMessage.TOO_MANY_RECIPIENTS,
                            "count",
                            mail.recipients().size(),
                            "limit",
                            settings.limits().recipients()),
                    List.of());
        }
        try (SmtpConnection connection = SmtpConnection.open(settings, means)) {
            Transaction transaction = new Transaction(connection, mail);
            SendOutcome outcome = run(transaction, progress);
            if (goodbye(outcome)) {
                connection.quit();
            }
            return outcome;
        } catch (SmtpFault fault) {
            return outcomeOf(fault, List.of(), List.of());
        } catch (SmtpStop stop) {
            return outcomeOf(stop.problem(), List.of());
        }
    }

    /**
     * Connects, greets, begins TLS and logs in as a submission would, and sends nothing.
     *
     * @return the server's name, or why a mail could not be submitted now
     */
    public Result<String> probe() {
        try (SmtpConnection connection = SmtpConnection.open(settings, means)) {
            connection.quit();
            return Result.ok(settings.host() + ":" + settings.port());
        } catch (SmtpFault fault) {
            return Result.failed(problemOf(fault));
        } catch (SmtpStop stop) {
            return Result.failed(stop.problem());
        }
    }

    private SendOutcome run(Transaction transaction, SendProgress progress) {
        try {
            return transaction.run(progress);
        } catch (SmtpFault fault) {
            return outcomeOf(fault, transaction.accepted(), transaction.refused());
        } catch (SmtpStop stop) {
            return outcomeOf(stop.problem(), transaction.refused());
        }
    }

    // Elsewhere the conversation is not at a point where QUIT would be understood.
    private static boolean goodbye(SendOutcome outcome) {
        return outcome instanceof SendOutcome.Accepted || outcome instanceof SendOutcome.PerRecipient;
    }

    private SendOutcome outcomeOf(SmtpFault fault, List<String> accepted, List<Refusal> refused) {
        Problem problem = problemOf(fault);
        return switch (endOf(fault)) {
            case REFUSED -> new SendOutcome.Refused(problem, refused);
            case UNCERTAIN -> new SendOutcome.Uncertain(problem, accepted, refused);
            case FAILED -> new SendOutcome.Failed(problem, refused);
            case CONNECT, GREETING, EHLO, HELO, STARTTLS, AUTH, MAIL, RCPT, DATA, BODY, END_OF_DATA ->
                throw new IllegalStateException("no end: " + fault.phase() + " " + fault.fault());
        };
    }

    private static SendPhase endOf(SmtpFault fault) {
        return SendPhase.TABLE.next(fault.phase(), fault.fault()).orElseThrow();
    }

    private static SendOutcome outcomeOf(Problem problem, List<Refusal> refused) {
        return problem.kind() == MessageId.Kind.RETRYABLE
                ? new SendOutcome.Failed(problem, refused)
                : new SendOutcome.Refused(problem, refused);
    }

    private Problem problemOf(SmtpFault fault) {
        SmtpReply reply = fault.reply();
        Throwable cause = fault.getCause();
        return Problem.of(
                messageOf(fault),
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

    private static SendMessage messageOf(SmtpFault fault) {
        boolean uncertain = endOf(fault) == SendPhase.UNCERTAIN;
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
