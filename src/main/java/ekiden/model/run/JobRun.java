package ekiden.model.run;

import ekiden.base.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One job in one run.
 *
 * @param name as in the definition
 * @param status where it stands
 * @param attempt 1 for the first; 0 while none was made
 * @param killing what asked for a kill that the agent has not yet answered ({@code person}, {@code timeout}), or null
 * @param exitCode of the command, or null
 * @param claim of a receive-mail job whose mail was taken, or null
 * @param problem why it did not end normally, or null; while it runs, why its mail has not been sent yet; while it waits to be rerun, what is not known of its last attempt
 * @param started when the attempt began, or null
 * @param ended when it ended, or null
 */
public record JobRun(
        String name,
        JobStatus status,
        int attempt,
        @Nullable String killing,
        @Nullable Integer exitCode,
        @Nullable String claim,
        @Nullable Problem problem,
        @Nullable Instant started,
        @Nullable Instant ended) {
    /**
     * A job that nothing has happened to.
     *
     * @param name as in the definition
     * @return the job
     */
    public static JobRun waiting(String name) {
        return new JobRun(name, JobStatus.WAITING, 0, null, null, null, null, null, null);
    }

    /** {@return whether a person may have it executed once more: it was begun and did not end well} */
    public boolean mayBeRerun() {
        return status.ended() && !status.good() && (status != JobStatus.NOT_EXECUTED || attempt > 0);
    }
}
