package ekiden.agent;

import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.Wait;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How often readers look at folders where nothing happens: the more rarely the more there are. A server may have put their sessions to sleep, and to
 * wake one costs it far more than the look itself. Safe from any thread.
 */
final class RestingLooks {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int most;
    private volatile int readers = 1;

    /** @param most looks a second, of all readers together */
    RestingLooks(int most) {
        this.most = most;
    }

    /** Says how many readers there are by now. */
    void readers(int count) {
        readers = count;
    }

    /**
     * @param wanted a reader's wait
     * @param settings the reader's
     * @return that wait; where it is the longest one, as much longer as the number of readers wants
     */
    Wait paced(Wait wanted, ReaderSettings settings) {
        return wanted.equals(Wait.quiet(settings.longestPause()))
                ? Wait.quiet(settings.longestPause(Duration.ofNanos(readers * SECOND / most)))
                : wanted;
    }
}
