package ekiden.engine;

import ekiden.model.run.JobRun;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Rerun;
import ekiden.model.run.Run;
import java.util.Optional;

/**
 * Which jobs of a run may be rerun, and with which word. A mail that may have been delivered is never sent again without a person who says
 * so, and nobody has to say it who only wants the other jobs again. Pure.
 */
public final class RerunRule {
    /** Attempts of one job in one run, those made by hand among them. */
    public static final int MAX_ATTEMPTS = 1_000;

    private RerunRule() {}

    /** Why a rerun is refused. */
    public enum Why {
        /** The run is being killed. */
        KILLING,
        /** No job is named. */
        NOTHING,
        /** The job did not end badly, or is another attempt by now. */
        STATUS,
        /** Its mail may have been delivered, and nobody said what is to be done about it. */
        UNCERTAIN,
        /** A word on an uncertain mail, and the job is none. */
        CERTAIN,
        /** So many attempts have been made. */
        TOO_MANY
    }

    /**
     * A refusal.
     *
     * @param why the reason
     * @param job the first job that it concerns, empty where it concerns none
     * @param attempt the attempt that was named
     */
    public record Refusal(Why why, String job, int attempt) {}

    /**
     * Why a rerun is refused.
     *
     * @param run the run as it stands
     * @param rerun what is asked for
     * @return the first reason, or empty where it may be
     */
    public static Optional<Refusal> refusal(Run run, Rerun rerun) {
        if (run.killing() && !run.status().ended()) {
            return Optional.of(new Refusal(Why.KILLING, "", 0));
        }
        if (rerun.jobs().isEmpty()) {
            return Optional.of(new Refusal(Why.NOTHING, "", 0));
        }
        return rerun.jobs().stream()
                .flatMap(which -> why(run, which, rerun.how()).stream()
                        .map(why -> new Refusal(why, which.job(), which.attempt())))
                .findFirst();
    }

    private static Optional<Why> why(Run run, Rerun.Which which, Rerun.How how) {
        JobRun job = run.jobs().stream()
                .filter(one -> one.name().equals(which.job()))
                .findFirst()
                .orElse(null);
        if (job == null || !job.mayBeRerun() || job.attempt() != which.attempt()) {
            return Optional.of(Why.STATUS);
        }
        boolean uncertain = job.status() == JobStatus.UNCERTAIN;
        if (uncertain && how == Rerun.How.AGAIN) {
            return Optional.of(Why.UNCERTAIN);
        }
        if (!uncertain && how != Rerun.How.AGAIN) {
            return Optional.of(Why.CERTAIN);
        }
        return job.attempt() < MAX_ATTEMPTS ? Optional.empty() : Optional.of(Why.TOO_MANY);
    }
}
