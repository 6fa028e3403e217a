package ekiden.engine;

import ekiden.base.Problem;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SendMail;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import ekiden.model.run.JobRun;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Rerun;
import ekiden.model.run.Run;
import ekiden.model.run.RunEvent;
import ekiden.model.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides on one run: (run, definition, input, now) → events and effects. One object decides one input and is thrown away.
 */
public final class RunDecider {
    /** Attempts that are made by themselves while it is sure that the program did not run. */
    public static final int MAX_AUTOMATIC_ATTEMPTS = 3;

    private final Jobnet jobnet;
    private final Instant now;
    private final List<RunEvent> events = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private Run run;

    private RunDecider(Run run, Jobnet jobnet, Instant now) {
        this.run = run;
        this.jobnet = jobnet;
        this.now = now;
    }

    /**
     * @param run the run
     * @param jobnet the version of the definition that it follows
     * @param input what came
     * @param now the present
     * @return what follows
     */
    public static RunDecision decide(Run run, Jobnet jobnet, RunInput input, Instant now) {
        RunDecider decider = new RunDecider(run, jobnet, now);
        if (!run.status().ended() || input instanceof RunInput.Again) {
            decider.take(input);
        }
        return new RunDecision(decider.run, decider.events, decider.effects);
    }

    private void take(RunInput input) {
        switch (input) {
            case RunInput.Ready ready -> ready(ready.turn());
            case RunInput.CannotBegin failed -> cannotBegin(failed.problem());
            case RunInput.Kill kill -> kill(kill.by());
            case RunInput.Again again -> rerun(again.what());
            case RunInput.UnitDeleted ignored -> callOffSaves();
            case RunInput.Started started -> started(started);
            case RunInput.PutOff putOff -> putOff(putOff);
            case RunInput.Ended ended -> ended(ended);
            case RunInput.FilesChanged changed -> filesChanged(changed);
            case RunInput.MailTaken taken -> mailTaken(taken);
            case RunInput.MailSaved saved -> mailSaved(saved);
            case RunInput.CannotWatch cannot -> cannotWatch(cannot);
            case RunInput.TimedOut timedOut -> timedOut(timedOut);
        }
    }

    private void ready(boolean turn) {
        if (run.status() == RunStatus.RUNNING) {
            return;
        }
        if (run.killing()) {
            endKilled();
        } else if (turn) {
            happen(new RunEvent.RunStarted());
            advance();
        } else if (run.status() == RunStatus.PREPARING) {
            happen(new RunEvent.RunQueued());
        }
    }

    private void cannotBegin(Problem problem) {
        if (run.status() != RunStatus.PREPARING) {
            return;
        }
        if (run.killing()) {
            endKilled();
            return;
        }
        skipAllWaiting();
        happen(new RunEvent.RunEnded(RunStatus.ENDED_ABNORMALLY, problem));
        effects.add(new Effect.LetNextBegin());
    }

    private void kill(String by) {
        if (run.killing()) {
            return;
        }
        happen(new RunEvent.RunKillRequested(by));
        switch (run.status()) {
            case QUEUED -> endKilled();
            case RUNNING -> killJobs();
            case PREPARING, ENDED_NORMALLY, ENDED_WITH_WARNING, ENDED_ABNORMALLY, KILLED -> callOffSaves();
        }
    }

    /** Jobs that were given up because of those that are rerun get another chance; what still cannot begin is given up again. */
    private void rerun(Rerun asked) {
        if (RerunRule.refusal(run, asked).isPresent()) {
            return;
        }
        boolean ended = run.status().ended();
        if (ended) {
            happen(new RunEvent.RunReopened(asked.by()));
        }
        asked.jobs().forEach(which -> rerun(run.job(which.job()), asked));
        for (JobRun job : run.jobs()) {
            if (job.status() == JobStatus.NOT_EXECUTED) {
                happen(new RunEvent.JobRerun(job.name(), asked.by()));
            }
        }
        if (ended) {
            effects.add(new Effect.AskForTurn());
        } else {
            advance();
        }
    }

