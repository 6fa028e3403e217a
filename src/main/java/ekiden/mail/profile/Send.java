package ekiden.mail.profile;

import ekiden.base.HostPort;
import ekiden.model.mail.Address;
import org.jspecify.annotations.Nullable;

/**
 * Through what a profile sends.
 *
 * @param server host and port of the SMTP server
 * @param security how the connection is protected
 * @param login who logs in, or null where the server asks for nobody
 * @param from the author of every mail
 */
public record Send(
        HostPort server, Security security, @Nullable Login login, Address from) {
    /**
     * Who logs in.
     *
     * @param user the account
     * @param password where its password comes from
     */
    public record Login(String user, SecretSource password) {}
}
