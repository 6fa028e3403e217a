package ekiden.engine;

import ekiden.base.Problem;
import ekiden.model.run.JobRun;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Run;
import ekiden.model.run.RunEvent;
import ekiden.model.run.RunStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an event makes of a run. Pure: the history of a run, folded, is its state row. */
public final class RunFold {
    private RunFold() {}

    /**
     * The run that its first event makes.
     *
     * @param id the run's id
     * @param event the first event
     * @param at when it was decided
     * @return the run, version 0
     */
    public static Run create(UUID id, RunEvent.RunCreated event, Instant at) {
        return new Run(
                id,
                event.unit(),
                event.number(),
                event.definition(),
                RunStatus.PREPARING,
                event.claim(),
                event.bounce(),
                false,
                null,
                event.jobs().stream().map(JobRun::waiting).toList(),
                at,
                null,
                null,
                0);
    }

    /**
     * @param run the run before
     * @param event what happened
     * @param at when it was decided
     * @return the run after, same version
     */
    public static Run apply(Run run, RunEvent event, Instant at) {
        return switch (event) {
            case RunEvent.RunCreated created -> create(run.id(), created, at);
            case RunEvent.RunQueued ignored -> queued(run);
            case RunEvent.RunStarted ignored -> started(run, at);
            case RunEvent.RunKillRequested ignored -> killing(run);
            case RunEvent.RunEnded ended -> ended(run, ended, at);
            case RunEvent.RunReopened ignored -> reopened(run);
            case RunEvent.JobAssigned assigned -> run.with(assigned(run.job(assigned.job()), assigned.attempt()));
            case RunEvent.JobWatching watching -> run.with(watching(run.job(watching.job()), watching.attempt(), at));
            case RunEvent.JobStarted started -> run.with(begun(run.job(started.job()), at));
            case RunEvent.JobFilesChanged ignored -> run;
            case RunEvent.JobPutOff putOff -> run.with(putOff(run.job(putOff.job()), putOff));
            case RunEvent.JobTookMail took -> run.with(took(run.job(took.job()), took.claim()));
            case RunEvent.JobKillRequested kill -> run.with(killing(run.job(kill.job()), kill));
            case RunEvent.JobEnded ended -> run.with(ended(run.job(ended.job()), ended, at));
            case RunEvent.JobRerun rerun -> run.with(rerun(run.job(rerun.job())));
            case RunEvent.JobAssumedSent sent -> run.with(assumedSent(run.job(sent.job()), sent, at));
        };
    }

    /**
     * @param status how a run ended
     * @return the event of its table that leads there
     */
    static RunStatus.On end(RunStatus status) {
        return switch (status) {
            case ENDED_NORMALLY -> RunStatus.On.SUCCEED;
            case ENDED_WITH_WARNING -> RunStatus.On.WARN;
            case ENDED_ABNORMALLY -> RunStatus.On.FAIL;
            case KILLED -> RunStatus.On.KILL;
            case PREPARING, QUEUED, RUNNING -> throw new IllegalArgumentException(status + " is no end");
        };
    }

    /**
     * @param status how a job ended
     * @return the event of its table that leads there
     */
    static JobStatus.On end(JobStatus status) {
        return switch (status) {
            case ENDED_NORMALLY -> JobStatus.On.SUCCEED;
            case ENDED_WITH_WARNING -> JobStatus.On.WARN;
            case ENDED_ABNORMALLY -> JobStatus.On.FAIL;
            case KILLED -> JobStatus.On.KILL;
            case FAILED_TO_START -> JobStatus.On.NOT_START;
            case UNKNOWN -> JobStatus.On.LOSE;
            case UNCERTAIN -> JobStatus.On.DOUBT;
            case NOT_EXECUTED -> JobStatus.On.SKIP;
            case WAITING, QUEUED, RUNNING, SAVING -> throw new IllegalArgumentException(status + " is no end");
        };
    }

    private static RunStatus next(Run run, RunStatus.On on) {
        return RunStatus.TABLE
                .next(run.status(), on)
                .orElseThrow(() -> new IllegalStateException(run.label() + ": " + run.status() + " × " + on));
    }

