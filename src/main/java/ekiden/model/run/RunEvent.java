package ekiden.model.run;

import ekiden.base.Problem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a run. Append-only history, never replayed to start up. No mail text: only the mail's number, in the claim's id. Only ever
 * added to; a record's components are never renamed.
 */
public sealed interface RunEvent {
    /**
     * The run came to be.
     *
     * @param unit the jobnet
     * @param number its number
     * @param definition the version of the definition
     * @param jobs the names of its jobs
     * @param claim the claim of the mail that started it, or null
     * @param bounce the returned mail that started it, or null
     */
    record RunCreated(
            String unit,
            long number,
            UUID definition,
            List<String> jobs,
            @Nullable String claim,
            @Nullable BounceCause bounce)
            implements RunEvent {
        /** Copies the jobs. */
        public RunCreated {
            jobs = List.copyOf(jobs);
        }
    }

    /** It waits for a run before it. */
    record RunQueued() implements RunEvent {}

    /** Its jobs begin. */
    record RunStarted() implements RunEvent {}

    /**
     * A kill was asked for.
     *
     * @param by who, for example {@code "person"}
     */
    record RunKillRequested(String by) implements RunEvent {}

    /**
     * The run ended.
     *
     * @param status how
     * @param problem why it could not begin, or null
     */
    record RunEnded(RunStatus status, @Nullable Problem problem) implements RunEvent {}

    /**
     * A job's attempt was given to an agent.
     *
     * @param job the job
     * @param attempt 1 for the first
     */
    record JobAssigned(String job, int attempt) implements RunEvent {}

    /**
     * A job waits for mail.
     *
     * @param job the job
     * @param attempt 1 for the first
     */
    record JobWatching(String job, int attempt) implements RunEvent {}

    /**
     * The agent said that the attempt began.
     *
     * @param job the job
     * @param attempt which attempt
     */
    record JobStarted(String job, int attempt) implements RunEvent {}

    /**
     * An attempt was not begun, because saved files that the job would have been told of were taken away or changed by another program.
     *
     * @param job the job
     * @param attempt which attempt
     * @param problem what there is to tell
     */
    record JobFilesChanged(String job, int attempt, Problem problem) implements RunEvent {}

    /**
     * An attempt that sends a mail has not succeeded yet and goes on by itself.
     *
     * @param job the job
     * @param attempt which attempt
     * @param problem why not now
     * @param until when it goes on
     */
    record JobPutOff(String job, int attempt, Problem problem, Instant until) implements RunEvent {}

    /**
     * A mail was taken for a receive-mail job.
     *
     * @param job the job
     * @param claim the claim
     */
    record JobTookMail(String job, String claim) implements RunEvent {}

    /**
     * A job's kill was asked for.
     *
     * @param job the job
     * @param because what asked for it: {@code "person"} or {@code "timeout"}
     */
    record JobKillRequested(String job, String because) implements RunEvent {}

    /**
     * A job ended.
     *
     * @param job the job
     * @param attempt which attempt; 0 where none was made
     * @param status how
     * @param exitCode of a command, or null
     * @param problem why not normally, or null
     */
    record JobEnded(
            String job,
            int attempt,
            JobStatus status,
            @Nullable Integer exitCode,
            @Nullable Problem problem) implements RunEvent {}

    /**
     * A run that had ended goes on, because a rerun was asked for; it waits for its turn.
     *
     * @param by who asked, for example {@code "person"}
     */
    record RunReopened(String by) implements RunEvent {}

    /**
     * A job that had ended badly, or was given up, waits to be executed once more.
     *
     * @param job the job
     * @param by who asked, for example {@code "person"}
     */
    record JobRerun(String job, String by) implements RunEvent {}

    /**
     * A mail whose acceptance cannot be known counts as sent from now on.
     *
     * @param job the job
     * @param by who said so, for example {@code "person"}
     * @param problem what is shown of it
     */
    record JobAssumedSent(String job, String by, Problem problem) implements RunEvent {}
}
