package ekiden.mail.profile;

import ekiden.base.HostPort;
import ekiden.model.mail.Address;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Through what a profile sends. */
public sealed interface Send {
    /** {@return the author of every mail} */
    Address from();

    /** {@return in which character set mails are written} */
    CharsetRule charsets();

    /**
     * @param connections how many mails at the same time, 1 or more
     * @return the same with so many
     */
    Send with(int connections);

    /**
     * To a server, which says what it accepts.
     *
     * @param servers host and port of the SMTP servers, the best first, at least one
     * @param security how the connection is protected
     * @param ca PEM file, relative to the home, with the certificates to believe instead of the JDK's, or null
     * @param login who logs in, or null where the server asks for nobody
     * @param from the author of every mail
     * @param use how much is asked of each server
     * @param patience how long to wait
     * @param notices of what the sender wants to be told by the servers that offer it; empty for not asking
     * @param charsets in which character set mails are written
     */
    record Smtp(
            List<HostPort> servers,
            Security security,
            @Nullable String ca,
            @Nullable Login login,
            Address from,
            Use use,
            Patience patience,
            Set<Notify> notices,
            CharsetRule charsets)
            implements Send {
        /** Copies list and set. */
        public Smtp {
            servers = List.copyOf(servers);
            notices = Set.copyOf(notices);
        }

        /** {@return the first server} */
        public HostPort server() {
            return servers.getFirst();
        }

        @Override
        public Smtp with(int connections) {
            Use other = new Use(connections, use.mails(), use.perMinute());
            return new Smtp(servers, security, ca, login, from, other, patience, notices, charsets);
        }
    }

    /**
     * To the mail command of this machine, which queues.
     *
     * @param path the command, absolute, or null for the one of this machine
     * @param system whose command it is
     * @param tag how the envelope sender of each mail is made its own
     * @param from the author of every mail
     * @param atOnce mails at the same time, 1 or more
     * @param timeout for one call of the command, more than zero; giving up makes the mail uncertain
     * @param notices of what the sender wants to be told, where the command is Postfix's; empty for not asking
     * @param charsets in which character set mails are written
     * @param log the mail log of the machine, absolute, or null: what shows that a mail left
     * @param leftWithin how long a mail may stay in the queue before that is told, more than zero
     */
    record Sendmail(
            @Nullable String path,
            MailSystem system,
            Tag tag,
            Address from,
            int atOnce,
            Duration timeout,
            Set<Notify> notices,
            CharsetRule charsets,
            @Nullable String log,
            Duration leftWithin)
            implements Send {
        /** 1 day. */
        public static final Duration USUAL_LEFT_WITHIN = Duration.ofDays(1);

        /** 5 minutes. */
        public static final Duration USUAL_TIMEOUT = Duration.ofMinutes(5);

        /** 4 at the same time. */
        public static final int USUAL_AT_ONCE = 4;

        /** Copies the set. */
        public Sendmail {
            notices = Set.copyOf(notices);
        }

        @Override
        public Sendmail with(int connections) {
            return new Sendmail(path, system, tag, from, connections, timeout, notices, charsets, log, leftWithin);
        }
    }

    /** Whose mail command. The names are the words of settings. */
    enum MailSystem {
        /** Found out from where the command lies. */
        AUTO,
        /** Postfix: its exit codes and its queue are known. */
        POSTFIX,
        /** Another one, of which no more is expected than the manual of sendmail says. */
        OTHER
    }

    /** How the envelope sender of a mail is made its own. The names are the words of settings. */
    enum Tag {
        /** {@code user+TAG@domain}. */
        PLUS,
        /** {@code user-TAG@domain}. */
        MINUS,
        /** It is not: the queue is searched by Message-ID only, as far as it can be. */
        NONE
    }

    /** Of what a server can tell the sender (RFC 3461). */
    enum Notify {
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
    record Patience(Duration connect, Duration reply, Duration endOfData, Duration whole) {
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
    record Use(int connections, int mails, int perMinute) {
        /** 4 connections, 100 mails each, as many a minute as there are. */
        public static final Use DEFAULT = new Use(4, 100, 0);
    }

    /**
     * Who logs in.
     *
     * @param user the account
     * @param key what proves it
     * @param authentication how
     */
    record Login(String user, Receive.Key key, Authentication authentication) {}
}
