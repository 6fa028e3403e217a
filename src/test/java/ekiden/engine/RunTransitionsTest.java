package ekiden.engine;

import static ekiden.engine.Driven.COMMAND;
import static ekiden.engine.Driven.RECEIVE;
import static ekiden.engine.Driven.SEND;
import static ekiden.engine.Driven.WRONG;
import static ekiden.engine.Driven.job;
import static ekiden.engine.Driven.timed;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.StateTable;
import ekiden.model.definition.Job;
import ekiden.model.definition.Work;
import ekiden.model.run.AttemptOutcome;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Rerun;
import ekiden.model.run.RunStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of the tables of jobs and runs, driven through the decider. */
class RunTransitionsTest {
    private static final RunInput READY = new RunInput.Ready(true);
    private static final RunInput WAIT = new RunInput.Ready(false);
    private static final RunInput KILL = new RunInput.Kill("person");
    private static final RunInput STARTED = new RunInput.Started("job", 1);
    private static final RunInput TAKEN = new RunInput.MailTaken("job", "1@w");
    private static final AttemptOutcome LOST = new AttemptOutcome.Unknown(WRONG);
    private static final AttemptOutcome DOUBTFUL = new AttemptOutcome.Uncertain(WRONG, null);

    private static final RunInput AGAIN = rerun(Rerun.How.AGAIN);

    private static RunInput rerun(Rerun.How how) {
        return new RunInput.Again(new Rerun(List.of(new Rerun.Which("job", 1)), how, "person"));
    }

    private record JobCase(JobStatus from, JobStatus.On on, Work work, List<RunInput> inputs) {
        JobCase(JobStatus from, JobStatus.On on, Work work, RunInput... inputs) {
            this(from, on, work, List.of(inputs));
        }
    }

    private record RunCase(RunStatus from, RunStatus.On on, Work work, List<RunInput> inputs) {
        RunCase(RunStatus from, RunStatus.On on, Work work, RunInput... inputs) {
            this(from, on, work, List.of(inputs));
        }
    }

    /** One that waits for mail has a time, so that all its ends can be reached. */
    private static Job jobOf(Work work) {
        return work == RECEIVE ? timed("job", work, Job.OnTimeout.WARNING) : job("job", work);
    }

    private static RunInput exit(int code) {
        return ended(new AttemptOutcome.Exited(code));
    }

    private static RunInput ended(AttemptOutcome outcome) {
        return new RunInput.Ended("job", 1, outcome);
    }

    private static RunInput notStarted(boolean again) {
        return ended(new AttemptOutcome.NotStarted(WRONG, again));
    }

    private static RunInput saved() {
        return new RunInput.MailSaved("job", "1@w", null);
    }

