package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.HostPort;
import ekiden.base.LazyLogger;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.config.SecretReader;
import ekiden.mail.connect.Trust;
import ekiden.mail.profile.Credentials;
import ekiden.mail.profile.Receive;
import ekiden.mail.profile.Secret;
import ekiden.mail.profile.SecretSource;
import ekiden.mail.profile.Security;
import ekiden.mail.profile.Send;
import ekiden.mail.send.smtp.PoolLimits;
import ekiden.mail.send.smtp.SmtpPool;
import ekiden.mail.send.smtp.SmtpSettings;
import ekiden.mail.send.smtp.SmtpTimeouts;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pool of connections for each sending side of the settings, for as long as the settings name it. A sending side that was changed is another one: the
 * connections of the former end with their mails. Safe from any thread.
 */
final class SmtpPools implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(SmtpPools.class);

    private final SecretReader secrets;
    private final KeptTokens tokens;
    private final Clock clock;
    private final Tasks tasks;
    private final Map<Opening, SmtpPool> pools = new HashMap<>();
    private final Path home;

    /** With other certificates it is another pool. */
    private record Opening(Send.Smtp send, Trust trust) {}

    SmtpPools(SecretReader secrets, KeptTokens tokens, Path home, Clock clock, Tasks tasks) {
        this.home = home;
        this.secrets = secrets;
        this.tokens = tokens;
        this.clock = clock;
        this.tasks = tasks;
    }

    /**
     * @param send a sending side
     * @param present all that the settings name now
     * @return its pool
     */
    synchronized SmtpPool of(Send.Smtp send, Set<Send> present) {
        Opening key = new Opening(send, trust(send));
        List<SmtpPool> former = new ArrayList<>();
        pools.entrySet().removeIf(entry -> {
            boolean other = entry.getKey().send().equals(send)
                    || !present.contains(entry.getKey().send());
            boolean gone = other && !entry.getKey().equals(key);
            if (gone) {
                former.add(entry.getValue());
            }
            return gone;
        });
        former.forEach(pool -> tasks.run("former connections", pool::close));
        return pools.computeIfAbsent(key, this::open);
    }

    /** Read anew for each mail, so that a file that is mended or renewed counts at once; one that cannot be read holds no certificate. */
    private Trust trust(Send.Smtp send) {
        String ca = send.ca();
        if (ca == null) {
            return Trust.SYSTEM;
        }
        Path file = home.resolve(ca);
        try {
            return new Trust(true, Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException unreadable) {
            LOG.log(Level.DEBUG, "certificates cannot be read: {0}", Reason.of(unreadable));
            return new Trust(true, "");
        }
    }

    private SmtpPool open(Opening key) {
        Send.Smtp send = key.send();
        Send.Use use = send.use();
        PoolLimits limits = PoolLimits.DEFAULT.with(use.connections(), use.mails(), use.perMinute());
        List<SmtpSettings> servers =
                send.servers().stream().map(server -> settings(key, server)).toList();
        return new SmtpPool(servers, limits, credentials(send.login()), clock, tasks);
    }

    private static SmtpSettings settings(Opening key, HostPort server) {
        Send.Smtp send = key.send();
        SmtpSettings plain = SmtpSettings.plain(server.host(), server.port())
                .with(tls(send.security()), key.trust())
                .with(timeouts(send.patience()))
                .with(send.notices());
        Send.Login login = send.login();
        return login == null ? plain : plain.withLogin(login.user(), false).with(login.authentication());
    }

    private static SmtpTimeouts timeouts(Send.Patience patience) {
        SmtpTimeouts usual = SmtpTimeouts.DEFAULT;
        return new SmtpTimeouts(
                patience.connect(),
                patience.reply(),
                usual.block(),
                patience.endOfData(),
                patience.whole(),
                usual.quit());
    }

    private Credentials credentials(Send.@Nullable Login login) {
        return new Credentials() {
            @Override
            public String user() {
                return login == null ? "" : login.user();
            }

            @Override
            public Result<Key> key() {
                return switch (login == null ? null : login.key()) {
                    case null -> Result.ok(new Password(new Secret("")));
                    case Receive.Password(SecretSource source) ->
                        secrets.read(source).then(secret -> Result.ok(new Password(secret)));
                    case Receive.Token(SecretSource source) ->
                        tokens.token(source).then(token -> Result.ok(new Token(token.secret(), token.expires())));
                };
            }

            @Override
            public boolean refused(Key key) {
                return login != null && tokens.refused(login.key().source(), key.secret());
            }
        };
    }

    private static SmtpSettings.Tls tls(Security security) {
        return switch (security) {
            case IMPLICIT -> SmtpSettings.Tls.IMPLICIT;
            case STARTTLS -> SmtpSettings.Tls.STARTTLS;
            case NONE -> SmtpSettings.Tls.NONE;
        };
    }

    @Override
    public synchronized void close() {
        pools.values().forEach(SmtpPool::close);
        pools.clear();
    }
}
