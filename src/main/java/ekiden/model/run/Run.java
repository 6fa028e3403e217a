package ekiden.model.run;

import ekiden.base.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run of a jobnet (JP1: execution generation). People call it {@code /unit#number}.
 *
 * @param id UUIDv7
 * @param unit the jobnet's full name
 * @param number counts the runs of this unit from 1
 * @param definition which version of the definition it follows
 * @param status where it stands
 * @param claim the claim of the mail that started it, or null
 * @param bounce the returned mail that started it, or null
 * @param killing whether a kill was asked for
 * @param problem why it could not begin, or null
 * @param jobs in the order of the definition
 * @param created when it came to be
 * @param started when its jobs began, or null
 * @param ended when it ended, or null
 * @param version counts the changes of this row; compare-and-set
 */
public record Run(
        UUID id,
        String unit,
        long number,
        UUID definition,
        RunStatus status,
        @Nullable String claim,
        @Nullable BounceCause bounce,
        boolean killing,
        @Nullable Problem problem,
        List<JobRun> jobs,
        Instant created,
        @Nullable Instant started,
        @Nullable Instant ended,
        long version) {
    /** Copies the jobs. */
    public Run {
        jobs = List.copyOf(jobs);
    }

    /**
     * @param name a job of this run
     * @return that job
     */
    public JobRun job(String name) {
        return jobs.stream().filter(job -> job.name().equals(name)).findFirst().orElseThrow();
    }

    /**
     * @param changed a job with something changed
     * @return this run with that job in the place of the one with the same name
     */
    public Run with(JobRun changed) {
        List<JobRun> all = new ArrayList<>(jobs);
        all.replaceAll(job -> job.name().equals(changed.name()) ? changed : job);
        return new Run(
                id,
                unit,
                number,
                definition,
                status,
                claim,
                bounce,
                killing,
                problem,
                all,
                created,
                started,
                ended,
                version);
    }

    /** {@return the name people use, {@code /unit#number}} */
    public String label() {
        return unit + "#" + number;
    }
}
