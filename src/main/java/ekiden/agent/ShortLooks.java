package ekiden.agent;

import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.ReaderSettings.Attention;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many looks of all readers together may follow each other quickly. A reader that may not relies on what its server tells it by itself. Safe from
 * any thread.
 */
final class ShortLooks {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int most;
    /** In parts of a look: nanoseconds times looks a second. */
    private long left;

    private long since;

    /**
     * @param most looks a second
     * @param now the present, {@link ekiden.base.Clock#nanos}
     */
    ShortLooks(int most, long now) {
        this.most = most;
        this.left = most * SECOND;
        this.since = now;
    }

    /**
     * Counts the look that follows.
     *
     * @param wanted the pause before it
     * @param settings the reader's
     * @param now the present, {@link ekiden.base.Clock#nanos}
     * @return that pause; where too many looks are short already the longest one, or a second under close attention
     */
    Duration pause(Duration wanted, ReaderSettings settings, long now) {
        if (wanted.compareTo(SHORT) >= 0 || take(now)) {
            return wanted;
        }
        return settings.attention() == Attention.CLOSE ? SHORT : settings.longestPause();
    }

    private synchronized boolean take(long now) {
        long time = Math.clamp(now - since, 0, SECOND);
        since = now;
        left = Math.min(most * SECOND, left + time * most);
        if (left < SECOND) {
            return false;
        }
        left -= SECOND;
        return true;
    }
}
