package ekiden.base;

import java.time.Duration;

/** Pauses that grow, so that what stays away is asked for more and more rarely. Pure. */
public final class BackOff {
    private BackOff() {}

    /**
     * @param first the first pause, longer than nothing
     * @param times how often it is doubled, from 0
     * @param most the longest pause
     * @return the first one, doubled so often, and no longer than the longest
     */
    public static Duration doubled(Duration first, int times, Duration most) {
        boolean fits = times < Long.SIZE - 1 && first.toNanos() <= most.toNanos() >> times;
        return fits ? Duration.ofNanos(first.toNanos() << times) : most;
    }

    /**
     * @param most the longest pause
     * @param chance from 0 to below 1, so that those that began together do not come back together
     * @return between half and all of it
     */
    public static Duration halfToAll(Duration most, double chance) {
        return Duration.ofNanos((long) (most.toNanos() * (0.5 + chance / 2)));
    }
}
