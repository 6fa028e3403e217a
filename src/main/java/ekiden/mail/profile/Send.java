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
 * @param use how much is asked of the server
 * @param charsets in which character set mails are written
 */
public record Send(
        HostPort server, Security security, @Nullable Login login, Address from, Use use, CharsetRule charsets) {
    /**
     * With mails in UTF-8.
     *
     * @param server host and port of the SMTP server
     * @param security how the connection is protected
     * @param login who logs in, or null
     * @param from the author of every mail
     * @param use how much is asked of the server
     */
    public Send(HostPort server, Security security, @Nullable Login login, Address from, Use use) {
        this(server, security, login, from, use, CharsetRule.UTF_8);
    }

    /**
     * How much is asked of a server.
     *
     * @param connections at the same time, 1 or more
     * @param mails on one connection, 1 or more
     * @param perMinute mails a minute; 0 for as many as there are
     */
    public record Use(int connections, int mails, int perMinute) {
        /** 4 connections, 100 mails each, as many a minute as there are. */
        public static final Use DEFAULT = new Use(4, 100, 0);
    }

    /**
     * @param connections at the same time
     * @return the same with so many
     */
    public Send with(int connections) {
        return new Send(server, security, login, from, new Use(connections, use.mails(), use.perMinute()), charsets);
    }

    /**
     * Who logs in.
     *
     * @param user the account
     * @param password where its password comes from
     */
    public record Login(String user, SecretSource password) {}
}
