package ekiden.engine;

import ekiden.model.run.Run;
import ekiden.model.run.RunEvent;
import java.util.List;

/**
 * What was decided on a run.
 *
 * @param run the run after; equal to the one before where there is no event
 * @param events what happened, in order; empty where the input no longer applies
 * @param effects what is to be done, in order
 */
public record RunDecision(Run run, List<RunEvent> events, List<Effect> effects) {
    /** Copies the lists. */
    public RunDecision {
        events = List.copyOf(events);
        effects = List.copyOf(effects);
    }
}
