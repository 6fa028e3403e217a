package ekiden.store;

import ekiden.model.run.RecordedEvent;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs: state rows with versions, and append-only histories. */
public interface Runs {
    /**
     * @param run a run with version 1 that is not there yet
     */
    void insert(Run run);

    /**
     * Compare-and-set: the row must have {@code run.version() - 1}; otherwise the transaction ends as a conflict.
     *
     * @param run the changed run, its version counted up by one
     */
    void update(Run run);

    /**
     * @param id a run
     * @return it
     */
    Optional<Run> find(UUID id);

    /**
     * @param unit full name
     * @param number the run's number
     * @return it
     */
    Optional<Run> find(String unit, long number);

    /**
     * @param unit full name
     * @return the number of its newest run, 0 where it has none
     */
    long lastNumber(String unit);

    /**
     * @param unit full name
     * @param statuses which to take
     * @return its runs in these statuses, by number
     */
    List<Run> in(String unit, Set<RunStatus> statuses);

    /**
     * @param unit full name
     * @param status one status
     * @return its run with the lowest number in this status; however many there are, only that one is read
     */
    Optional<Run> first(String unit, RunStatus status);

    /**
     * @param unit full name, or null for all
     * @param limit at most so many, 1 to 10,000
     * @return newest first
     */
    List<Run> list(@Nullable String unit, int limit);

    /**
     * @param unit full name
     * @param number only runs with a lower one
     * @param limit at most so many
     * @return newest first
     */
    List<Run> below(String unit, long number, int limit);

    /**
     * Runs in the order of their ids, which is about the order in which they were made.
     *
     * @param after only runs behind this id
     * @param limit at most so many
     * @return the runs
     */
    List<Run> behind(UUID after, int limit);

    /**
     * Removes a run and its history; nothing happens where it is absent.
     *
     * @param run a run
     */
    void remove(UUID run);

    /**
     * Adds to a run's history; a sequence number that is taken already ends the transaction as a conflict.
     *
     * @param events in their order
     */
    void append(List<RecordedEvent> events);

    /**
     * @param run a run
     * @return the sequence number of its newest event, 0 where it has none
     */
    long lastSequence(UUID run);

    /**
     * @param run a run
     * @param after only events behind this sequence number, 0 for all
     * @param limit at most so many
     * @return in their order
     */
    List<RecordedEvent> history(UUID run, long after, int limit);
}
