package ekiden.main;

import ekiden.agent.Senders;
import ekiden.base.Clock;
import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.cli.MailServer;
import ekiden.config.HomePaths;
import ekiden.config.MailSettings;
import ekiden.config.SecretLimits;
import ekiden.config.SecretReader;
import ekiden.config.SettingsFile;
import ekiden.config.SettingsReading;
import ekiden.mail.connect.Trust;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.profile.Authentication;
import ekiden.mail.profile.Receive;
import ekiden.mail.profile.Secret;
import ekiden.mail.profile.SecretSource;
import ekiden.mail.profile.Security;
import ekiden.mail.receive.Mailbox;
import ekiden.mail.send.MailAddresses;
import ekiden.mail.send.smtp.PoolLimits;
import ekiden.mail.send.smtp.SmtpPool;
import ekiden.mail.send.smtp.SmtpSettings;
import ekiden.model.mail.Address;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --profile} and {@code --url} of the stand-alone commands mean.
 *
 * <p>{@code smtps://} is TLS from the first byte. {@code smtp://} is plain to this machine, and to others with
 * {@code --insecure}; otherwise it is STARTTLS, without which nothing is sent.
 */
final class MailServers implements AutoCloseable {
    private static final String INBOX = "INBOX";
    private static final int IMAP_PORT = 143;
    private static final int IMAPS_PORT = 993;
    private static final int SMTP_PORT = 25;
    private static final int SUBMISSION_PORT = 587;
    private static final int SUBMISSIONS_PORT = 465;

    private final HomePaths home;
    private final SecretReader secrets;
    private final Clock clock;
    private final Tasks tasks;
    /** What keeps connections open. */
    private final List<AutoCloseable> opened = new ArrayList<>();

    MailServers(HomePaths home, Map<String, String> environment, Clock clock, Tasks tasks) {
        this.home = home;
        this.secrets = new SecretReader(home, environment, clock, SecretLimits.DEFAULT);
        this.clock = clock;
        this.tasks = tasks;
    }

    /** The mail section of the home's settings. */
    Result<MailSettings> settings() {
        return switch (new SettingsFile(home).read()) {
            case SettingsReading.Wrong(List<Problem> problems) -> Result.failed(problems.getFirst());
            case SettingsReading.Usable(var settings, var warnings) -> Result.ok(settings.mail());
        };
    }

    /** The profiles of the home. */
    Profiles profiles(MailSettings mail) {
        Profiles profiles = new Profiles(() -> mail, secrets, home.folder(), clock, tasks);
        opened.add(profiles);
        return profiles;
    }

    /**
     * Through what is sent, and by whom.
     *
     * @param server a profile or an address
     * @param from the author, or null for the profile's
     * @param connections at the same time, or 0 for as many as the profile says
     * @return both, or why nothing can be sent
     */
    Result<Senders.Profile> sending(MailServer server, @Nullable String from, int connections) {
        return switch (server) {
            case MailServer.Profile(String name) ->
                settings()
                        .then(mail -> profiles(mail).profile(name, connections))
                        .then(profile -> written(profile, from));
            case MailServer.Url url ->
                from == null
                        ? Result.failed(MailCommandMessage.NO_AUTHOR)
                        : MailAddresses.parse(from)
                                .then(author -> smtp(url, connections)
                                        .then(sender -> Result.ok(new Senders.Profile(author, sender))));
        };
    }

    private static Result<Senders.Profile> written(Senders.Profile profile, @Nullable String from) {
        return from == null
                ? Result.ok(profile)
                : MailAddresses.parse(from)
                        .then((Address author) -> Result.ok(
                                new Senders.Profile(author, profile.sender(), profile.charsets(), profile.rules())));
    }

    private Result<SmtpPool> smtp(MailServer.Url url, int connections) {
        PoolLimits usual = PoolLimits.DEFAULT;
        PoolLimits limits = connections == 0 ? usual : usual.with(connections, usual.mails(), usual.perMinute());
        return place(url.url()).then(place -> place.folder.isEmpty() ? smtp(place, url, limits) : bad("/"));
    }

    /**
     * A mailbox at a server.
     *
     * @param name what it is called in identities
     * @param folders its folders, at least one
     * @param maxSize the largest mail that is taken, in bytes
     * @param progressFrom smaller mails are not shown while they come
     */
    record Receiving(String name, List<Mailbox> folders, long maxSize, long progressFrom) {}

    /** The mailbox of an address: {@code imaps://USER@HOST[:PORT][/FOLDER]}, {@code imap://} as {@code smtp://} is meant. */
    Result<Receiving> receiving(MailServer.Url url) {
        return place(url.url()).then(place -> receiving(place, url));
    }

    private Result<Receiving> receiving(Place place, MailServer.Url url) {
        boolean plain = place.loopback() || url.insecure();
        Security security;
        if (place.scheme.equals("imaps")) {
            security = Security.IMPLICIT;
        } else if (place.scheme.equals("imap")) {
            security = plain ? Security.NONE : Security.STARTTLS;
        } else {
            return bad("imap:// | imaps://");
        }
        MailServer.Password password = url.password();
        if (place.user == null) {
            return bad("USER@");
        }
        if (password == null) {
            return Result.failed(MailCommandMessage.NO_PASSWORD, "user", place.user);
        }
        int usual = security == Security.IMPLICIT ? IMAPS_PORT : IMAP_PORT;
        HostPort server = new HostPort(place.host, place.port < 0 ? usual : place.port);
        String folder = place.folder.isEmpty() ? INBOX : place.folder;
        Receive.Imap imap = new Receive.Imap(
                server,
                security,
                url.insecure(),
                null,
                place.user,
                new Receive.Password(source(password)),
                Authentication.AUTO,
                List.of(folder),
                Receive.FirstLook.UNREAD,
                null,
                Receive.Attention.NORMAL,
                MimeLimits.DEFAULT.mailBytes(),
                Receive.Patience.DEFAULT,
                Receive.Policy.DEFAULT,
                null);
        return receiving(place.user + "@" + server, imap);
    }

    /** The mailbox of a profile. */
    Result<Receiving> receiving(String name, Receive.Imap imap) {
        ImapMailboxes mailboxes = new ImapMailboxes(secrets, home.folder(), clock, tasks);
        Result<List<Mailbox>> folders = Result.ok(List.of());
        for (String folder : imap.folders()) {
            folders = folders.then(before -> mailboxes.mailbox(imap, folder).then(mailbox -> {
                List<Mailbox> all = new ArrayList<>(before);
                all.add(mailbox);
                return Result.ok(all);
            }));
        }
        return folders.then(all ->
                Result.ok(new Receiving(name, all, imap.maxSize(), imap.policy().progressFrom())));
    }

    private Result<SmtpPool> smtp(Place place, MailServer.Url url, PoolLimits limits) {
        MailServer.Password password = url.password();
        boolean plain = place.loopback() || url.insecure();
        SmtpSettings.Tls tls;
        if (place.scheme.equals("smtps")) {
            tls = SmtpSettings.Tls.IMPLICIT;
        } else if (place.scheme.equals("smtp")) {
            tls = plain ? SmtpSettings.Tls.NONE : SmtpSettings.Tls.STARTTLS;
        } else {
            return bad("smtp:// | smtps://");
        }
        int usual =
                tls == SmtpSettings.Tls.IMPLICIT ? SUBMISSIONS_PORT : place.user == null ? SMTP_PORT : SUBMISSION_PORT;
        SmtpSettings settings = SmtpSettings.plain(place.host, place.port < 0 ? usual : place.port)
                .with(tls, Trust.SYSTEM);
        if (place.user == null) {
            return password == null
                    ? Result.ok(kept(new SmtpPool(settings, limits, () -> Result.ok(""), clock, tasks)))
                    : bad("USER@");
        }
        return password == null
                ? Result.failed(MailCommandMessage.NO_PASSWORD, "user", place.user)
                : Result.ok(kept(new SmtpPool(
                        settings.withLogin(place.user, url.insecure()),
                        limits,
                        () -> secrets.read(source(password)).then((Secret secret) -> Result.ok(secret.reveal())),
                        clock,
                        tasks)));
    }

    /** {@return what has gone wrong with the copies of what was sent} */
    List<Problem> copyProblems() {
        return opened.stream()
                .filter(Profiles.class::isInstance)
                .flatMap(one -> ((Profiles) one).copies().missed().stream())
                .toList();
    }

    private SmtpPool kept(SmtpPool pool) {
        opened.add(pool);
        return pool;
    }

    /** Ends the connections over which was sent. */
    @Override
    public void close() {
        Closing closing = new Closing();
        opened.forEach(one -> closing.close("connections", one));
    }

    private static SecretSource source(MailServer.Password password) {
        return switch (password) {
            case MailServer.Password.InFile(var file) -> new SecretSource.FromFile(file.toString());
            case MailServer.Password.InEnvironment(String name) -> new SecretSource.FromEnvironment(name);
        };
    }

    /** The parts of an address that count; port -1 where none is given. */
    private record Place(String scheme, @Nullable String user, String host, int port, String folder) {
        boolean loopback() {
            return new HostPort(host, Math.max(0, port)).loopback();
        }
    }

    private static Result<Place> place(String url) {
        try {
            URI uri = new URI(url);
            String host = uri.getHost();
            String user = uri.getUserInfo();
            if (uri.getScheme() == null || host == null) {
                return bad("SCHEME://HOST");
            }
            if (user != null && Objects.requireNonNull(uri.getRawUserInfo()).indexOf(':') >= 0) {
                return bad("USER:PASSWORD@");
            }
            String path = Objects.requireNonNullElse(uri.getPath(), "");
            if (uri.getQuery() != null || uri.getFragment() != null) {
                return bad("? #");
            }
            boolean bracketed = host.startsWith("[");
            return Result.ok(new Place(
                    uri.getScheme().toLowerCase(Locale.ROOT),
                    user == null || user.isEmpty() ? null : user,
                    bracketed ? host.substring(1, host.length() - 1) : host,
                    uri.getPort(),
                    path.startsWith("/") ? path.substring(1) : path));
        } catch (URISyntaxException wrong) {
            // The reason of the exception would repeat the address, and with it a password that someone wrote into it.
            return bad("SCHEME://[USER@]HOST[:PORT]");
        }
    }

    private static <T> Result<T> bad(String reason) {
        return Result.failed(MailCommandMessage.BAD_URL, "reason", reason);
    }

    /** The scheme of an address, lower case; empty where it has none. */
    static String scheme(String url) {
        int colon = url.indexOf(':');
        return colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    }
}
