package ekiden.model.run;

import java.util.List;

/**
 * What a person wants of jobs that ended badly.
 *
 * @param jobs which; each with the attempt that the person saw, so that the same word given twice does nothing twice
 * @param how what is done with them
 * @param by who, for example {@code "person"}
 */
public record Rerun(List<Which> jobs, How how, String by) {
    /** Copies the list. */
    public Rerun {
        jobs = List.copyOf(jobs);
    }

    /**
     * A job to be rerun.
     *
     * @param job its name
     * @param attempt its last attempt
     */
    public record Which(String job, int attempt) {}

    /** What is done with the jobs. */
    public enum How {
        /** They are executed once more; not for a mail whose acceptance cannot be known. */
        AGAIN,
        /** A mail whose acceptance cannot be known is sent once more, under the same Message-ID. */
        RESEND,
        /** A mail whose acceptance cannot be known counts as sent. */
        ASSUME_SENT
    }
}
