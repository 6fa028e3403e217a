package ekiden.mail.send.smtp;

import java.time.Duration;

/**
 * How long to wait for what; all more than zero.
 *
 * @param connect for name look-up, and again for each address of the host
 * @param reply for a whole reply, TLS handshake included
 * @param block for the server to take a block of content (64 KB)
 * @param endOfData for the reply to the final dot: long, for giving up here makes a mail uncertain (RFC 5321 §4.5.3.2.6)
 * @param wholeSend for everything before the final dot together
 * @param quit for the polite goodbye, which decides nothing
 */
public record SmtpTimeouts(
        Duration connect, Duration reply, Duration block, Duration endOfData, Duration wholeSend, Duration quit) {
    /** 10 s, 10 s, 180 s, 600 s, 1 h, 2 s. */
    public static final SmtpTimeouts DEFAULT = new SmtpTimeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(180),
            Duration.ofSeconds(600),
            Duration.ofHours(1),
            Duration.ofSeconds(2));
}
