package ekiden.mail.receive;

import ekiden.base.BackOff;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of a reader's work.
 *
 * @param chunk mails that are looked at, read and reported together
 * @param chunkBytes bytes of bodies that are fetched for one report; a larger mail goes alone
 * @param fetchMails mails that one fetch asks for
 * @param fetchBytes bytes that one fetch asks for; a larger mail goes alone
 * @param pause the longest pause between two looks
 * @param closePause the pause between two questions under close attention
 * @param backOff the pause after the first failure; doubled with each further one
 * @param longestBackOff the longest such pause
 * @param failures retryable failures in a row that people need not hear of
 * @param announced how often a mail is looked for that the server announces and does not give, before people hear of it
 * @param announcedPause pause between these
 * @param gap how long a UID must have been absent below others before it counts as gone
 * @param large a mail of so many bytes or more is shown while it comes, and how it came is noted; {@link Long#MAX_VALUE} for none
 * @param budget how many bytes may be fetched from the server in a time, or null for as many as there are
 */
public record ReaderLimits(
        int chunk,
        long chunkBytes,
        int fetchMails,
        long fetchBytes,
        Duration pause,
        Duration closePause,
        Duration backOff,
        Duration longestBackOff,
        int failures,
        int announced,
        Duration announcedPause,
        Duration gap,
        long large,
        @Nullable ByteBudget budget) {
    /** 200 mails · 32 MiB · 50 mails · 8 MiB · 60 s · 20 ms · 1 s · 5 min · 2 · 10 · 2 s · 10 min · 1 MiB · none. */
    public static final ReaderLimits DEFAULT = new ReaderLimits(
            200,
            32L << 20,
            50,
            8L << 20,
            Duration.ofSeconds(60),
            Duration.ofMillis(20),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            2,
            10,
            Duration.ofSeconds(2),
            Duration.ofMinutes(10),
            1L << 20,
            null);

    /**
     * @param from which mails are shown while they come
     * @return these limits with that
     */
    public ReaderLimits withLarge(long from) {
        return new ReaderLimits(
                chunk,
                chunkBytes,
                fetchMails,
                fetchBytes,
                pause,
                closePause,
                backOff,
                longestBackOff,
                failures,
                announced,
                announcedPause,
                gap,
                from,
                budget);
    }

    /**
     * @param bytes how many bytes may be fetched in a time, or null for as many as there are
     * @return these limits with that
     */
    public ReaderLimits withBudget(@Nullable ByteBudget bytes) {
        return new ReaderLimits(
                chunk,
                chunkBytes,
                fetchMails,
                fetchBytes,
                pause,
                closePause,
                backOff,
                longestBackOff,
                failures,
                announced,
                announcedPause,
                gap,
                large,
                bytes);
    }

    /**
     * @param failures how many in a row came before, at least 0
     * @return the pause after one more: {@link #backOff()}, doubled with each of them, at most {@link #longestBackOff()}
     */
    public Duration backOff(int failures) {
        return BackOff.doubled(backOff, failures, longestBackOff);
    }
}
