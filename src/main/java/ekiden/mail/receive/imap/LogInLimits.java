package ekiden.mail.receive.imap;

import java.time.Duration;

/**
 * How a process comes to a server with many mailboxes.
 *
 * @param atOnce connections to one server that are being opened at the same time
 * @param turn how long one more waits for its turn
 */
public record LogInLimits(int atOnce, Duration turn) {
    /** 8 at once, 5 min. */
    public static final LogInLimits DEFAULT = new LogInLimits(8, Duration.ofMinutes(5));
}
