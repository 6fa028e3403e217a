package ekiden.mail.send.smtp;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.mail.connect.TlsClient;
import ekiden.mail.profile.Credentials;
import ekiden.mail.profile.Secret;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@link MailSender} over SMTP to one server, or to the first of several that can be used, over connections that are kept for the next mail. Safe from any thread.
 *
 * <p>A connection that died while it rested is replaced as long as the server has said nothing to the mail's first command; after that its mail is never
 * begun again here. The next server is tried only where the former may be tried again, and was never asked to take
 * the mail. Where a submission ends is read from {@link ekiden.mail.send.SendPhase#TABLE}.
 */
public final class SmtpPool implements MailSender, AutoCloseable {
    private final SmtpConnection.Means means;
    private final List<ServerPool> servers;
    private final int atOnce;

    /**
     * @param servers where to, the best first, at least one
     * @param limits how much at a time, for each server
     * @param credentials asked at each login; a problem they give ends the submission as refused. Not asked where the settings name no user
     * @param clock for deadlines
     * @param tasks for name look-ups, the watch over stalled writes, and connections that rest for long
     */
    public SmtpPool(List<SmtpSettings> servers, PoolLimits limits, Credentials credentials, Clock clock, Tasks tasks) {
        TlsClient tls = new TlsClient(servers.getFirst().trust());
        this.means = new SmtpConnection.Means(clock, tasks, tls, credentials);
        this.servers = servers.stream()
                .map(server -> new ServerPool(server, limits, means))
                .toList();
        this.atOnce = limits.connections();
    }

    /**
     * One server, and a password.
     *
     * @param settings where to
     * @param limits how much at a time
     * @param password as credentials are
     * @param clock for deadlines
     * @param tasks as above
     */
    public SmtpPool(
            SmtpSettings settings, PoolLimits limits, Supplier<Result<String>> password, Clock clock, Tasks tasks) {
        this(List.of(settings), limits, passwords(settings, password), clock, tasks);
    }

    private static Credentials passwords(SmtpSettings settings, Supplier<Result<String>> password) {
        return new Credentials() {
            @Override
            public String user() {
                return Objects.requireNonNullElse(settings.user(), "");
            }

            @Override
            public Result<Key> key() {
                return password.get().then(text -> Result.ok(new Password(new Secret(text))));
            }
        };
    }

    /** A note of the caller that remembers whether it was made. */
    private static final class Noted implements SendProgress {
        private final SendProgress progress;
        private boolean asked;

        Noted(SendProgress progress) {
            this.progress = progress;
        }

        @Override
        public boolean endingData() {
            asked = true;
            return progress.endingData();
        }

        @Override
        public @Nullable OutgoingMail following() {
            return progress.following();
        }
    }

    @Override
    public SendOutcome submit(OutgoingMail mail, SendProgress progress) {
        int most = servers.getFirst().settings().limits().recipients();
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
        Noted noted = new Noted(progress);
        List<ServerPool> order = order();
        SendOutcome outcome = order.getFirst().submit(mail, noted);
        for (ServerPool next : order.subList(1, order.size())) {
            boolean untouched = outcome instanceof SendOutcome.Failed
                    && !noted.asked
                    && !Thread.currentThread().isInterrupted();
            if (!untouched) {
                return outcome;
            }
            outcome = next.submit(mail, noted);
        }
        return outcome;
    }

    /** Those that are well first, otherwise as they were given. */
    private List<ServerPool> order() {
        if (servers.size() == 1) {
            return servers;
        }
        return servers.stream()
                .sorted(Comparator.comparing(ServerPool::resting))
                .toList();
    }

    @Override
    public int atOnce() {
        return atOnce;
    }

    /**
     * Connects, greets, begins TLS and logs in as a submission would, on a connection of its own, and sends nothing.
     *
     * @return the servers' names, or why a mail could not be submitted to one of them now
     */
    public Result<String> probe() {
        Result<String> seen = probe(servers.getFirst().settings());
        for (ServerPool next : servers.subList(1, servers.size())) {
            seen = seen.then(before -> probe(next.settings()).then(name -> Result.ok(before + ", " + name)));
        }
        return seen;
    }

    private Result<String> probe(SmtpSettings settings) {
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
        servers.forEach(ServerPool::close);
    }
}
