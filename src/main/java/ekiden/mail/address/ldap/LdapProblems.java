package ekiden.mail.address.ldap;

import com.unboundid.ldap.sdk.LDAPBindException;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPExtendedOperationException;
import com.unboundid.ldap.sdk.ResultCode;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.BookSettings;
import ekiden.mail.connect.TlsClient;
import ekiden.mail.connect.TlsFault;
import ekiden.mail.profile.Security;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a failure of a directory means for people. What servers say is not repeated but for their codes and referrals. Pure. */
final class LdapProblems {
    /** The answer to a login, or to whoever did not log in well enough. */
    private static final Set<ResultCode> LOGIN = Set.of(
            ResultCode.INVALID_CREDENTIALS,
            ResultCode.INAPPROPRIATE_AUTHENTICATION,
            ResultCode.CONFIDENTIALITY_REQUIRED,
            ResultCode.STRONG_AUTH_REQUIRED);

    /** Another time it may go. */
    private static final Set<ResultCode> AWAY = Set.of(
            ResultCode.BUSY,
            ResultCode.UNAVAILABLE,
            ResultCode.TIMEOUT,
            ResultCode.TIME_LIMIT_EXCEEDED,
            ResultCode.CONNECT_ERROR);

    /** Answers of a server that is there, though the connection counts as lost after them. */
    static final Set<ResultCode> ANSWERS =
            Set.of(ResultCode.OPERATIONS_ERROR, ResultCode.UNWILLING_TO_PERFORM, ResultCode.PROTOCOL_ERROR);

    private static final int REFERRALS = 3;

    private final BookSettings.Ldap settings;

    LdapProblems(BookSettings.Ldap settings) {
        this.settings = settings;
    }

    /**
     * What a failure means.
     *
     * @param problem for people
     * @param settings whether user, password or certificates may have to be mended
     */
    record Meaning(Problem problem, boolean settings) {}

    Meaning of(LDAPException wrong) {
        TlsFault fault = tls(wrong);
        if (fault != null) {
            return new Meaning(unprotected(fault), true);
        }
        Throwable root = root(wrong);
        ResultCode code = wrong.getResultCode();
        boolean network = root instanceof IOException && !(root instanceof SSLException);
        if (startTls(wrong) && !network) {
            String words = wrong.getCause() == null ? code.getName() : clean(String.valueOf(root.getMessage()));
            return new Meaning(unprotected(new TlsFault(TlsFault.Why.HANDSHAKE, words)), true);
        }
        boolean away = AWAY.contains(code) || (!code.isConnectionUsable() && !ANSWERS.contains(code));
        if (away) {
            boolean late = code.equals(ResultCode.TIMEOUT);
            String reason = late
                    ? Reason.of(new SocketTimeoutException())
                    : root instanceof IOException broken ? Reason.of(broken) : code.getName();
            return new Meaning(server(AddressMessage.NOT_REACHABLE, "reason", reason), false);
        }
        if (wrong instanceof LDAPBindException || LOGIN.contains(code)) {
            String user = String.valueOf(settings.user());
            return new Meaning(server(AddressMessage.LOGIN_REFUSED, "user", user, "reason", code.getName()), true);
        }
        return new Meaning(search(wrong), false);
    }

    private Problem search(LDAPException wrong) {
        ResultCode code = wrong.getResultCode();
        if (code.equals(ResultCode.NO_SUCH_OBJECT)) {
            return server(AddressMessage.NO_BASE, "base", settings.base());
        }
        String[] urls = wrong.getReferralURLs();
        return code.equals(ResultCode.REFERRAL) && urls != null && urls.length > 0
                ? server(AddressMessage.REFERRED, "base", settings.base(), "referral", some(urls))
                : server(AddressMessage.SEARCH_REFUSED, "reason", code.getName());
    }

    private static String some(String[] urls) {
        StringBuilder some = new StringBuilder();
        for (int i = 0; i < Math.min(REFERRALS, urls.length); i++) {
            some.append(i == 0 ? "" : ", ").append(clean(urls[i]));
        }
        return some.toString();
    }

    /** The certificates of the settings cannot be used. */
    Problem ca(IOException unreadable) {
        TlsFault fault = TlsClient.fault(unreadable);
        return unprotected(fault == null ? new TlsFault(TlsFault.Why.CA_UNREADABLE, Reason.of(unreadable)) : fault);
    }

    /** Somebody logs in, and has no password. */
    Problem noPassword() {
        return server(AddressMessage.NO_PASSWORD, "user", String.valueOf(settings.user()));
    }

    private Problem unprotected(TlsFault fault) {
        AddressMessage message = switch (fault.why()) {
            case EXPIRED -> AddressMessage.CERTIFICATE_EXPIRED;
            case OTHER_NAME -> AddressMessage.CERTIFICATE_NAME;
            case UNTRUSTED -> AddressMessage.CERTIFICATE;
            case CA_UNREADABLE -> AddressMessage.BAD_CA;
            case NOT_TLS, HANDSHAKE -> AddressMessage.NO_TLS;
        };
        return message == AddressMessage.BAD_CA
                ? Problem.of(
                        message,
                        "book",
                        settings.name(),
                        "file",
                        String.valueOf(settings.ca()),
                        "reason",
                        fault.words())
                : server(message, "reason", fault.words());
    }

    private Problem server(AddressMessage message, String... more) {
        Object[] values = new Object[4 + more.length];
        values[0] = "book";
        values[1] = settings.name();
        values[2] = "server";
        values[3] = settings.server();
        System.arraycopy(more, 0, values, 4, more.length);
        return Problem.of(message, values);
    }

    private boolean startTls(LDAPException wrong) {
        // No other operation of ours is an extended one.
        String said = String.valueOf(wrong.getMessage());
        return settings.security() != Security.NONE
                && (wrong instanceof LDAPExtendedOperationException
                        || said.contains("StartTLS")
                        || said.contains("certificate"));
    }

    private static @Nullable TlsFault tls(Throwable wrong) {
        for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            TlsFault fault = cause instanceof IOException broken ? TlsClient.fault(broken) : null;
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static String clean(String words) {
        return words.replaceAll("\\p{Cntrl}", " ");
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
