package ekiden.model.run;

import java.time.Instant;
import java.util.UUID;

/**
 * An event in a run's history.
 *
 * @param id follows from run and sequence
 * @param run the run
 * @param sequence counts the events of the run from 1
 * @param at when it was decided
 * @param event what happened
 */
public record RecordedEvent(UUID id, UUID run, long sequence, Instant at, RunEvent event) {}
