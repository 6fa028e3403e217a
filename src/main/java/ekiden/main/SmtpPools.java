package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.HostPort;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.config.SecretReader;
import ekiden.mail.connect.Trust;
import ekiden.mail.profile.Secret;
import ekiden.mail.profile.Security;
import ekiden.mail.profile.Send;
import ekiden.mail.send.smtp.PoolLimits;
import ekiden.mail.send.smtp.SmtpPool;
import ekiden.mail.send.smtp.SmtpSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One pool of connections for each sending side of the settings, for as long as the settings name it. A sending side that was changed is another one: the
 * connections of the former end with their mails. Safe from any thread.
 */
final class SmtpPools implements AutoCloseable {
    private final SecretReader secrets;
    private final Clock clock;
    private final Tasks tasks;
    private final Map<Send, SmtpPool> pools = new HashMap<>();

    SmtpPools(SecretReader secrets, Clock clock, Tasks tasks) {
        this.secrets = secrets;
        this.clock = clock;
        this.tasks = tasks;
    }

    /**
     * @param send a sending side
     * @param present all that the settings name now
     * @return its pool
     */
    synchronized SmtpPool of(Send send, Set<Send> present) {
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

    private SmtpPool open(Send send) {
        HostPort server = send.server();
        SmtpSettings plain = SmtpSettings.plain(server.host(), server.port()).with(tls(send.security()), Trust.SYSTEM);
        Send.Use use = send.use();
        PoolLimits limits = PoolLimits.DEFAULT.with(use.connections(), use.mails(), use.perMinute());
        Send.Login login = send.login();
        if (login == null) {
            return new SmtpPool(plain, limits, () -> Result.ok(""), clock, tasks);
        }
        return new SmtpPool(
                plain.withLogin(login.user(), false),
                limits,
                () -> secrets.read(login.password()).then((Secret secret) -> Result.ok(secret.reveal())),
                clock,
                tasks);
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
