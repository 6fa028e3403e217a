package ekiden.model.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A jobnet: jobs and the order between them.
 *
 * @param name its full name
 * @param start the mail that starts a run, or null where it is only started by hand
 * @param times after how many mails the start condition has done its work, or null for never
 * @param overlap whether runs may overlap
 * @param jobs in the order of the definition, at least one where there is no start condition, names unique; {@code needs} without cycles
 */
public record Jobnet(
        UnitName name,
        @Nullable ReceiveMail start,
        @Nullable Integer times,
        Overlap overlap,
        List<Job> jobs) {
    /** Copies the jobs. */
    public Jobnet {
        jobs = List.copyOf(jobs);
    }

    /** Whether a run may begin while another of the same jobnet has not ended. */
    public enum Overlap {
        /** It waits, visibly, until the one before has ended. */
        QUEUE,
        /** It begins at once. */
        ALLOW
    }

    /**
     * @param job its name
     * @return that job
     */
    public Job job(String job) {
        return jobs.stream().filter(j -> j.name().equals(job)).findFirst().orElseThrow();
    }
}
