package ekiden.timer;

import java.time.Instant;

/**
 * Durable timers as one transaction sees them: set and cancelled with everything else in it, or not at all. A timer fires at
 * least once, not before its time; who takes it in must be idempotent.
 */
public interface Timers {
    /**
     * Sets a timer, replacing the one with the same id.
     *
     * @param id what it is for, for example {@code timeout/RUN/JOB/1}; at most 200 characters
     * @param at when
     */
    void set(String id, Instant at);

    /**
     * Cancels a timer; nothing happens where it is absent.
     *
     * @param id what it was for
     */
    void cancel(String id);
}