    private void rerun(JobRun job, Rerun asked) {
        effects.add(new Effect.ClearAlarm("job/" + attempt(job)));
        switch (asked.how()) {
            case AGAIN, RESEND -> happen(new RunEvent.JobRerun(job.name(), asked.by()));
            case ASSUME_SENT -> {
                Problem told = Problem.of(EngineMessage.ASSUMED_SENT, "job", job.name());
                happen(new RunEvent.JobAssumedSent(job.name(), asked.by(), told));
            }
        }
    }

    /** What is being saved is finished where that can be done now, so that its files are whole or absent; it ends the wait in any case. */
    private void callOffSaves() {
        if (run.status() == RunStatus.PREPARING && run.claim() != null) {
            effects.add(new Effect.CallOffSave(run.claim()));
        }
        run.jobs().forEach(this::callOffSave);
    }

    private void callOffSave(JobRun job) {
        if (job.status() == JobStatus.SAVING && job.claim() != null) {
            effects.add(new Effect.CallOffSave(job.claim()));
        }
    }

    private void endKilled() {
        skipAllWaiting();
        happen(new RunEvent.RunEnded(RunStatus.KILLED, null));
        effects.add(new Effect.LetNextBegin());
    }

    private void killJobs() {
        skipAllWaiting();
        for (JobRun job : run.jobs()) {
            killJob(job);
        }
        advance();
    }

    private void killJob(JobRun job) {
        AttemptId attempt = attempt(job);
        if (job.status() == JobStatus.RUNNING && watches(job)) {
            effects.add(new Effect.CloseWatch(attempt));
            endJob(job, JobStatus.KILLED, null, Problem.of(EngineMessage.KILLED, "job", job.name()));
        } else if (job.status() == JobStatus.RUNNING || job.status() == JobStatus.QUEUED) {
            happen(new RunEvent.JobKillRequested(job.name(), "person"));
            effects.add(new Effect.Kill(attempt));
        } else {
            callOffSave(job);
        }
    }

    private void started(RunInput.Started input) {
        JobRun job = run.job(input.job());
        if (job.status() != JobStatus.QUEUED || job.attempt() != input.attempt()) {
            return;
        }
        happen(new RunEvent.JobStarted(job.name(), job.attempt()));
        setTimeout(job);
    }

    private void putOff(RunInput.PutOff input) {
        JobRun job = run.job(input.job());
        if (job.status() == JobStatus.RUNNING && job.attempt() == input.attempt() && !watches(job)) {
            happen(new RunEvent.JobPutOff(job.name(), job.attempt(), input.problem(), input.until()));
        }
    }

    private void ended(RunInput.Ended input) {
        JobRun job = run.job(input.job());
        boolean live = job.status() == JobStatus.QUEUED || job.status() == JobStatus.RUNNING;
        if (!live || job.attempt() != input.attempt() || watches(job)) {
            return;
        }
        effects.add(new Effect.Forget(attempt(job)));
        outcome(job, input.outcome());
        advance();
    }

    /** Another attempt is told of what is there now. */
    private void filesChanged(RunInput.FilesChanged input) {
        JobRun job = run.job(input.job());
        if (job.status() != JobStatus.QUEUED || job.attempt() != input.attempt()) {
            return;
        }
        effects.add(new Effect.Forget(attempt(job)));
        happen(new RunEvent.JobFilesChanged(job.name(), job.attempt(), input.problem()));
        notStarted(run.job(input.job()), new AttemptOutcome.NotStarted(input.problem(), true));
        advance();
    }

    private void outcome(JobRun job, AttemptOutcome outcome) {
        switch (outcome) {
            case AttemptOutcome.Exited exited -> exited(job, exited.code());
            case AttemptOutcome.Killed ignored -> killed(job);
            case AttemptOutcome.NotStarted not -> notStarted(job, not);
            case AttemptOutcome.Unknown unknown -> lost(job, JobStatus.UNKNOWN, unknown.problem());
            case AttemptOutcome.Sent sent -> sent(job, sent);
            case AttemptOutcome.NotSent not -> endJob(job, JobStatus.ENDED_ABNORMALLY, null, not.problem());
            case AttemptOutcome.Uncertain uncertain -> lost(job, JobStatus.UNCERTAIN, uncertain.problem());
        }
    }