    /** What stays of a run, with what may change. */
    private static Run copy(
            Run run,
            RunStatus status,
            boolean killing,
            @Nullable Problem problem,
            @Nullable Instant started,
            @Nullable Instant ended) {
        return new Run(
                run.id(),
                run.unit(),
                run.number(),
                run.definition(),
                status,
                run.claim(),
                run.bounce(),
                killing,
                problem,
                run.jobs(),
                run.created(),
                started,
                ended,
                run.version());
    }

    private static Run queued(Run run) {
        RunStatus next = next(run, RunStatus.On.WAIT);
        return copy(run, next, run.killing(), run.problem(), run.started(), run.ended());
    }

    private static Run started(Run run, Instant at) {
        return copy(run, next(run, RunStatus.On.START), run.killing(), run.problem(), at, run.ended());
    }

    private static Run killing(Run run) {
        return copy(run, run.status(), true, run.problem(), run.started(), run.ended());
    }

    private static Run ended(Run run, RunEvent.RunEnded event, Instant at) {
        return copy(run, next(run, end(event.status())), run.killing(), event.problem(), run.started(), at);
    }

    private static Run reopened(Run run) {
        return copy(run, next(run, RunStatus.On.RERUN), false, null, run.started(), null);
    }

    private static JobStatus next(JobRun job, JobStatus.On on) {
        return JobStatus.TABLE
                .next(job.status(), on)
                .orElseThrow(() -> new IllegalStateException(job.name() + ": " + job.status() + " × " + on));
    }

    private static JobRun assigned(JobRun job, int attempt) {
        JobStatus.On on = job.status() == JobStatus.WAITING ? JobStatus.On.ASSIGN : JobStatus.On.RETRY;
        return new JobRun(job.name(), next(job, on), attempt, job.killing(), null, null, null, null, null);
    }

    private static JobRun watching(JobRun job, int attempt, Instant at) {
        return new JobRun(job.name(), next(job, JobStatus.On.WATCH), attempt, null, null, null, null, at, null);
    }

    private static JobRun begun(JobRun job, Instant at) {
        return new JobRun(
                job.name(),
                next(job, JobStatus.On.START),
                job.attempt(),
                job.killing(),
                null,
                job.claim(),
                null,
                at,
                null);
    }

    /** Where a job stands stays, with what may change meanwhile. */
    private static JobRun copy(JobRun job, @Nullable String killing, @Nullable Problem problem) {
        return new JobRun(
                job.name(),
                job.status(),
                job.attempt(),
                killing,
                job.exitCode(),
                job.claim(),
                problem,
                job.started(),
                job.ended());
    }

    private static JobRun putOff(JobRun job, RunEvent.JobPutOff event) {
        return copy(job, job.killing(), event.problem());
    }

    private static JobRun killing(JobRun job, RunEvent.JobKillRequested event) {
        return copy(job, event.because(), job.problem());
    }

    private static JobRun took(JobRun job, String claim) {
        return new JobRun(
                job.name(),
                next(job, JobStatus.On.TAKE),
                job.attempt(),
                job.killing(),
                null,
                claim,
                null,
                job.started(),
                null);
    }

    private static JobRun ended(JobRun job, RunEvent.JobEnded event, Instant at) {
        return new JobRun(
                job.name(),
                next(job, end(event.status())),
                job.attempt(),
                null,
                event.exitCode(),
                job.claim(),
                event.problem(),
                job.started(),
                at);
    }

    /** Attempts go on from the last one, so that none is ever made twice; what is in doubt is not forgotten before the next one. */
    private static JobRun rerun(JobRun job) {
        boolean doubt = job.status() == JobStatus.UNCERTAIN || job.status() == JobStatus.UNKNOWN;
        return new JobRun(
                job.name(),
                next(job, JobStatus.On.RERUN),
                job.attempt(),
                null,
                null,
                null,
                doubt ? job.problem() : null,
                null,
                null);
    }

    private static JobRun assumedSent(JobRun job, RunEvent.JobAssumedSent event, Instant at) {
        return new JobRun(
                job.name(),
                next(job, JobStatus.On.ASSUME),
                job.attempt(),
                null,
                null,
                job.claim(),
                event.problem(),
                job.started(),
                at);
    }
}
