package ekiden.model.run;

import java.util.UUID;

/**
 * One attempt of one job in one run; an assignment delivered twice carries the same one.
 *
 * @param run the run
 * @param job the job's name
 * @param attempt 1 for the first
 */
public record AttemptId(UUID run, String job, int attempt) {
    /** {@return {@code run/job/attempt}: the outbox key, and safe as relative path} */
    @Override
    public String toString() {
        return run + "/" + job + "/" + attempt;
    }
}
