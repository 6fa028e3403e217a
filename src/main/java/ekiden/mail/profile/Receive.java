package ekiden.mail.profile;

import ekiden.base.HostPort;
import ekiden.mail.receive.ReaderSettings;
import java.util.List;
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
     * @param user the account
     * @param password where its password comes from
     * @param folders the folders that are watched, at least one
     * @param watch how they are watched
     */
    record Imap(
            HostPort server,
            Security security,
            String user,
            SecretSource password,
            List<String> folders,
            ReaderSettings watch)
            implements Receive {
        /** Copies the list. */
        public Imap {
            folders = List.copyOf(folders);
        }
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
