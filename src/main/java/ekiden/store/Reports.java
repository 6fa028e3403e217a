package ekiden.store;

import java.time.Instant;
import java.util.UUID;

/** Ids of reports that were taken in, so that one that is delivered again changes nothing. */
public interface Reports {
    /**
     * Notes a report.
     *
     * @param id its id
     * @param at now
     * @return whether it is new
     */
    boolean takeIn(UUID id, Instant at);

    /**
     * Forgets old notes, the oldest first.
     *
     * @param before notes older than this
     * @param limit at most so many
     * @return how many
     */
    int forget(Instant before, int limit);
}
