package ekiden.mail.receive.imap;

import java.time.Duration;

/**
 * How long to wait for what; all more than zero.
 *
 * @param connect for name look-up, and again for each address of the host
 * @param greeting for the server's first words, and for the TLS handshake
 * @param stall for the next bytes while an answer is owed
 * @param command for a whole answer without the mails in it
 * @param opening from the connection to the open folder, all answers together
 * @param body for a whole mail, beside the time that its size gives it
 * @param slowest bytes a second that a mail must come with at least; its size divided by this is added to {@code body}
 * @param idle an IDLE is renewed after so long; servers end it after 30 min (RFC 2177), some devices on the way earlier
 * @param poll between two questions where the server has no IDLE
 * @param goodbye for the polite end, which decides nothing
 */
public record ImapTimeouts(
        Duration connect,
        Duration greeting,
        Duration stall,
        Duration command,
        Duration opening,
        Duration body,
        long slowest,
        Duration idle,
        Duration poll,
        Duration goodbye) {
    /** 10 s, 20 s, 1 min, 5 min, 10 min, 2 min, 16 KiB a second, 9 min, 15 s, 500 ms. */
    public static final ImapTimeouts DEFAULT = new ImapTimeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(2),
            16 * 1024,
            Duration.ofMinutes(9),
            Duration.ofSeconds(15),
            Duration.ofMillis(500));
}