    private void exited(JobRun job, int code) {
        RunCommand command = (RunCommand) jobnet.job(job.name()).work();
        if (code > command.abnormalAbove()) {
            Problem problem = Problem.of(EngineMessage.EXIT_CODE, "job", job.name(), "code", code);
            endJob(job, JobStatus.ENDED_ABNORMALLY, code, problem);
        } else if (code > command.warningAbove()) {
            Problem problem = Problem.of(EngineMessage.EXIT_CODE_WARNING, "job", job.name(), "code", code);
            endJob(job, JobStatus.ENDED_WITH_WARNING, code, problem);
        } else {
            endJob(job, JobStatus.ENDED_NORMALLY, code, null);
        }
    }

    private void killed(JobRun job) {
        if ("timeout".equals(job.killing())) {
            endTimedOut(job);
        } else {
            endJob(job, JobStatus.KILLED, null, Problem.of(EngineMessage.KILLED, "job", job.name()));
        }
    }

    private void notStarted(JobRun job, AttemptOutcome.NotStarted not) {
        boolean killing = run.killing() || job.killing() != null;
        if (killing) {
            killed(job);
        } else if (not.again() && job.attempt() < MAX_AUTOMATIC_ATTEMPTS) {
            effects.add(new Effect.CancelTimeout(attempt(job)));
            happen(new RunEvent.JobAssigned(job.name(), job.attempt() + 1));
            effects.add(new Effect.Assign(attempt(run.job(job.name()))));
        } else {
            endJob(job, JobStatus.FAILED_TO_START, null, not.problem());
        }
    }

    private void lost(JobRun job, JobStatus status, Problem problem) {
        endJob(job, status, null, problem);
        EngineMessage message = status == JobStatus.UNKNOWN ? EngineMessage.JOB_UNKNOWN : EngineMessage.MAIL_UNCERTAIN;
        Problem alarm = Problem.of(message, "run", run.label(), "job", job.name());
        effects.add(new Effect.RaiseAlarm("job/" + attempt(job), alarm));
    }

    private void sent(JobRun job, AttemptOutcome.Sent sent) {
        if (sent.refused().isEmpty()) {
            endJob(job, JobStatus.ENDED_NORMALLY, null, sent.note());
            return;
        }
        Problem problem = Problem.of(
                EngineMessage.SOME_REFUSED,
                "job",
                job.name(),
                "count",
                sent.refused().size(),
                "first",
                sent.refused().getFirst().recipient());
        endJob(job, JobStatus.ENDED_WITH_WARNING, null, problem);
    }

    private void mailTaken(RunInput.MailTaken input) {
        JobRun job = run.job(input.job());
        if (job.status() != JobStatus.RUNNING || !watches(job)) {
            return;
        }
        effects.add(new Effect.CloseWatch(attempt(job)));
        happen(new RunEvent.JobTookMail(job.name(), input.claim()));
    }

    private void mailSaved(RunInput.MailSaved input) {
        JobRun job = run.job(input.job());
        if (job.status() != JobStatus.SAVING || !input.claim().equals(job.claim())) {
            return;
        }
        if (run.killing()) {
            endJob(job, JobStatus.KILLED, null, Problem.of(EngineMessage.KILLED, "job", job.name()));
        } else if (input.problem() != null && job.killing() != null) {
            endTimedOut(job);
        } else if (input.problem() != null) {
            endJob(job, JobStatus.ENDED_ABNORMALLY, null, input.problem());
        } else {
            endJob(job, JobStatus.ENDED_NORMALLY, null, null);
        }
        advance();
    }

    private void cannotWatch(RunInput.CannotWatch input) {
        JobRun job = run.job(input.job());
        if (job.status() == JobStatus.RUNNING && watches(job)) {
            effects.add(new Effect.CloseWatch(attempt(job)));
            endJob(job, JobStatus.ENDED_ABNORMALLY, null, input.problem());
            advance();
        }
    }

    private void timedOut(RunInput.TimedOut input) {
        JobRun job = run.job(input.job());
        boolean timed = job.status() == JobStatus.RUNNING || job.status() == JobStatus.SAVING;
        if (!timed || job.attempt() != input.attempt() || job.killing() != null) {
            return;
        }
        if (job.status() == JobStatus.SAVING) {
            happen(new RunEvent.JobKillRequested(job.name(), "timeout"));
            callOffSave(job);
        } else if (watches(job)) {
            effects.add(new Effect.CloseWatch(attempt(job)));
            endTimedOut(job);
            advance();
        } else {
            happen(new RunEvent.JobKillRequested(job.name(), "timeout"));
            effects.add(new Effect.Kill(attempt(job)));
        }
    }