    private static Stream<JobCase> jobCases() {
        return Stream.of(
                new JobCase(JobStatus.WAITING, JobStatus.On.ASSIGN, COMMAND, READY),
                new JobCase(JobStatus.WAITING, JobStatus.On.WATCH, RECEIVE, READY),
                new JobCase(JobStatus.WAITING, JobStatus.On.SKIP, COMMAND, WAIT, KILL),
                new JobCase(JobStatus.QUEUED, JobStatus.On.START, COMMAND, READY, STARTED),
                new JobCase(JobStatus.QUEUED, JobStatus.On.RETRY, COMMAND, READY, notStarted(true)),
                new JobCase(JobStatus.QUEUED, JobStatus.On.SUCCEED, COMMAND, READY, exit(0)),
                new JobCase(JobStatus.QUEUED, JobStatus.On.WARN, COMMAND, READY, exit(4)),
                new JobCase(JobStatus.QUEUED, JobStatus.On.FAIL, COMMAND, READY, exit(5)),
                new JobCase(JobStatus.QUEUED, JobStatus.On.KILL, COMMAND, READY, ended(new AttemptOutcome.Killed())),
                new JobCase(JobStatus.QUEUED, JobStatus.On.NOT_START, COMMAND, READY, notStarted(false)),
                new JobCase(JobStatus.QUEUED, JobStatus.On.LOSE, COMMAND, READY, ended(LOST)),
                new JobCase(JobStatus.QUEUED, JobStatus.On.DOUBT, SEND, READY, ended(DOUBTFUL)),
                new JobCase(JobStatus.RUNNING, JobStatus.On.RETRY, COMMAND, READY, STARTED, notStarted(true)),
                new JobCase(JobStatus.RUNNING, JobStatus.On.TAKE, RECEIVE, READY, TAKEN),
                new JobCase(JobStatus.RUNNING, JobStatus.On.SUCCEED, COMMAND, READY, STARTED, exit(0)),
                new JobCase(JobStatus.RUNNING, JobStatus.On.WARN, COMMAND, READY, STARTED, exit(1)),
                new JobCase(JobStatus.RUNNING, JobStatus.On.FAIL, COMMAND, READY, STARTED, exit(255)),
                new JobCase(JobStatus.RUNNING, JobStatus.On.KILL, RECEIVE, READY, KILL),
                new JobCase(JobStatus.RUNNING, JobStatus.On.NOT_START, COMMAND, READY, STARTED, notStarted(false)),
                new JobCase(JobStatus.RUNNING, JobStatus.On.LOSE, COMMAND, READY, STARTED, ended(LOST)),
                new JobCase(JobStatus.RUNNING, JobStatus.On.DOUBT, SEND, READY, STARTED, ended(DOUBTFUL)),
                new JobCase(JobStatus.SAVING, JobStatus.On.SUCCEED, RECEIVE, READY, TAKEN, saved()),
                new JobCase(
                        JobStatus.SAVING,
                        JobStatus.On.FAIL,
                        RECEIVE,
                        READY,
                        TAKEN,
                        new RunInput.MailSaved("job", "1@w", WRONG)),
                new JobCase(
                        JobStatus.SAVING,
                        JobStatus.On.WARN,
                        RECEIVE,
                        READY,
                        TAKEN,
                        new RunInput.TimedOut("job", 1),
                        new RunInput.MailSaved("job", "1@w", WRONG)),
                new JobCase(JobStatus.SAVING, JobStatus.On.KILL, RECEIVE, READY, TAKEN, KILL, saved()),
                new JobCase(JobStatus.WAITING, JobStatus.On.LOSE, COMMAND, READY, ended(LOST), AGAIN, KILL),
                new JobCase(
                        JobStatus.WAITING,
                        JobStatus.On.DOUBT,
                        SEND,
                        READY,
                        ended(DOUBTFUL),
                        rerun(Rerun.How.RESEND),
                        KILL),
                new JobCase(JobStatus.ENDED_ABNORMALLY, JobStatus.On.RERUN, COMMAND, READY, exit(5), AGAIN),
                new JobCase(
                        JobStatus.KILLED,
                        JobStatus.On.RERUN,
                        COMMAND,
                        READY,
                        ended(new AttemptOutcome.Killed()),
                        AGAIN),
                new JobCase(JobStatus.FAILED_TO_START, JobStatus.On.RERUN, COMMAND, READY, notStarted(false), AGAIN),
                new JobCase(JobStatus.UNKNOWN, JobStatus.On.RERUN, COMMAND, READY, ended(LOST), AGAIN),
                new JobCase(
                        JobStatus.UNCERTAIN, JobStatus.On.RERUN, SEND, READY, ended(DOUBTFUL), rerun(Rerun.How.RESEND)),
                new JobCase(
                        JobStatus.UNCERTAIN,
                        JobStatus.On.ASSUME,
                        SEND,
                        READY,
                        ended(DOUBTFUL),
                        rerun(Rerun.How.ASSUME_SENT)));
    }

