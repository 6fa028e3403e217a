package ekiden.store;

import ekiden.link.Assignment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What agents are asked to do and have not yet done. A row stays until the agent's report on it is committed. */
public interface Outbox {
    /**
     * A row.
     *
     * @param sequence counts the rows from 1
     * @param agent the agent's name
     * @param assignment what is asked
     * @param at since when
     */
    record Row(long sequence, String agent, Assignment assignment, Instant at) {}

    /**
     * Adds a row; where one with the same {@link Assignment#key} waits already, nothing happens.
     *
     * @param agent the agent's name
     * @param assignment what is asked
     * @param at now
     */
    void put(String agent, Assignment assignment, Instant at);

    /**
     * Removes a row; nothing happens where it is absent.
     *
     * @param key the assignment's key
     */
    void remove(String key);

    /**
     * @param key the assignment's key
     * @return the row, while it waits
     */
    Optional<Row> find(String key);

    /**
     * @param agent the agent's name
     * @param after only rows behind this sequence number, 0 for all
     * @param limit at most so many
     * @return oldest first
     */
    List<Row> waiting(String agent, long after, int limit);

    /**
     * @param after only rows behind this sequence number, 0 for all
     * @param limit at most so many
     * @return those of all agents, oldest first
     */
    List<Row> waiting(long after, int limit);
}
