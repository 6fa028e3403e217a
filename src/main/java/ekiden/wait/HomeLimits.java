package ekiden.wait;

import ekiden.base.BackOff;
import java.time.Duration;

/**
 * Limits of a call that waits through the process of a home.
 *
 * @param first how long that process may take for its first answers
 * @param poll how long one request waits for a mail
 * @param retry pause before a process that does not answer is asked again, at first
 * @param retryMost and at most
 * @param close how long it is tried to delete the temporary unit at the end
 * @param drain how long mails are handed over at the end that were taken just before
 */
public record HomeLimits(
        Duration first, Duration poll, Duration retry, Duration retryMost, Duration close, Duration drain) {
    /** The defaults. */
    public static final HomeLimits DEFAULT = new HomeLimits(
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofMillis(250),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));

    /**
     * @param failures how often in a row there was no answer, 1 or more
     * @return how long to wait before the next try
     */
    Duration pause(int failures) {
        return BackOff.doubled(retry, failures - 1, retryMost);
    }
}
