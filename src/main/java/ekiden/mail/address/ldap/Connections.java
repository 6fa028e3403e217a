package ekiden.mail.address.ldap;

import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.BookSettings;
import ekiden.mail.connect.TlsClient;
import ekiden.mail.connect.TlsFault;
import ekiden.mail.connect.Trust;
import ekiden.mail.profile.Security;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one directory. They are made when they are first needed, kept, and made again where the server was restarted. A password that is refused is asked of its source again for the next
 * question. Safe from any thread.
 */
final class Connections implements AutoCloseable {
    private final BookSettings.Ldap settings;
    private final Supplier<Result<Access>> access;
    private final LdapLimits limits;
    private @Nullable LDAPConnectionPool pool;

    /**
     * What logging in needs.
     *
     * @param password of the user, or empty where nobody logs in
     * @param trust which certificates are believed
     */
    record Access(String password, Trust trust) {}

    Connections(BookSettings.Ldap settings, Supplier<Result<Access>> access, LdapLimits limits) {
        this.settings = settings;
        this.access = access;
        this.limits = limits;
    }

    /** The connections, made now where there are none. */
    synchronized Result<LDAPConnectionPool> pool() {
        LDAPConnectionPool present = pool;
        return present != null && !present.isClosed()
                ? Result.ok(present)
                : access.get().then(this::open);
    }

    private Result<LDAPConnectionPool> open(Access key) {
        int time = Math.toIntExact(settings.timeout().toMillis());
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setUseSynchronousMode(true);
        options.setAbandonOnTimeout(true);
        options.setConnectTimeoutMillis(time);
        options.setResponseTimeoutMillis(time);
        options.setFollowReferrals(false);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(false));
        SimpleBindRequest bind =
                settings.user() == null ? null : new SimpleBindRequest(settings.user(), key.password());
        if (bind != null) {
            bind.setResponseTimeoutMillis(time);
        }
        String host = settings.server().host();
        int port = settings.server().port();
        try {
            SSLContext tls = settings.security() == Security.NONE ? null : new TlsClient(key.trust()).sockets();
            SingleServerSet server = tls != null && settings.security() == Security.IMPLICIT
                    ? new SingleServerSet(host, port, tls.getSocketFactory(), options)
                    : new SingleServerSet(host, port, options);
            StartTLSPostConnectProcessor start = tls != null && settings.security() == Security.STARTTLS
                    ? new StartTLSPostConnectProcessor(tls)
                    : null;
            LDAPConnectionPool made = new LDAPConnectionPool(server, bind, 0, limits.connections(), start, false);
            made.setConnectionPoolName("address book " + settings.name());
            made.setCreateIfNecessary(false);
            made.setMaxWaitTimeMillis(time);
            made.setMaxConnectionAgeMillis(Duration.ofMinutes(10).toMillis());
            made.setRetryFailedOperationsDueToInvalidConnections(true);
            pool = made;
            return Result.ok(made);
        } catch (IOException caUnreadable) {
            TlsFault fault = TlsClient.fault(caUnreadable);
            return Result.failed(unprotected(fault == null ? Reason.of(caUnreadable) : fault.words()));
        } catch (LDAPException wrong) {
            return Result.failed(problem(wrong));
        }
    }

    /** The shorter of two times, one millisecond at least. */
    static long millis(Duration one, Duration other) {
        return Math.max(1, Math.min(one.toMillis(), other.toMillis()));
    }

    private Problem unprotected(String reason) {
        return Problem.of(
                AddressMessage.NO_TLS, "book", settings.name(), "server", settings.server(), "reason", reason);
    }

    /** What a failure means, and whether the password has to be asked for again. */
    Problem problem(LDAPException wrong) {
        Throwable root = root(wrong);
        ResultCode code = wrong.getResultCode();
        String said = String.valueOf(wrong.getMessage());
        boolean startTls = said.contains("StartTLS") || said.contains("certificate");
        boolean network = root instanceof IOException && !(root instanceof SSLException);
        if (tls(wrong) || (startTls && !network && settings.security() != Security.NONE)) {
            close();
            return unprotected(wrong.getCause() == null ? code.getName() : words(root));
        }
        if (code.equals(ResultCode.INVALID_CREDENTIALS)
                || code.equals(ResultCode.INAPPROPRIATE_AUTHENTICATION)
                || code.equals(ResultCode.INVALID_DN_SYNTAX)
                || code.equals(ResultCode.CONFIDENTIALITY_REQUIRED)
                || code.equals(ResultCode.STRONG_AUTH_REQUIRED)
                || code.equals(ResultCode.UNWILLING_TO_PERFORM)) {
            close();
            return Problem.of(
                    AddressMessage.LOGIN_REFUSED,
                    "book",
                    settings.name(),
                    "server",
                    settings.server(),
                    "user",
                    String.valueOf(settings.user()),
                    "reason",
                    code.getName());
        }
        boolean away = !wrong.getResultCode().isConnectionUsable()
                || code.equals(ResultCode.BUSY)
                || code.equals(ResultCode.UNAVAILABLE)
                || code.equals(ResultCode.TIMEOUT)
                || code.equals(ResultCode.TIME_LIMIT_EXCEEDED)
                || code.equals(ResultCode.CONNECT_ERROR);
        return Problem.of(
                away ? AddressMessage.NOT_REACHABLE : AddressMessage.SEARCH_REFUSED,
                "book",
                settings.name(),
                "server",
                settings.server(),
                "reason",
                root instanceof IOException broken ? Reason.of(broken) : code.getName());
    }

    private static boolean tls(Throwable wrong) {
        for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException broken && TlsClient.fault(broken) != null) {
                return true;
            }
        }
        return false;
    }

    private static String words(Throwable root) {
        return String.valueOf(root.getMessage()).replaceAll("\\p{Cntrl}", " ");
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    @Override
    public synchronized void close() {
        LDAPConnectionPool present = pool;
        pool = null;
        if (present != null) {
            present.close();
        }
    }
}
