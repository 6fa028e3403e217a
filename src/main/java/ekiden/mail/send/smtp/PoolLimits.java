package ekiden.mail.send.smtp;

import java.time.Duration;

/**
 * How much a pool asks of one server.
 *
 * @param connections at the same time, 1 or more; further mails wait for their turn
 * @param mails on one connection, 1 or more; then it ends politely, and the next mail gets another
 * @param perMinute mails a minute, evenly spaced; 0 for as many as there are
 * @param idle so long a connection is kept for the next mail
 * @param check one that has rested so long is asked whether it is alive before it carries a mail
 * @param turn so long a mail waits for its turn; then it may be tried again later
 * @param firstRest nothing is sent for so long after the server asked for less (421, 450, 451, 452); doubled each time it asks again
 * @param longestRest the longest such rest
 */
public record PoolLimits(
        int connections,
        int mails,
        int perMinute,
        Duration idle,
        Duration check,
        Duration turn,
        Duration firstRest,
        Duration longestRest) {
    /** 4 connections, 100 mails each, as many a minute as there are, 30 s, 1 s, 10 min, 1 s, 1 min. */
    public static final PoolLimits DEFAULT = new PoolLimits(
            4,
            100,
            0,
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1));

    /**
     * @param most connections at the same time
     * @param each mails on one connection
     * @param minute mails a minute, or 0
     * @return these limits with those
     */
    public PoolLimits with(int most, int each, int minute) {
        return new PoolLimits(most, each, minute, idle, check, turn, firstRest, longestRest);
    }
}
