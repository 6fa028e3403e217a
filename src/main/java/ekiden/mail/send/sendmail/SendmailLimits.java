package ekiden.mail.send.sendmail;

import java.time.Duration;

/**
 * How much is taken from a mail command, and how long.
 *
 * @param outputBytes of what it says that are kept; the rest is read and dropped
 * @param recipients most recipients of one mail, which are arguments of the command
 * @param pause between two looks at a running command
 * @param turn longest wait of a mail until fewer commands run
 * @param probe longest wait for the command's answer when only asked what it is
 */
public record SendmailLimits(int outputBytes, int recipients, Duration pause, Duration turn, Duration probe) {
    /** 4096 bytes, 1000 recipients, 20 ms, 10 min, 30 s. */
    public static final SendmailLimits DEFAULT =
            new SendmailLimits(4096, 1000, Duration.ofMillis(20), Duration.ofMinutes(10), Duration.ofSeconds(30));
}