    private static Stream<RunCase> runCases() {
        return Stream.of(
                new RunCase(RunStatus.PREPARING, RunStatus.On.WAIT, COMMAND, WAIT),
                new RunCase(RunStatus.PREPARING, RunStatus.On.START, COMMAND, READY),
                new RunCase(RunStatus.PREPARING, RunStatus.On.FAIL, COMMAND, new RunInput.CannotBegin(WRONG)),
                new RunCase(RunStatus.PREPARING, RunStatus.On.KILL, COMMAND, KILL, READY),
                new RunCase(RunStatus.QUEUED, RunStatus.On.START, COMMAND, WAIT, READY),
                new RunCase(RunStatus.QUEUED, RunStatus.On.KILL, COMMAND, WAIT, KILL),
                new RunCase(RunStatus.RUNNING, RunStatus.On.SUCCEED, COMMAND, READY, exit(0)),
                new RunCase(RunStatus.RUNNING, RunStatus.On.WARN, COMMAND, READY, exit(2)),
                new RunCase(RunStatus.RUNNING, RunStatus.On.FAIL, COMMAND, READY, exit(9)),
                new RunCase(
                        RunStatus.RUNNING, RunStatus.On.KILL, COMMAND, READY, KILL, ended(new AttemptOutcome.Killed())),
                new RunCase(RunStatus.ENDED_ABNORMALLY, RunStatus.On.RERUN, COMMAND, READY, exit(9), AGAIN),
                new RunCase(
                        RunStatus.KILLED,
                        RunStatus.On.RERUN,
                        COMMAND,
                        READY,
                        KILL,
                        ended(new AttemptOutcome.Killed()),
                        AGAIN));
    }

    private static Driven upToLast(Work work, List<RunInput> inputs) {
        return Driven.of(jobOf(work)).give(inputs.subList(0, inputs.size() - 1));
    }

    @Test
    void everyTransitionOfAJobIsReachedByAnInput() {
        Set<StateTable.Row<JobStatus, JobStatus.On>> seen = new HashSet<>();
        jobCases().forEach(one -> {
            Driven driven = upToLast(one.work(), one.inputs());
            assertThat(driven.status("job")).as("before %s", one).isEqualTo(one.from());
            driven.give(one.inputs().getLast());
            StateTable.Row<JobStatus, JobStatus.On> row =
                    new StateTable.Row<>(one.from(), one.on(), driven.status("job"));
            assertThat(JobStatus.TABLE.rows()).contains(row);
            seen.add(row);
        });
        seen.add(jobThatWasGivenUpWaitsAgainWhenTheOneBeforeItIsRerun());
        assertThat(seen).containsExactlyInAnyOrderElementsOf(JobStatus.TABLE.rows());
        assertThat(JobStatus.TABLE.unvisited()).isEmpty();
    }

    private static StateTable.Row<JobStatus, JobStatus.On> jobThatWasGivenUpWaitsAgainWhenTheOneBeforeItIsRerun() {
        Driven driven =
                Driven.of(job("job", COMMAND), job("next", COMMAND, "job")).give(READY, exit(9));
        JobStatus before = driven.status("next");
        driven.give(AGAIN);
        return new StateTable.Row<>(before, JobStatus.On.RERUN, driven.status("next"));
    }

    @Test
    void everyTransitionOfARunIsReachedByAnInput() {
        Set<StateTable.Row<RunStatus, RunStatus.On>> seen = new HashSet<>();
        runCases().forEach(one -> {
            Driven driven = upToLast(one.work(), one.inputs());
            assertThat(driven.status()).as("before %s", one).isEqualTo(one.from());
            driven.give(one.inputs().getLast());
            StateTable.Row<RunStatus, RunStatus.On> row = new StateTable.Row<>(one.from(), one.on(), driven.status());
            assertThat(RunStatus.TABLE.rows()).contains(row);
            seen.add(row);
        });
        assertThat(seen).containsExactlyInAnyOrderElementsOf(RunStatus.TABLE.rows());
        assertThat(RunStatus.TABLE.unvisited()).isEmpty();
    }

