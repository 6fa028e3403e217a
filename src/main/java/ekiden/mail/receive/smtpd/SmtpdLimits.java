package ekiden.mail.receive.smtpd;

import java.time.Duration;

/**
 * Limits of the listener.
 *
 * @param connections open at one time; the next one is told 421
 * @param connectionsOfClient open at one time from one address (of IPv6, one /64 network); the next one is told 421
 * @param backlog connections that the system keeps before we take them
 * @param recipients of one mail; the next one is told 452 (RFC 5321 §4.5.3.1.8 asks for 100)
 * @param commandLineBytes a command with its CRLF (RFC 5321 asks for 512 and more for extensions)
 * @param commandsPerMail commands without a mail being accepted; then 421
 * @param errors refused commands without a mail being accepted; then 421
 * @param swallowBytes of a mail that is refused already are read to its end before the connection is closed instead
 * @param bufferBytes read at once, for each connection
 * @param command time to wait for a command, and for a command to be whole (RFC 5321 §4.5.3.2.7: 5 minutes)
 * @param dataBlock time to wait for the next piece of a mail (3 minutes in RFC 5321 §4.5.3.2.5)
 * @param data time for a whole mail
 * @param delivery time to wait for the verdict; then 451
 * @param write time for the client to take our replies, and for the TLS handshake
 * @param linger time to wait for the client to hang up after we refused to read on
 * @param sweep how often the deadlines are looked at that the system does not watch for us
 */
public record SmtpdLimits(
        int connections,
        int connectionsOfClient,
        int backlog,
        int recipients,
        int commandLineBytes,
        int commandsPerMail,
        int errors,
        long swallowBytes,
        int bufferBytes,
        Duration command,
        Duration dataBlock,
        Duration data,
        Duration delivery,
        Duration write,
        Duration linger,
        Duration sweep) {
    /** 100 connections, 50 of one client, 100 recipients, lines of 4096 bytes; 5 min, 3 min, 2 h, 30 s, 1 min. */
    public static final SmtpdLimits DEFAULT = new SmtpdLimits(
            100,
            50,
            128,
            100,
            4096,
            1000,
            20,
            64L << 20,
            64 << 10,
            Duration.ofMinutes(5),
            Duration.ofMinutes(3),
            Duration.ofHours(2),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5));
}
