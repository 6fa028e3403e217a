package ekiden.engine;

import ekiden.base.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * How long ids of reports are remembered, and of which reports it is sure that they are. A report may come again at any age: an agent
 * keeps it on disk until it hears that it was taken in. Almost every report changes only what still waits for it, and a second
 * time finds nothing that waits; what does not, asks {@link #remembers}. Pure.
 */
public final class ReportMemory {
    /** An agent's clock may be ahead of the manager's by so much. */
    public static final Duration CLOCKS_APART = Duration.ofDays(1);

    private ReportMemory() {}

    /**
     * @param now the present
     * @param keep how long ids are remembered
     * @return ids of reports that were taken in before this can be forgotten
     */
    public static Instant forgetBefore(Instant now, Duration keep) {
        return now.minus(keep);
    }

    /**
     * A report is made before it is taken in, so one that is young cannot have been forgotten.
     *
     * @param report its id, which bears the time at which it was made
     * @param now the present
     * @param keep how long ids are remembered
     * @return whether its id would still be there if it had been taken in; where not, it may be a repetition
     */
    public static boolean remembers(UUID report, Instant now, Duration keep) {
        return !Ids.time(report).isBefore(forgetBefore(now, keep).plus(CLOCKS_APART));
    }
}
