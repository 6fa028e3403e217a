package ekiden.mail.send.sendmail;

import java.time.Duration;

/**
 * How much is taken from a mail command, and how long.
 *
 * @param outputBytes of what it says that are kept; the rest is read and dropped
 * @param recipients most recipients of one mail, which are arguments of the command
 * @param pause between two looks at a running command
 * @param turn longest wait of a mail until fewer commands run
 * @param probe longest wait for the command's answer when only asked what it is, or for the listing of the queue
 * @param queueBytes longest listing of the queue
 * @param listing for so long a listing serves further mails
 * @param logBytes of the end of a log, and of the end of the one before it, that are read at first
 * @param followed queue ids of the log that are remembered; the oldest are forgotten first
 */
public record SendmailLimits(
        int outputBytes,
        int recipients,
        Duration pause,
        Duration turn,
        Duration probe,
        int queueBytes,
        Duration listing,
        long logBytes,
        int followed) {
    /** 4096 bytes, 1000 recipients, 20 ms, 10 min, 30 s; 16 MiB, 1 s; 64 MiB, 20,000. */
    public static final SendmailLimits DEFAULT = new SendmailLimits(
            4096,
            1000,
            Duration.ofMillis(20),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            16 << 20,
            Duration.ofSeconds(1),
            64L << 20,
            20_000);
}
