package ekiden.mail.profile;

import ekiden.base.HostPort;
import ekiden.model.definition.AfterReceive;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a profile's mail comes from. */
public sealed interface Receive {
    /**
     * Our own listener, behind which lies a mailbox in the home.
     *
     * @param listen where it listens
     * @param protocol which protocol it speaks
     * @param recipients the addresses it accepts, at least one; all others get 550
     * @param maxSize the largest mail it accepts, in bytes; announced as SIZE
     * @param tls certificate and key for STARTTLS, or null for none
     */
    record Smtpd(
            HostPort listen,
            Protocol protocol,
            List<String> recipients,
            long maxSize,
            @Nullable TlsFiles tls) implements Receive {
        /** Copies the list. */
        public Smtpd {
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * A mailbox on an IMAP server.
     *
     * @param server host and port
     * @param security how the connection is protected
     * @param insecure whether a password may travel without protection to another host than this one
     * @param ca PEM file with the certificates to believe instead of the JDK's, absolute or relative to the home folder; null for those
     * @param user the account
     * @param key what proves the account
     * @param authentication how to log in
     * @param folders the folders that are watched, at least one, none twice
     * @param firstLook which mails count when a folder is watched for the first time
     * @param after what is done with each mail that was taken, together with what its jobs want; null where the profile does not say
     * @param attention how closely it is watched
     * @param maxSize the largest mail that is fetched, in bytes
     * @param patience how long to wait
     * @param policy what is done where somebody has to choose
     * @param canary mails of our own that prove that mail reaches it, or null for none
     */
    record Imap(
            HostPort server,
            Security security,
            boolean insecure,
            @Nullable String ca,
            String user,
            Key key,
            Authentication authentication,
            List<String> folders,
            FirstLook firstLook,
            @Nullable AfterReceive after,
            Attention attention,
            long maxSize,
            Patience patience,
            Policy policy,
            @Nullable Canary canary)
            implements Receive {
        /** Copies the list. */
        public Imap {
            folders = folders.stream().map(Imap::folder).toList();
        }

        /**
         * INBOX has no case (RFC 3501 §5.1): however a person writes it, its mails have one name.
         *
         * @param written the name of a folder
         * @return the folder
         */
        public static String folder(String written) {
            return written.toUpperCase(Locale.ROOT).equals(INBOX) ? INBOX : written;
        }
    }

    /** The folder that every mailbox has. */
    String INBOX = "INBOX";

    /**
     * Mails of our own that prove that mail reaches a mailbox.
     *
     * @param every so often one is sent
     * @param within so soon after its server took it, it must arrive; at most {@code every}
     * @param to the address under which it reaches the mailbox
     * @param send the name of the profile that sends it, or null for the mailbox's own
     */
    record Canary(
            Duration every,
            Duration within,
            String to,
            @Nullable String send) {}

    /** What proves an account. */
    sealed interface Key {
        /** {@return where its value comes from} */
        SecretSource source();
    }

    /**
     * A password.
     *
     * @param source where it comes from
     */
    record Password(SecretSource source) implements Key {}

    /**
     * An OAuth access token, as {@link AccessToken} reads it.
     *
     * @param source where it comes from
     */
    record Token(SecretSource source) implements Key {}

    /** Which mails count when a folder is watched for the first time. */
    enum FirstLook {
        /** Those that nobody has read. */
        UNREAD,
        /** None: only what arrives from now on. */
        NOW,
        /** All. */
        ALL
    }

    /** How closely a mailbox is watched. */
    enum Attention {
        /** The server tells of new mail. */
        NORMAL,
        /** It is also asked in short intervals. */
        CLOSE
    }

    /** What a mail is whose content came before under another UID. */
    enum SameContent {
        /** Another mail, which is noted to be a copy. */
        NOTE,
        /** The same mail: it joins the first. */
        JOIN
    }

    /** What is done when the server numbers the mails of a folder anew. */
    enum UidValidityChange {
        /** Compare with what is known, show what was made of it, go on. */
        REBIND,
        /** Wait for a person's word. */
        ASK
    }

    /**
     * What is done where somebody has to choose.
     *
     * @param grace how long waiting jobs wait on while the mailbox cannot be watched until a person acts
     * @param sameContent what a mail is whose content came before under another UID
     * @param uidValidityChange what is done when the server numbers the mails of a folder anew
     * @param progressFrom a mail of so many bytes or more is shown while it comes; {@link Long#MAX_VALUE} for none
     * @param budget how many bytes may be fetched from the server in a time, or null for as many as there are
     */
    record Policy(
            Duration grace,
            SameContent sameContent,
            UidValidityChange uidValidityChange,
            long progressFrom,
            @Nullable Budget budget) {
        /** 10 min, noted, followed, 1 MiB. */
        public static final Policy DEFAULT =
                new Policy(Duration.ofMinutes(10), SameContent.NOTE, UidValidityChange.REBIND, 1L << 20, null);
    }

    /**
     * How much of a server may be used.
     *
     * @param bytes of bodies that are fetched
     * @param per in which time
     */
    record Budget(long bytes, Duration per) {}

    /**
     * How long to wait.
     *
     * @param deadline without an answer to a search for so long a mailbox is an alarm
     * @param idle an IDLE is renewed after so long
     * @param answer for the next bytes of an answer
     * @param receive for a whole mail, beside the time that its size gives it
     * @param slowest bytes a second that a large mail must come with at least
     */
    record Patience(Duration deadline, Duration idle, Duration answer, Duration receive, long slowest) {
        /** 15 min, 9 min, 1 min, 2 min, 16 KiB. */
        public static final Patience DEFAULT = new Patience(
                Duration.ofMinutes(15), Duration.ofMinutes(9), Duration.ofMinutes(1), Duration.ofMinutes(2), 16 * 1024);
    }

    /** What the listener speaks. */
    enum Protocol {
        /** RFC 5321. */
        SMTP,
        /** RFC 2033: one answer per recipient after the data. */
        LMTP
    }

    /**
     * PEM files.
     *
     * @param certificate the certificate chain; absolute, or relative to the home folder
     * @param key its private key; absolute, or relative to the home folder
     */
    record TlsFiles(String certificate, String key) {}
}
