package ekiden.agent;

import ekiden.base.BackOff;
import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.Wait;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * How often readers look at folders where nothing happens: the more rarely the more there are, and those that were opened together at different times.
 * A server may have put their sessions to sleep, and to wake one costs it far more than the look itself. Safe from any thread.
 */
final class RestingLooks {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int most;
    private final DoubleSupplier chance;
    private volatile int readers = 1;

    /**
     * @param most looks a second, of all readers together
     * @param chance from 0 to below 1; one call for each rest
     */
    RestingLooks(int most, DoubleSupplier chance) {
        this.most = most;
        this.chance = chance;
    }

    /** Says how many readers there are by now. */
    void readers(int count) {
        readers = count;
    }

    /**
     * @param wanted a reader's wait
     * @param settings the reader's
     * @return that wait; where it is the longest one, between half and all of it, or of a longer one where the number of readers wants that
     */
    Wait paced(Wait wanted, ReaderSettings settings) {
        if (!wanted.equals(Wait.quiet(settings.longestPause()))) {
            return wanted;
        }
        // a rest is three quarters of the longest one in the middle
        Duration longest = settings.longestPause(Duration.ofNanos(readers * SECOND / most * 4 / 3));
        return Wait.quiet(BackOff.halfToAll(longest, chance.getAsDouble()));
    }
}
