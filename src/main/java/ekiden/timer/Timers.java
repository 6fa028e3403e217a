package ekiden.timer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Durable timers as one transaction sees them: set and cancelled with everything else in it, or not at all. A timer fires at
 * least once, not before its time; who takes it in must be idempotent.
 */
public interface Timers {
    /**
     * A timer.
     *
     * @param id what it is for
     * @param at when its time comes
     */
    record Due(String id, Instant at) {}

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

    /**
     * @param now the present
     * @param limit at most so many
     * @return the timers whose time has come, the earliest first; they come again until {@link #fired} or {@link #cancel}
     */
    List<Due> due(Instant now, int limit);

    /**
     * Removes a timer that was taken in. One that was set anew for another time stays.
     *
     * @param due as {@link #due} gave it
     * @return whether it was still set for that time; where not, somebody else took it in, changed or cancelled it
     */
    boolean fired(Due due);

    /** {@return the earliest time any timer is set for} */
    Optional<Instant> next();
}
