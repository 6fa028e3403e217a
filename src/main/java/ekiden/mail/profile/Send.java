package ekiden.mail.profile;

import ekiden.base.HostPort;
import ekiden.model.mail.Address;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Through what a profile sends.
 *
 * @param servers host and port of the SMTP servers, the best first, at least one
 * @param security how the connection is protected
 * @param login who logs in, or null where the server asks for nobody
 * @param from the author of every mail
 * @param use how much is asked of each server
 * @param patience how long to wait
 * @param notices of what the sender wants to be told by the servers that offer it; empty for not asking
 * @param charsets in which character set mails are written
 */
public record Send(
        List<HostPort> servers,
        Security security,
        @Nullable Login login,
        Address from,
        Use use,
        Patience patience,
        Set<Notify> notices,
        CharsetRule charsets) {
    /** Copies list and set. */
    public Send {
        servers = List.copyOf(servers);
        notices = Set.copyOf(notices);
    }

    /** {@return the first server} */
    public HostPort server() {
        return servers.getFirst();
    }

    /** Of what a server can tell the sender (RFC 3461). */
    public enum Notify {
        /** A recipient will not get it. */
        FAILURE,
        /** A recipient has not got it yet. */
        DELAY,
        /** A recipient has got it. */
        SUCCESS
    }

    /**
     * How long to wait; all more than zero.
     *
     * @param connect for name look-up, and for each address
     * @param reply for a reply
     * @param endOfData for the reply to the end of the data; giving up makes the mail uncertain
     * @param whole for everything before that
     */
    public record Patience(Duration connect, Duration reply, Duration endOfData, Duration whole) {
        /** 10 s, 10 s, 10 min, 1 h. */
        public static final Patience DEFAULT = new Patience(
                Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofHours(1));
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
        Use other = new Use(connections, use.mails(), use.perMinute());
        return new Send(servers, security, login, from, other, patience, notices, charsets);
    }

    /**
     * Who logs in.
     *
     * @param user the account
     * @param key what proves it
     * @param authentication how
     */
    public record Login(String user, Receive.Key key, Authentication authentication) {}
}
