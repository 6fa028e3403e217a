package ekiden.mail.profile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where copies of sent mails are kept. */
public sealed interface SentCopy {
    /** 90 days. */
    Duration USUAL_AGE = Duration.ofDays(90);

    /**
     * In a maildir of this machine.
     *
     * @param folder relative to the home or absolute; made where it is missing
     * @param age how long a copy stays, more than zero
     */
    record Maildir(String folder, Duration age) implements SentCopy {}

    /**
     * In a file of this machine that holds many mails.
     *
     * @param file relative to the home or absolute; made where it is missing
     * @param age how long a copy stays, more than zero
     */
    record Mbox(String file, Duration age) implements SentCopy {}

    /**
     * In a folder of the account from which the profile receives.
     *
     * @param server the account
     * @param folder its name as a person writes it, or {@link #SENT} for the one that the server names for sent mails; made where it is missing
     * @param within how long the end of a send waits for its copy, more than zero
     * @param age how long a copy stays, more than zero; null for as long as nobody else removes it
     */
    record Imap(
            Receive.Imap server,
            String folder,
            Duration within,
            @Nullable Duration age) implements SentCopy {
        /** The folder for sent mails, as the server names it (RFC 6154). */
        public static final String SENT = "\\Sent";
        /** 30 s. */
        public static final Duration USUAL_WITHIN = Duration.ofSeconds(30);
    }
}
