package ekiden.store;

import ekiden.base.Problem;
import ekiden.model.run.Alarm;
import java.time.Instant;
import java.util.List;

/** Alarms as durable rows. */
public interface Alarms {
    /**
     * Raises an alarm; where one with this key is open, it stays as it is.
     *
     * @param key what it is about
     * @param problem what is wrong
     * @param at now
     */
    void raise(String key, Problem problem, Instant at);

    /**
     * Clears the open alarm with this key; nothing happens where there is none.
     *
     * @param key what it is about
     * @param at now
     */
    void clear(String key, Instant at);

    /**
     * @param openOnly whether cleared ones are left out
     * @param limit at most so many
     * @return newest first
     */
    List<Alarm> list(boolean openOnly, int limit);
}
