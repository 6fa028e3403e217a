package ekiden.base;

import java.time.Instant;

/**
 * The one clock, passed in. Wall time and elapsed time are different things: deadlines and leases are counted on
 * {@link #nanos}, dates that people read are taken from {@link #now}.
 *
 * <p>Safe from any thread.
 */
public interface Clock {
    /**
     * The wall clock; it may jump in both directions.
     *
     * @return the present in UTC, cut to microseconds (what both stores keep)
     */
    Instant now();

    /**
     * Elapsed time; never jumps, has no meaning outside this process.
     *
     * @return nanoseconds since an arbitrary origin
     */
    long nanos();
}
