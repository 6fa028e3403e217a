package ekiden.mail.address.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.mail.address.BookSettings;
import ekiden.mail.connect.TlsClient;
import ekiden.mail.connect.Trust;
import ekiden.mail.profile.Security;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one directory. They are made when they are first needed, kept, and made again where the server was restarted. A password that is refused is asked of its source again for the next
 * question. Safe from any thread.
 */
final class Connections implements AutoCloseable {
    private final BookSettings.Ldap settings;
    private final Supplier<Result<Access>> access;
    private final Tasks tasks;
    private final LdapLimits limits;
    private final LdapProblems problems;
    private @Nullable LDAPConnectionPool pool;

    /**
     * What logging in needs.
     *
     * @param password of the user, or empty where nobody logs in
     * @param trust which certificates are believed
     */
    record Access(String password, Trust trust) {}

    Connections(BookSettings.Ldap settings, Supplier<Result<Access>> access, Tasks tasks, LdapLimits limits) {
        this.settings = settings;
        this.access = access;
        this.tasks = tasks;
        this.limits = limits;
        this.problems = new LdapProblems(settings);
    }

    /** The connections, made now where there are none. */
    synchronized Result<LDAPConnectionPool> pool() {
        LDAPConnectionPool present = pool;
        return present != null && !present.isClosed()
                ? Result.ok(present)
                : access.get().then(this::open);
    }

    private Result<LDAPConnectionPool> open(Access key) {
        if (settings.user() != null && key.password().isEmpty()) {
            return Result.failed(problems.noPassword());
        }
        int time = Math.toIntExact(settings.timeout().toMillis());
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setUseSynchronousMode(true);
        options.setAbandonOnTimeout(true);
        options.setConnectTimeoutMillis(time);
        options.setResponseTimeoutMillis(time);
        options.setFollowReferrals(false);
        options.setSSLSocketVerifier(new TlsSockets.Verifier());
        SimpleBindRequest bind =
                settings.user() == null ? null : new SimpleBindRequest(settings.user(), key.password());
        if (bind != null) {
            bind.setResponseTimeoutMillis(time);
        }
        String host = settings.server().host();
        int port = settings.server().port();
        try {
            TlsSockets tls = settings.security() == Security.NONE
                    ? null
                    : new TlsSockets(new TlsClient(key.trust()).sockets().getSocketFactory(), settings.timeout());
            SingleServerSet server = tls != null && settings.security() == Security.IMPLICIT
                    ? new SingleServerSet(host, port, tls, options)
                    : new SingleServerSet(host, port, options);
            StartTLSPostConnectProcessor start = tls != null && settings.security() == Security.STARTTLS
                    ? new StartTLSPostConnectProcessor(tls)
                    : null;
            LDAPConnectionPool made = new LDAPConnectionPool(server, bind, 0, limits.connections(), start, false);
            made.setConnectionPoolName("address book " + settings.name());
            made.setCreateIfNecessary(false);
            made.setMaxWaitTimeMillis(time);
            made.setMaxConnectionAgeMillis(Duration.ofMinutes(10).toMillis());
            made.setRetryFailedOperationsDueToInvalidConnections(false);
            pool = made;
            return Result.ok(made);
        } catch (IOException caUnreadable) {
            return Result.failed(problems.ca(caUnreadable));
        } catch (LDAPException wrong) {
            return Result.failed(problem(wrong));
        }
    }

    /** What is done with one connection. */
    @FunctionalInterface
    interface Work<T> {
        /** Asks the server. */
        T on(LDAPConnection connection) throws LDAPException;
    }

    /**
     * Does something with a connection. It is done once more with a new one where the connection turns out to have been cut, and not where
     * the server was silent: that has taken its time already. Over TLS the end of a silent connection takes the time of the settings once more.
     */
    <T> T with(LDAPConnectionPool kept, Work<T> work) throws LDAPException {
        LDAPConnection connection = kept.getConnection();
        try {
            T done = work.on(connection);
            kept.releaseConnection(connection);
            return done;
        } catch (LDAPException wrong) {
            if (wrong.getResultCode().equals(ResultCode.TIMEOUT)) {
                kept.discardConnection(connection);
                throw wrong;
            }
            if (wrong.getResultCode().isConnectionUsable() || LdapProblems.ANSWERS.contains(wrong.getResultCode())) {
                kept.releaseConnectionAfterException(connection, wrong);
                throw wrong;
            }
            return again(kept, kept.replaceDefunctConnection(connection), work);
        }
    }

    private static <T> T again(LDAPConnectionPool kept, LDAPConnection fresh, Work<T> work) throws LDAPException {
        try {
            T done = work.on(fresh);
            kept.releaseConnection(fresh);
            return done;
        } catch (LDAPException wrong) {
            if (wrong.getResultCode().equals(ResultCode.TIMEOUT)) {
                kept.discardConnection(fresh);
            } else {
                kept.releaseConnectionAfterException(fresh, wrong);
            }
            throw wrong;
        }
    }

    /**
     * Searches. The library waits anew for each entry: a server that always sends one more is left at the end of the time given.
     *
     * @param within longest time of the whole answer
     */
    SearchResult search(LDAPConnection one, SearchRequest request, Duration within) throws LDAPException {
        AtomicBoolean late = new AtomicBoolean();
        Tasks.Cancellable guard = tasks.after(within, "a directory's answer is late", () -> {
            late.set(true);
            one.close();
        });
        try {
            return one.search(request);
        } catch (LDAPException broken) {
            if (!late.get()) {
                throw broken;
            }
            LDAPException endless = new LDAPException(ResultCode.TIMEOUT, "an answer without end");
            endless.addSuppressed(broken);
            throw endless;
        } finally {
            guard.cancel();
        }
    }

    /** The shorter of two times, one millisecond at least. */
    static long millis(Duration one, Duration other) {
        return Math.max(1, Math.min(one.toMillis(), other.toMillis()));
    }

    /** What a failure means. Where the settings may have to be mended, the connections are given up and the password is asked of its source again. */
    Problem problem(LDAPException wrong) {
        LdapProblems.Meaning meaning = problems.of(wrong);
        if (meaning.settings()) {
            close();
        }
        return meaning.problem();
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
