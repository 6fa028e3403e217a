package ekiden.mail.send.smtp;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.mail.connect.TlsClient;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@link MailSender} over SMTP to one server, over connections that are kept for the next mail. Safe from any thread.
 *
 * <p>A connection that died while it rested is replaced as long as the server has said nothing to the mail's first command; after that its mail is never
 * begun again here. Where a submission ends is read from {@link ekiden.mail.send.SendPhase#TABLE}.
 */
public final class SmtpPool implements MailSender, AutoCloseable {
    private final SmtpSettings settings;
    private final SmtpConnection.Means means;
    private final ServerPool server;
    private final int atOnce;

    /**
     * @param settings where to
     * @param limits how much at a time
     * @param password asked at each login, never kept; a problem it gives ends the submission as refused. Not asked
     *     where the settings name no user
     * @param clock for deadlines
     * @param tasks for name look-ups, the watch over stalled writes, and connections that rest for long
     */
    public SmtpPool(
            SmtpSettings settings, PoolLimits limits, Supplier<Result<String>> password, Clock clock, Tasks tasks) {
        this.settings = settings;
        this.means = new SmtpConnection.Means(clock, tasks, new TlsClient(settings.trust()), password);
        this.server = new ServerPool(settings, limits, means);
        this.atOnce = limits.connections();
    }

    @Override
    public SendOutcome submit(OutgoingMail mail, SendProgress progress) {
        int most = settings.limits().recipients();
        if (mail.recipients().size() > most) {
            return new SendOutcome.Refused(
                    Problem.of(
                            SendMessage.TOO_MANY_RECIPIENTS,
                            "count",
                            mail.recipients().size(),
                            "limit",
                            most),
                    List.of());
        }
        return server.submit(mail, progress);
    }

    @Override
    public int atOnce() {
        return atOnce;
    }

    /**
     * Connects, greets, begins TLS and logs in as a submission would, on a connection of its own, and sends nothing.
     *
     * @return the server's name, or why a mail could not be submitted now
     */
    public Result<String> probe() {
        try (SmtpConnection connection = SmtpConnection.open(settings, means)) {
            connection.quit();
            return Result.ok(settings.host() + ":" + settings.port());
        } catch (SmtpFault fault) {
            return Result.failed(new Ends(settings).problem(fault));
        } catch (SmtpStop stop) {
            return Result.failed(stop.problem());
        }
    }

    /** Ends the connections that rest, and each other one as soon as its mail is through. Mails may still be submitted. */
    @Override
    public void close() {
        server.close();
    }
}
