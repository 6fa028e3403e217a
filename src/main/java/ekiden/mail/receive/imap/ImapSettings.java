package ekiden.mail.receive.imap;

import ekiden.base.HostPort;
import ekiden.mail.connect.Trust;
import ekiden.mail.profile.Authentication;
import ekiden.mail.profile.Credentials;
import ekiden.mail.profile.Security;

/**
 * How to reach one folder. Holds no secret: {@link Credentials} are asked when they are needed.
 *
 * @param server host and port; usually 993 (implicit TLS) or 143
 * @param security how the connection is protected; where it is asked for, there is no way without it
 * @param trust which certificates are believed
 * @param clearPassword whether a password may travel without TLS to another host than this one
 * @param authentication how to log in
 * @param folder the folder's name as a person writes it
 * @param readOnly whether the folder is opened so that nothing can be changed in it (EXAMINE)
 * @param timeouts how long to wait for what
 * @param limits how much to take
 */
public record ImapSettings(
        HostPort server,
        Security security,
        Trust trust,
        boolean clearPassword,
        Authentication authentication,
        String folder,
        boolean readOnly,
        ImapTimeouts timeouts,
        ImapLimits limits) {
    /**
     * The inbox of a server, with the default times and limits.
     *
     * @param server host and port
     * @param security how the connection is protected
     * @return these settings
     */
    public static ImapSettings inbox(HostPort server, Security security) {
        return new ImapSettings(
                server,
                security,
                Trust.SYSTEM,
                false,
                Authentication.AUTO,
                "INBOX",
                false,
                ImapTimeouts.DEFAULT,
                ImapLimits.DEFAULT);
    }

    /**
     * @param newFolder the folder's name as a person writes it
     * @param newReadOnly whether nothing is to be changed in it
     * @return these settings for that folder
     */
    public ImapSettings withFolder(String newFolder, boolean newReadOnly) {
        return new ImapSettings(
                server, security, trust, clearPassword, authentication, newFolder, newReadOnly, timeouts, limits);
    }

    /**
     * @param newTrust which certificates are believed
     * @param mayBeClear whether a password may travel without TLS to another host
     * @return these settings with that trust
     */
    public ImapSettings withTrust(Trust newTrust, boolean mayBeClear) {
        return new ImapSettings(
                server, security, newTrust, mayBeClear, authentication, folder, readOnly, timeouts, limits);
    }

    /**
     * @param newAuthentication how to log in
     * @return these settings with that log-in
     */
    public ImapSettings with(Authentication newAuthentication) {
        return new ImapSettings(
                server, security, trust, clearPassword, newAuthentication, folder, readOnly, timeouts, limits);
    }

    /**
     * @param newTimeouts how long to wait for what
     * @return these settings with those times
     */
    public ImapSettings with(ImapTimeouts newTimeouts) {
        return new ImapSettings(
                server, security, trust, clearPassword, authentication, folder, readOnly, newTimeouts, limits);
    }

    /**
     * @param newLimits how much to take
     * @return these settings with those limits
     */
    public ImapSettings with(ImapLimits newLimits) {
        return new ImapSettings(
                server, security, trust, clearPassword, authentication, folder, readOnly, timeouts, newLimits);
    }
}