    private static List<RunInput> everything(String job) {
        List<AttemptOutcome> outcomes = List.of(
                new AttemptOutcome.Killed(),
                new AttemptOutcome.NotStarted(WRONG, true),
                new AttemptOutcome.NotStarted(WRONG, false),
                LOST,
                DOUBTFUL,
                new AttemptOutcome.NotSent(WRONG, List.of()),
                new AttemptOutcome.Sent("250", List.of()));
        List<RunInput> inputs = new java.util.ArrayList<>(List.of(
                READY,
                WAIT,
                KILL,
                new RunInput.CannotBegin(WRONG),
                new RunInput.UnitDeleted(),
                new RunInput.Started(job, 1),
                new RunInput.PutOff(job, 1, WRONG, Driven.T0),
                new RunInput.MailTaken(job, "2@w"),
                new RunInput.MailSaved(job, "1@w", null),
                new RunInput.MailSaved(job, "1@w", WRONG),
                new RunInput.CannotWatch(job, WRONG),
                new RunInput.TimedOut(job, 1)));
        outcomes.forEach(outcome -> inputs.add(new RunInput.Ended(job, 1, outcome)));
        return inputs;
    }

    @Test
    void whatComesToAnEndedRunChangesNothing() {
        jobCases().forEach(one -> {
            Driven driven = Driven.of(jobOf(one.work())).give(one.inputs());
            if (driven.status().ended()) {
                everything("job").forEach(driven::giveInVain);
            }
        });
    }

    @Test
    void whatComesToAnEndedJobOfALiveRunChangesNothing() {
        Job other = job("other", RECEIVE);
        jobCases().forEach(one -> {
            Driven driven = new Driven(Driven.jobnet(jobOf(one.work()), other)).give(one.inputs());
            if (driven.status("job").ended() && !driven.status().ended()) {
                everything("job").stream()
                        .filter(input -> !(input instanceof RunInput.Kill))
                        .forEach(driven::giveInVain);
                assertThat(driven.status("other").ended()).isFalse();
            }
        });
    }

    @Test
    void anInputThatComesTwiceChangesNothingTheSecondTime() {
        jobCases().forEach(one -> {
            List<RunInput> inputs = one.inputs();
            Driven driven = Driven.of(jobOf(one.work()));
            for (RunInput input : inputs) {
                driven.give(input).giveInVain(input);
            }
        });
    }

    @Test
    void whatIsSaidOfAnotherAttemptChangesNothing() {
        Driven driven = Driven.of(job("job", COMMAND)).give(READY);
        for (int attempt : new int[] {0, 2}) {
            driven.giveInVain(new RunInput.Started("job", attempt));
            driven.giveInVain(new RunInput.TimedOut("job", attempt));
            driven.giveInVain(new RunInput.Ended("job", attempt, new AttemptOutcome.Exited(0)));
        }
        driven.give(notStarted(true)).giveInVain(STARTED).giveInVain(exit(0));
        driven.give(new RunInput.Started("job", 2), new RunInput.Ended("job", 2, new AttemptOutcome.Exited(0)));
        assertThat(driven.status()).isEqualTo(RunStatus.ENDED_NORMALLY);
    }

    @Test
    void agentsWordsAboutAWatchAreNoWordsOfIts() {
        Driven driven = Driven.of(job("job", RECEIVE)).give(READY);
        driven.giveInVain(exit(0)).giveInVain(STARTED).giveInVain(saved());
        driven.give(TAKEN).giveInVain(new RunInput.MailSaved("job", "2@w", null));
        assertThat(driven.status("job")).isEqualTo(JobStatus.SAVING);
    }

    @Test
    void startThatIsToldAfterTheEndChangesNothing() {
        Driven driven =
                Driven.of(job("job", COMMAND), job("next", RECEIVE, "job")).give(READY, exit(0));
        driven.giveInVain(STARTED);
        assertThat(driven.status("next")).isEqualTo(JobStatus.RUNNING);
    }
}
