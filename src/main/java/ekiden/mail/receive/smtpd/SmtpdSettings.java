package ekiden.mail.receive.smtpd;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One listener.
 *
 * @param host address or name to listen at; {@link #LOOPBACK} unless told otherwise
 * @param port 0 for any free one
 * @param protocol what is spoken
 * @param name what the listener calls itself in its greeting; a host name
 * @param recipients address → mail profile. {@code *@domain} takes what no other line takes. Case is ignored
 * @param maxSize bytes of one mail (RFC 1870 counting), at least 1
 * @param tls certificate for STARTTLS; null: not offered
 * @param limits everything else
 */
public record SmtpdSettings(
        String host,
        int port,
        Protocol protocol,
        String name,
        Map<String, String> recipients,
        long maxSize,
        @Nullable TlsFiles tls,
        SmtpdLimits limits) {
    /** Where a listener listens that was not told. */
    public static final String LOOPBACK = "127.0.0.1";
    /** 2 GiB. */
    public static final long DEFAULT_MAX_SIZE = 2L << 30;

    /** What is spoken. */
    public enum Protocol {
        /** RFC 5321: one reply for all recipients of a mail. */
        SMTP,
        /** RFC 2033: a reply for each. */
        LMTP
    }

    /** Copies the recipients. */
    public SmtpdSettings {
        recipients = Map.copyOf(recipients);
        if (maxSize < 1) {
            throw new IllegalArgumentException("maxSize " + maxSize);
        }
    }

    /**
     * SMTP on the loopback with everything at its default.
     *
     * @param port 0 for any free one
     * @param recipients address → mail profile
     * @return the settings
     */
    public static SmtpdSettings loopback(int port, Map<String, String> recipients) {
        return new SmtpdSettings(
                LOOPBACK, port, Protocol.SMTP, "localhost", recipients, DEFAULT_MAX_SIZE, null, SmtpdLimits.DEFAULT);
    }
}
