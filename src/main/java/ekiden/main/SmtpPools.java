package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.HostPort;
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
    private final SecretReader secrets;
    private final KeptTokens tokens;
    private final Clock clock;
    private final Tasks tasks;
    private final Map<Send.Smtp, SmtpPool> pools = new HashMap<>();

    SmtpPools(SecretReader secrets, KeptTokens tokens, Clock clock, Tasks tasks) {
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
        List<SmtpPool> former = new ArrayList<>();
        pools.entrySet().removeIf(entry -> {
            boolean gone = !entry.getKey().equals(send) && !present.contains(entry.getKey());
            if (gone) {
                former.add(entry.getValue());
            }
            return gone;
        });
        former.forEach(pool -> tasks.run("former connections", pool::close));
        return pools.computeIfAbsent(send, this::open);
    }

    private SmtpPool open(Send.Smtp send) {
        Send.Use use = send.use();
        PoolLimits limits = PoolLimits.DEFAULT.with(use.connections(), use.mails(), use.perMinute());
        List<SmtpSettings> servers =
                send.servers().stream().map(server -> settings(send, server)).toList();
        return new SmtpPool(servers, limits, credentials(send.login()), clock, tasks);
    }

    private static SmtpSettings settings(Send.Smtp send, HostPort server) {
        SmtpSettings plain = SmtpSettings.plain(server.host(), server.port())
                .with(tls(send.security()), Trust.SYSTEM)
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
