package ekiden.mail.send.smtp;

import ekiden.mail.connect.Trust;
import ekiden.mail.profile.Authentication;
import ekiden.mail.profile.Send;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one SMTP server. Holds no secret: the password is asked for when it is needed.
 *
 * @param host name or address
 * @param port 1 to 65535; usually 25, 587 (STARTTLS) or 465 (implicit TLS)
 * @param tls whether and when TLS begins; where it is asked for, there is no way without it
 * @param trust which certificates are believed
 * @param user to log in as, or null for no login
 * @param clearPassword whether a password may travel without TLS to another host than this one
 * @param heloName what we call ourselves, or null for the address literal of our end of the connection
 * @param timeouts how long to wait for what
 * @param limits how much to take
 * @param authentication how to log in
 * @param notices of what the sender wants to be told (RFC 3461), where the server offers that; empty for not asking
 */
public record SmtpSettings(
        String host,
        int port,
        Tls tls,
        Trust trust,
        @Nullable String user,
        boolean clearPassword,
        @Nullable String heloName,
        SmtpTimeouts timeouts,
        SmtpLimits limits,
        Authentication authentication,
        Set<Send.Notify> notices) {
    /** Copies the set. */
    public SmtpSettings {
        notices = Set.copyOf(notices);
    }

    /** When TLS begins. */
    public enum Tls {
        /** Never. */
        NONE,
        /** After STARTTLS (RFC 3207), before anything else. */
        STARTTLS,
        /** At once (RFC 8314). */
        IMPLICIT
    }

    /**
     * No TLS, no login, default timeouts and limits.
     *
     * @param host name or address
     * @param port 1 to 65535
     * @return these settings
     */
    public static SmtpSettings plain(String host, int port) {
        return new SmtpSettings(
                host,
                port,
                Tls.NONE,
                Trust.SYSTEM,
                null,
                false,
                null,
                SmtpTimeouts.DEFAULT,
                SmtpLimits.DEFAULT,
                Authentication.AUTO,
                Set.of());
    }

    /**
     * @param newTls when TLS begins
     * @param newTrust which certificates are believed
     * @return these settings with that TLS
     */
    public SmtpSettings with(Tls newTls, Trust newTrust) {
        return new SmtpSettings(
                host, port, newTls, newTrust, user, clearPassword, heloName, timeouts, limits, authentication, notices);
    }

    /**
     * @param newUser to log in as, or null
     * @param mayBeClear whether the password may travel without TLS to another host
     * @return these settings with that login
     */
    public SmtpSettings withLogin(@Nullable String newUser, boolean mayBeClear) {
        return new SmtpSettings(
                host, port, tls, trust, newUser, mayBeClear, heloName, timeouts, limits, authentication, notices);
    }

    /**
     * @param newAuthentication how to log in
     * @return these settings with that way
     */
    public SmtpSettings with(Authentication newAuthentication) {
        return new SmtpSettings(
                host, port, tls, trust, user, clearPassword, heloName, timeouts, limits, newAuthentication, notices);
    }

    /**
     * @param newNotices of what the sender wants to be told
     * @return these settings with that wish
     */
    public SmtpSettings with(Set<Send.Notify> newNotices) {
        return new SmtpSettings(
                host, port, tls, trust, user, clearPassword, heloName, timeouts, limits, authentication, newNotices);
    }

    /**
     * @param newTimeouts how long to wait for what
     * @return these settings with those timeouts
     */
    public SmtpSettings with(SmtpTimeouts newTimeouts) {
        return new SmtpSettings(
                host, port, tls, trust, user, clearPassword, heloName, newTimeouts, limits, authentication, notices);
    }

    /**
     * @param newLimits how much to take
     * @return these settings with those limits
     */
    public SmtpSettings with(SmtpLimits newLimits) {
        return new SmtpSettings(
                host, port, tls, trust, user, clearPassword, heloName, timeouts, newLimits, authentication, notices);
    }
}
