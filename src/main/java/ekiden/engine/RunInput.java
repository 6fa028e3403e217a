package ekiden.engine;

import ekiden.base.Problem;
import ekiden.model.run.AttemptOutcome;
import ekiden.model.run.Rerun;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can come to a run from outside. Each may come late or twice; what no longer applies changes nothing. */
public sealed interface RunInput {
    /**
     * Nothing is left to wait for but its turn.
     *
     * @param turn whether it is its turn now
     */
    record Ready(boolean turn) implements RunInput {}

    /**
     * The files of the mail that started it cannot be saved.
     *
     * @param problem why
     */
    record CannotBegin(Problem problem) implements RunInput {}

    /** The unit was deleted. The run goes on; only a mail that cannot be saved is waited for no longer. */
    record UnitDeleted() implements RunInput {}

    /**
     * A kill was asked for.
     *
     * @param by who
     */
    record Kill(String by) implements RunInput {}

    /**
     * A rerun was asked for, and {@link RerunRule} allows it.
     *
     * @param what which jobs, and how
     */
    record Again(Rerun what) implements RunInput {}

    /**
     * The agent began an attempt.
     *
     * @param job the job
     * @param attempt which attempt
     */
    record Started(String job, int attempt) implements RunInput {}

    /**
     * An attempt goes on by itself later.
     *
     * @param job the job
     * @param attempt which attempt
     * @param problem why not now
     * @param until when
     */
    record PutOff(String job, int attempt, Problem problem, Instant until) implements RunInput {}

    /**
     * An attempt ended.
     *
     * @param job the job
     * @param attempt which attempt
     * @param outcome how
     */
    record Ended(String job, int attempt, AttemptOutcome outcome) implements RunInput {}

    /**
     * An attempt was not begun, because files that it would have been told of are not as they were saved.
     *
     * @param job the job
     * @param attempt which attempt
     * @param problem what there is to tell
     */
    record FilesChanged(String job, int attempt, Problem problem) implements RunInput {}

    /**
     * A mail was claimed by the job's watch.
     *
     * @param job the job
     * @param claim the claim
     */
    record MailTaken(String job, String claim) implements RunInput {}

    /**
     * The files of the job's mail are complete, or cannot be.
     *
     * @param job the job
     * @param claim the claim
     * @param problem why they cannot be saved, or null
     */
    record MailSaved(String job, String claim, @Nullable Problem problem) implements RunInput {}

    /**
     * The job cannot wait for mail: a value that its conditions want is not there, or its mailbox cannot be watched until a person
     * acts.
     *
     * @param job the job
     * @param problem why
     */
    record CannotWatch(String job, Problem problem) implements RunInput {}

    /**
     * The job's time ran out.
     *
     * @param job the job
     * @param attempt which attempt
     */
    record TimedOut(String job, int attempt) implements RunInput {}
}
