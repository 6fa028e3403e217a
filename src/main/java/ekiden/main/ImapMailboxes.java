package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.config.SecretReader;
import ekiden.mail.connect.Trust;
import ekiden.mail.profile.Credentials;
import ekiden.mail.profile.Receive;
import ekiden.mail.profile.SecretSource;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.ServerFacts;
import ekiden.mail.receive.imap.ImapFolder;
import ekiden.mail.receive.imap.ImapLimits;
import ekiden.mail.receive.imap.ImapMailbox;
import ekiden.mail.receive.imap.ImapSettings;
import ekiden.mail.receive.imap.ImapTimeouts;
import ekiden.mail.receive.imap.LogInLimits;
import ekiden.mail.receive.imap.LogIns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Turns the receiving side of an IMAP profile into mailboxes. */
final class ImapMailboxes {
    /** Names of folders that a person is shown. */
    static final int FOLDERS_SHOWN = 50;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final SecretReader secrets;
    private final KeptTokens tokens;
    private final Path home;
    private final Clock clock;
    private final Tasks tasks;
    private final LogIns logIns = new LogIns(LogInLimits.DEFAULT);

    ImapMailboxes(SecretReader secrets, Path home, Clock clock, Tasks tasks) {
        this.secrets = secrets;
        this.tokens = new KeptTokens(secrets::read, clock);
        this.home = home;
        this.clock = clock;
        this.tasks = tasks;
    }

    /** One folder of the profile. */
    Result<ImapMailbox> mailbox(Receive.Imap imap, String folder) {
        return mailbox(imap, folder, timeouts(imap.patience()));
    }

    /** One folder of the profile, for work that must end in time. */
    Result<ImapMailbox> mailbox(Receive.Imap imap, String folder, Duration within) {
        ImapTimeouts usual = timeouts(imap.patience());
        return mailbox(
                imap,
                folder,
                new ImapTimeouts(
                        least(usual.connect(), within),
                        least(usual.greeting(), within),
                        least(usual.stall(), within),
                        least(usual.command(), within),
                        least(usual.opening(), within),
                        usual.body(),
                        usual.slowest(),
                        usual.idle(),
                        usual.poll(),
                        usual.goodbye()));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Result<ImapMailbox> mailbox(Receive.Imap imap, String folder, ImapTimeouts timeouts) {
        return trust(imap)
                .then(trust -> Result.ok(new ImapMailbox(
                        new ImapSettings(
                                imap.server(),
                                imap.security(),
                                trust,
                                imap.insecure(),
                                imap.authentication(),
                                folder,
                                false,
                                timeouts,
                                ImapLimits.DEFAULT),
                        credentials(imap),
                        clock,
                        tasks,
                        logIns)));
    }

    private Result<Trust> trust(Receive.Imap imap) {
        String ca = imap.ca();
        if (ca == null) {
            return Result.ok(Trust.SYSTEM);
        }
        try {
            return Result.ok(new Trust(true, Files.readString(home.resolve(ca), StandardCharsets.US_ASCII)));
        } catch (IOException unreadable) {
            return Result.failed(
                    ReceiveMessage.CA_UNREADABLE,
                    "host",
                    imap.server().host(),
                    "port",
                    imap.server().port(),
                    "folder",
                    "",
                    "reply",
                    ca);
        }
    }

    private static ImapTimeouts timeouts(Receive.Patience patience) {
        ImapTimeouts usual = ImapTimeouts.DEFAULT;
        return new ImapTimeouts(
                usual.connect(),
                usual.greeting(),
                patience.answer(),
                usual.command(),
                least(usual.opening(), patience.deadline()),
                patience.receive(),
                patience.slowest(),
                patience.idle(),
                usual.poll(),
                usual.goodbye());
    }

    private Credentials credentials(Receive.Imap imap) {
        return new Credentials() {
            @Override
            public String user() {
                return imap.user();
            }

            @Override
            public Result<Key> key() {
                return switch (imap.key()) {
                    case Receive.Password(SecretSource source) ->
                        secrets.read(source).then(secret -> Result.ok(new Password(secret)));
                    case Receive.Token(SecretSource source) ->
                        tokens.token(source).then(token -> Result.ok(new Token(token.secret(), token.expires())));
                };
            }

            @Override
            public boolean refused(Key key) {
                return tokens.refused(imap.key().source(), key.secret());
            }
        };
    }

    /** The tokens that profiles use. */
    KeptTokens tokens() {
        return tokens;
    }

    /** {@return until when the token in use is valid, where that is known} */
    Optional<ekiden.http.Profiles.TokenEnd> tokenEnd(Receive.Imap imap) {
        return imap.key() instanceof Receive.Token(SecretSource source)
                ? tokens.end(source)
                        .map(end -> new ekiden.http.Profiles.TokenEnd(
                                end, Duration.between(clock.now(), end).toSeconds()))
                : Optional.empty();
    }

    /** Opens each folder as a reader would. {@return what the server is, or why a folder cannot be opened} */
    Result<String> test(Receive.Imap imap) {
        Result<String> last = Result.ok("");
        for (String folder : imap.folders()) {
            Result<ImapMailbox> mailbox = mailbox(imap, folder);
            last = mailbox.then(ImapMailbox::open).then(ImapMailboxes::seen);
            if (last instanceof Result.Failed<String>(Problem problem)) {
                boolean absent = problem.id().equals(ReceiveMessage.NO_FOLDER.id());
                return absent ? mailbox.then(opened -> others(opened, problem)) : last;
            }
        }
        return last.then(seen ->
                Result.ok(seen + tokenEnd(imap).map(ImapMailboxes::shown).orElse("")));
    }

    private static String shown(ekiden.http.Profiles.TokenEnd end) {
        return ", token until " + end.until() + " (" + TimeUnit.SECONDS.toMinutes(end.seconds()) + " min)";
    }

    /** Names the folders there are, for a person who looks for the right one. */
    private static Result<String> others(ImapMailbox mailbox, Problem absent) {
        return switch (mailbox.folders()) {
            case Result.Failed<List<ImapFolder>> unknown -> Result.failed(absent);
            case Result.Ok<List<ImapFolder>>(List<ImapFolder> folders) -> {
                List<String> names = folders.stream()
                        .filter(ImapFolder::selectable)
                        .map(folder -> CONTROL.matcher(folder.name()).replaceAll(" "))
                        .sorted()
                        .toList();
                String shown = String.join(", ", names.subList(0, Math.min(FOLDERS_SHOWN, names.size())));
                yield Result.failed(
                        ReceiveMessage.OTHER_FOLDERS,
                        "host",
                        absent.values().getOrDefault("host", ""),
                        "folder",
                        absent.values().getOrDefault("folder", ""),
                        "count",
                        names.size(),
                        "folders",
                        names.size() > FOLDERS_SHOWN ? shown + ", …" : shown);
            }
        };
    }

    private static Result<String> seen(MailboxSession session) {
        try (session) {
            ServerFacts server = session.server();
            String name = server.name() == null ? server.protocol() : server.protocol() + " " + server.name();
            return Result.ok(name + ", " + server.security() + ", " + server.authentication());
        }
    }
}
