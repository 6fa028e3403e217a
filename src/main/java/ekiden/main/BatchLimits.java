package ekiden.main;

import java.time.Duration;

/**
 * How much one batch holds.
 *
 * @param mails most mails of one file: their ids are held in memory
 * @param lineBytes longest line
 * @param unreachable so many mails in a row may fail because the server cannot be reached; then the rest is left for the next call
 * @param lineAhead so many bytes of a line may be read while others are in hand; the rest of a longer one is read once they are through
 * @param bytesInHand of lines that are read ahead and being sent, with the text files that they name; composing takes up to eight times as much
 *     memory. What has more goes alone
 * @param told so many problems are told; the results have all
 * @param finish how long the mails that have begun may take once the process is asked to end
 * @param count how long the mails are counted then that are left
 */
record BatchLimits(
        int mails,
        int lineBytes,
        int unreachable,
        int lineAhead,
        long bytesInHand,
        int told,
        Duration finish,
        Duration count) {
    /** 500 000 mails, 16 MiB a line, 3 mails, 1 MiB, 8 MiB, 20 messages, 30 and 5 seconds. */
    static final BatchLimits DEFAULT =
            new BatchLimits(500_000, 16 << 20, 3, 1 << 20, 8L << 20, 20, Duration.ofSeconds(30), Duration.ofSeconds(5));
}