    private void endTimedOut(JobRun job) {
        JobStatus status = switch (jobnet.job(job.name()).onTimeout()) {
            case KILL -> JobStatus.KILLED;
            case NORMAL -> JobStatus.ENDED_NORMALLY;
            case WARNING -> JobStatus.ENDED_WITH_WARNING;
            case ABNORMAL -> JobStatus.ENDED_ABNORMALLY;
        };
        endJob(job, status, null, Problem.of(EngineMessage.TIMED_OUT, "job", job.name()));
    }

    /** Lets every job begin whose turn has come, gives up those whose turn will not come, and ends the run after the last. */
    private void advance() {
        if (run.status() != RunStatus.RUNNING) {
            return;
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Job job : jobnet.jobs()) {
                changed |= tryBegin(job);
            }
        }
        if (run.jobs().stream().allMatch(job -> job.status().ended())) {
            happen(new RunEvent.RunEnded(endOfRun(), null));
            effects.add(new Effect.LetNextBegin());
        }
    }

    private boolean tryBegin(Job job) {
        if (run.job(job.name()).status() != JobStatus.WAITING) {
            return false;
        }
        List<JobStatus> needs =
                job.needs().stream().map(need -> run.job(need).status()).toList();
        if (needs.stream().anyMatch(status -> status.ended() && !status.good())) {
            skip(job.name());
            return true;
        }
        if (run.killing() || !needs.stream().allMatch(JobStatus::good)) {
            return false;
        }
        begin(job);
        return true;
    }

    private void begin(Job job) {
        int attempt = run.job(job.name()).attempt() + 1;
        if (job.work() instanceof ReceiveMail) {
            happen(new RunEvent.JobWatching(job.name(), attempt));
            effects.add(new Effect.OpenWatch(attempt(run.job(job.name()))));
            setTimeout(run.job(job.name()));
        } else {
            happen(new RunEvent.JobAssigned(job.name(), attempt));
            effects.add(new Effect.Assign(attempt(run.job(job.name()))));
        }
    }

    private RunStatus endOfRun() {
        if (run.killing()) {
            return RunStatus.KILLED;
        }
        if (run.jobs().stream().anyMatch(job -> !job.status().good())) {
            return RunStatus.ENDED_ABNORMALLY;
        }
        boolean warned = run.jobs().stream().anyMatch(job -> job.status() == JobStatus.ENDED_WITH_WARNING);
        return warned ? RunStatus.ENDED_WITH_WARNING : RunStatus.ENDED_NORMALLY;
    }

    private void skipAllWaiting() {
        for (JobRun job : run.jobs()) {
            if (job.status() == JobStatus.WAITING) {
                skip(job.name());
            }
        }
    }

    private void skip(String job) {
        JobRun waiting = run.job(job);
        Problem doubt = waiting.problem();
        if (doubt != null) {
            boolean mail = jobnet.job(job).work() instanceof SendMail;
            lost(waiting, mail ? JobStatus.UNCERTAIN : JobStatus.UNKNOWN, doubt);
            return;
        }
        Problem problem = Problem.of(EngineMessage.NOT_EXECUTED, "job", job);
        happen(new RunEvent.JobEnded(job, 0, JobStatus.NOT_EXECUTED, null, problem));
    }

    private void endJob(JobRun job, JobStatus status, @Nullable Integer exitCode, @Nullable Problem problem) {
        happen(new RunEvent.JobEnded(job.name(), job.attempt(), status, exitCode, problem));
        effects.add(new Effect.CancelTimeout(attempt(job)));
    }

    private void setTimeout(JobRun job) {
        Job definition = jobnet.job(job.name());
        if (definition.timeout() != null) {
            effects.add(new Effect.SetTimeout(attempt(job), definition.timeout()));
        }
    }

    private boolean watches(JobRun job) {
        return jobnet.job(job.name()).work() instanceof ReceiveMail;
    }

    private AttemptId attempt(JobRun job) {
        return new AttemptId(run.id(), job.name(), job.attempt());
    }

    private void happen(RunEvent event) {
        events.add(event);
        run = RunFold.apply(run, event, now);
    }
}
