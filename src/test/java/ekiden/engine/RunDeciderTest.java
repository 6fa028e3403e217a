package ekiden.engine;

import static ekiden.engine.Driven.COMMAND;
import static ekiden.engine.Driven.RECEIVE;
import static ekiden.engine.Driven.RUN;
import static ekiden.engine.Driven.SEND;
import static ekiden.engine.Driven.WRONG;
import static ekiden.engine.Driven.job;
import static ekiden.engine.Driven.timed;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.model.definition.Job;
import ekiden.model.definition.Job.OnTimeout;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import ekiden.model.run.JobStatus;
import ekiden.model.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunDeciderTest {
    private static final RunInput READY = new RunInput.Ready(true);
    private static final RunInput KILL = new RunInput.Kill("person");

    private static RunInput ended(String job, AttemptOutcome outcome) {
        return new RunInput.Ended(job, 1, outcome);
    }

    private static RunInput exit(String job, int code) {
        return ended(job, new AttemptOutcome.Exited(code));
    }

    private static AttemptId attempt(String job, int number) {
        return new AttemptId(RUN, job, number);
    }

    private static String problem(Driven driven, String job) {
        return Objects.requireNonNull(driven.run.job(job).problem()).id();
    }

    private static Driven diamond() {
        return Driven.of(
                job("top", COMMAND),
                job("left", COMMAND, "top"),
                job("right", COMMAND, "top"),
                job("bottom", COMMAND, "left", "right"));
    }

    @Test
    void jobsOfADiamondBeginWhenAllTheyNeedHaveEnded() {
        Driven driven = diamond().give(READY, exit("top", 0));
        assertThat(driven.effects(Effect.Assign.class))
                .containsExactly(
                        new Effect.Assign(attempt("top", 1)),
                        new Effect.Assign(attempt("left", 1)),
                        new Effect.Assign(attempt("right", 1)));
        driven.give(exit("right", 0));
        assertThat(driven.status("bottom")).isEqualTo(JobStatus.WAITING);
        driven.give(exit("left", 3));
        assertThat(driven.status("bottom")).isEqualTo(JobStatus.QUEUED);
        driven.give(exit("bottom", 0));
        assertThat(driven.status()).isEqualTo(RunStatus.ENDED_WITH_WARNING);
        assertThat(driven.last.effects()).contains(new Effect.LetNextBegin());
        assertThat(driven.run.ended()).isEqualTo(driven.now);
    }

    @Test
    void jobsBehindAFailureAreNotExecutedAndTheOtherBranchGoesOn() {
        Driven driven = Driven.of(
                        job("a", COMMAND),
                        job("b", COMMAND, "a"),
                        job("c", RECEIVE, "b"),
                        job("x", COMMAND),
                        job("y", COMMAND, "x"))
                .give(READY, exit("a", 9));
        assertThat(driven.status("b")).isEqualTo(JobStatus.NOT_EXECUTED);
        assertThat(driven.status("c")).isEqualTo(JobStatus.NOT_EXECUTED);
        assertThat(problem(driven, "c")).isEqualTo(EngineMessage.NOT_EXECUTED.id());
        assertThat(driven.status()).isEqualTo(RunStatus.RUNNING);
        driven.give(exit("x", 0), exit("y", 0));
        assertThat(driven.status()).isEqualTo(RunStatus.ENDED_ABNORMALLY);
    }

    @Test
    void definitionOrderDoesNotMatterForNeeds() {
        Driven driven =
                Driven.of(job("late", COMMAND, "early"), job("early", COMMAND)).give(READY);
        assertThat(driven.status("late")).isEqualTo(JobStatus.WAITING);
        driven.give(exit("early", 0));
        assertThat(driven.status("late")).isEqualTo(JobStatus.QUEUED);
    }

    @ParameterizedTest
    @CsvSource({"0,ENDED_NORMALLY", "1,ENDED_WITH_WARNING", "4,ENDED_WITH_WARNING", "5,ENDED_ABNORMALLY"})
    void exitCodeMeansWhatTheThresholdsSay(int code, JobStatus status) {
        Driven driven = Driven.of(job("a", COMMAND)).give(READY, exit("a", code));
        assertThat(driven.status("a")).isEqualTo(status);
        assertThat(driven.run.job("a").exitCode()).isEqualTo(code);
    }

    @Test
    void automaticAttemptsEndAtTheirLimit() {
        AttemptOutcome again = new AttemptOutcome.NotStarted(WRONG, true);
        Driven driven = Driven.of(job("a", COMMAND)).give(READY);
        for (int n = 1; n < RunDecider.MAX_AUTOMATIC_ATTEMPTS; n++) {
            driven.give(new RunInput.Ended("a", n, again));
            assertThat(driven.status("a")).isEqualTo(JobStatus.QUEUED);
            assertThat(driven.last.effects())
                    .contains(new Effect.Forget(attempt("a", n)), new Effect.Assign(attempt("a", n + 1)));
        }
        driven.give(new RunInput.Ended("a", RunDecider.MAX_AUTOMATIC_ATTEMPTS, again));
        assertThat(driven.status("a")).isEqualTo(JobStatus.FAILED_TO_START);
        assertThat(driven.effects(Effect.Assign.class)).hasSize(RunDecider.MAX_AUTOMATIC_ATTEMPTS);
        assertThat(driven.status()).isEqualTo(RunStatus.ENDED_ABNORMALLY);
    }

    @Test
    void attemptAfterARetryHasItsOwnTimeout() {
        Driven driven = Driven.of(timed("a", COMMAND, OnTimeout.KILL))
                .give(READY, new RunInput.Started("a", 1), ended("a", new AttemptOutcome.NotStarted(WRONG, true)));
        assertThat(driven.last.effects()).contains(new Effect.CancelTimeout(attempt("a", 1)));
        driven.give(new RunInput.Started("a", 2));
        assertThat(driven.last.effects())
                .containsExactly(new Effect.SetTimeout(attempt("a", 2), Duration.ofMinutes(10)));
    }

    @Test
    void timeIsCountedFromTheStartNotFromTheAssignment() {
        Driven driven = Driven.of(timed("a", COMMAND, OnTimeout.KILL)).give(READY);
        assertThat(driven.effects(Effect.SetTimeout.class)).isEmpty();
        driven.giveInVain(new RunInput.TimedOut("a", 1));
        driven.give(new RunInput.Started("a", 1));
        assertThat(driven.effects(Effect.SetTimeout.class)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "KILL,KILLED,ENDED_ABNORMALLY",
        "NORMAL,ENDED_NORMALLY,ENDED_NORMALLY",
        "WARNING,ENDED_WITH_WARNING,ENDED_WITH_WARNING",
        "ABNORMAL,ENDED_ABNORMALLY,ENDED_ABNORMALLY"
    })
    void commandWhoseTimeRanOutIsKilledFirst(OnTimeout onTimeout, JobStatus status, RunStatus runStatus) {
        Driven driven = Driven.of(timed("a", COMMAND, onTimeout))
                .give(READY, new RunInput.Started("a", 1), new RunInput.TimedOut("a", 1));
        assertThat(driven.status("a")).isEqualTo(JobStatus.RUNNING);
        assertThat(driven.last.effects()).containsExactly(new Effect.Kill(attempt("a", 1)));
        driven.giveInVain(new RunInput.TimedOut("a", 1));
        driven.give(ended("a", new AttemptOutcome.Killed()));
        assertThat(driven.status("a")).isEqualTo(status);
        assertThat(driven.status()).isEqualTo(runStatus);
        assertThat(problem(driven, "a")).isEqualTo(EngineMessage.TIMED_OUT.id());
    }

    @ParameterizedTest
    @CsvSource({"KILL,KILLED", "NORMAL,ENDED_NORMALLY", "WARNING,ENDED_WITH_WARNING", "ABNORMAL,ENDED_ABNORMALLY"})
    void watchWhoseTimeRanOutEndsAtOnce(OnTimeout onTimeout, JobStatus status) {
        Driven driven = Driven.of(timed("a", RECEIVE, onTimeout)).give(READY);
        assertThat(driven.last.effects())
                .containsExactly(
                        new Effect.OpenWatch(attempt("a", 1)),
                        new Effect.SetTimeout(attempt("a", 1), Duration.ofMinutes(10)));
        driven.give(new RunInput.TimedOut("a", 1));
        assertThat(driven.status("a")).isEqualTo(status);
        assertThat(driven.last.effects()).contains(new Effect.CloseWatch(attempt("a", 1)));
        driven.giveInVain(new RunInput.MailTaken("a", "1@w"));
    }

    private static Driven timedOutWhileSaving(OnTimeout onTimeout) {
        Driven driven = Driven.of(timed("a", RECEIVE, onTimeout)).give(READY, new RunInput.MailTaken("a", "1@w"));
        assertThat(driven.last.effects()).containsExactly(new Effect.CloseWatch(attempt("a", 1)));
        driven.give(new RunInput.TimedOut("a", 1));
        assertThat(driven.last.effects()).containsExactly(new Effect.CallOffSave("1@w"));
        assertThat(driven.status("a")).isEqualTo(JobStatus.SAVING);
        return driven.giveInVain(new RunInput.TimedOut("a", 1));
    }

    @Test
    void mailThatCameInTimeAndIsSavedAfterItEndsTheJobNormally() {
        Driven driven = timedOutWhileSaving(OnTimeout.KILL).give(new RunInput.MailSaved("a", "1@w", null));
        assertThat(driven.status()).isEqualTo(RunStatus.ENDED_NORMALLY);
        assertThat(driven.run.job("a").claim()).isEqualTo("1@w");
        assertThat(driven.last.effects()).contains(new Effect.CancelTimeout(attempt("a", 1)));
    }

    @ParameterizedTest
    @CsvSource({"KILL,KILLED", "NORMAL,ENDED_NORMALLY", "WARNING,ENDED_WITH_WARNING", "ABNORMAL,ENDED_ABNORMALLY"})
    void mailThatCannotBeSavedEndsTheJobWhenItsTimeRunsOut(OnTimeout onTimeout, JobStatus status) {
        Driven driven = timedOutWhileSaving(onTimeout).give(new RunInput.MailSaved("a", "1@w", WRONG));
        assertThat(driven.status("a")).isEqualTo(status);
        assertThat(problem(driven, "a")).isEqualTo(EngineMessage.TIMED_OUT.id());
    }

    @Test
    void mailThatCannotBeSavedEndsTheJobWhenTheRunIsKilled() {
        Driven driven = Driven.of(job("a", RECEIVE)).give(READY, new RunInput.MailTaken("a", "1@w"), KILL);
        assertThat(driven.last.effects()).containsExactly(new Effect.CallOffSave("1@w"));
        driven.giveInVain(KILL).give(new RunInput.MailSaved("a", "1@w", WRONG));
        assertThat(driven.status("a")).isEqualTo(JobStatus.KILLED);
        assertThat(problem(driven, "a")).isEqualTo(EngineMessage.KILLED.id());
        assertThat(driven.status()).isEqualTo(RunStatus.KILLED);
    }

    @Test
    void deletedUnitLetsSavesGoOnThatDoNotWait() {
        RunInput deleted = new RunInput.UnitDeleted();
        Driven started = new Driven(Driven.jobnet(job("a", COMMAND)), "1@w").give(deleted);
        assertThat(started.last.effects()).containsExactly(new Effect.CallOffSave("1@w"));
        assertThat(started.give(READY).status()).isEqualTo(RunStatus.RUNNING);
        started.giveInVain(deleted);
        Driven waiting = Driven.of(job("a", RECEIVE), job("b", RECEIVE))
                .give(READY, new RunInput.MailTaken("a", "2@w"), deleted);
        assertThat(waiting.last.effects()).containsExactly(new Effect.CallOffSave("2@w"));
        waiting.give(new RunInput.MailSaved("a", "2@w", WRONG));
        assertThat(waiting.status("a")).isEqualTo(JobStatus.ENDED_ABNORMALLY);
        assertThat(waiting.status("b")).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void programThatEndedBeforeTheKillReachedItKeepsItsExitCode() {
        Driven driven = Driven.of(timed("a", COMMAND, OnTimeout.KILL))
                .give(READY, new RunInput.Started("a", 1), new RunInput.TimedOut("a", 1), exit("a", 0));
        assertThat(driven.status()).isEqualTo(RunStatus.ENDED_NORMALLY);
    }

    @Test
    void killOfAPreparingRunWaitsForTheFilesAndBeginsNothing() {
        Driven driven = new Driven(Driven.jobnet(job("a", COMMAND)), "1@w").give(KILL);
        assertThat(driven.status()).isEqualTo(RunStatus.PREPARING);
        assertThat(driven.effects).containsExactly(new Effect.CallOffSave("1@w"));
        driven.giveInVain(KILL);
        driven.give(READY);
        assertThat(driven.status()).isEqualTo(RunStatus.KILLED);
        assertThat(driven.status("a")).isEqualTo(JobStatus.NOT_EXECUTED);
        assertThat(driven.last.effects()).containsExactly(new Effect.LetNextBegin());
    }

    @Test
    void killOfAPreparingRunWhoseFilesCannotBeSavedIsStillAKill() {
        Driven driven = Driven.of(job("a", COMMAND)).give(KILL, new RunInput.CannotBegin(WRONG));
        assertThat(driven.status()).isEqualTo(RunStatus.KILLED);
    }

    @Test
    void runWhoseFilesCannotBeSavedEndsAbnormallyAndLetsTheNextBegin() {
        Driven driven = Driven.of(job("a", COMMAND)).give(new RunInput.CannotBegin(WRONG));
        assertThat(driven.status()).isEqualTo(RunStatus.ENDED_ABNORMALLY);
        assertThat(driven.run.problem()).isEqualTo(WRONG);
        assertThat(driven.effects).containsExactly(new Effect.LetNextBegin());
    }

    @Test
    void killOfAQueuedRunEndsItAtOnce() {
        Driven driven = Driven.of(job("a", COMMAND)).give(new RunInput.Ready(false), KILL);
        assertThat(driven.status()).isEqualTo(RunStatus.KILLED);
        assertThat(driven.effects).containsExactly(new Effect.LetNextBegin());
    }

    @Test
    void killOfARunningRunEndsEveryKindOfJob() {
        Driven driven = Driven.of(
                        job("queued", COMMAND),
                        job("running", COMMAND),
                        job("watching", RECEIVE),
                        job("saving", RECEIVE),
                        job("sending", SEND),
                        job("waiting", COMMAND, "running"))
                .give(
                        READY,
                        new RunInput.Started("running", 1),
                        new RunInput.MailTaken("saving", "1@w"),
                        new RunInput.Started("sending", 1),
                        KILL);
        assertThat(driven.last.effects())
                .contains(
                        new Effect.Kill(attempt("queued", 1)),
                        new Effect.Kill(attempt("running", 1)),
                        new Effect.Kill(attempt("sending", 1)),
                        new Effect.CloseWatch(attempt("watching", 1)));
        assertThat(driven.status("watching")).isEqualTo(JobStatus.KILLED);
        assertThat(driven.status("waiting")).isEqualTo(JobStatus.NOT_EXECUTED);
        assertThat(driven.status("saving")).isEqualTo(JobStatus.SAVING);
        driven.give(
                ended("queued", new AttemptOutcome.NotStarted(WRONG, true)),
                ended("running", new AttemptOutcome.Killed()),
                ended("sending", new AttemptOutcome.Sent("250 ok", List.of())),
                new RunInput.MailSaved("saving", "1@w", null));
        assertThat(driven.status("queued")).isEqualTo(JobStatus.KILLED);
        assertThat(driven.status("sending")).isEqualTo(JobStatus.ENDED_NORMALLY);
        assertThat(driven.status("saving")).isEqualTo(JobStatus.KILLED);
        assertThat(driven.status()).isEqualTo(RunStatus.KILLED);
    }

    @Test
    void secondKillAsksForNothingMore() {
        Driven driven = Driven.of(job("a", COMMAND)).give(READY, KILL);
        driven.giveInVain(KILL);
        assertThat(driven.effects(Effect.Kill.class)).hasSize(1);
    }

    @Test
    void killOfAPersonBehindATimeoutMakesItKilled() {
        Driven driven = Driven.of(timed("a", COMMAND, OnTimeout.NORMAL))
                .give(READY, new RunInput.Started("a", 1), new RunInput.TimedOut("a", 1), KILL)
                .give(ended("a", new AttemptOutcome.Killed()));
        assertThat(driven.status("a")).isEqualTo(JobStatus.KILLED);
    }

    @Test
    void jobWhoseEndIsNotKnownRaisesAnAlarmAndIsNotRepeated() {
        Driven driven = Driven.of(job("a", COMMAND)).give(READY, ended("a", new AttemptOutcome.Unknown(WRONG)));
        assertThat(driven.status("a")).isEqualTo(JobStatus.UNKNOWN);
        assertThat(driven.effects(Effect.Assign.class)).hasSize(1);
        assertThat(driven.effects(Effect.RaiseAlarm.class))
                .extracting(Effect.RaiseAlarm::key, alarm -> alarm.problem().id())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("job/" + attempt("a", 1), EngineMessage.JOB_UNKNOWN.id()));
    }

    @Test
    void mailThatIsUncertainRaisesAnAlarmAndIsNotSentAgain() {
        Driven driven = Driven.of(job("a", SEND)).give(READY, ended("a", new AttemptOutcome.Uncertain(WRONG, null)));
        assertThat(driven.status("a")).isEqualTo(JobStatus.UNCERTAIN);
        assertThat(driven.effects(Effect.RaiseAlarm.class))
                .extracting(alarm -> alarm.problem().id())
                .containsExactly(EngineMessage.MAIL_UNCERTAIN.id());
        assertThat(driven.status()).isEqualTo(RunStatus.ENDED_ABNORMALLY);
    }

    @Test
    void mailThatIsTriedAgainSaysWhyWhileItRunsAndNoLongerWhenItIsSent() {
        RunInput putOff = new RunInput.PutOff("a", 1, WRONG, Driven.T0.plusSeconds(60));
        Driven driven = Driven.of(job("a", SEND)).give(READY, new RunInput.Started("a", 1), putOff);
        assertThat(driven.status("a")).isEqualTo(JobStatus.RUNNING);
        assertThat(problem(driven, "a")).isEqualTo(WRONG.id());
        driven.give(ended("a", new AttemptOutcome.Sent("250", List.of())));
        assertThat(driven.status("a")).isEqualTo(JobStatus.ENDED_NORMALLY);
        assertThat(driven.run.job("a").problem()).isNull();
        driven.giveInVain(putOff);
    }

    @Test
    void mailThatSomeRecipientsRefusedEndsWithWarning() {
        AttemptOutcome some =
                new AttemptOutcome.Sent("250 ok", List.of(new AttemptOutcome.Refusal("b@x.example", "550 no")));
        Driven driven = Driven.of(job("a", SEND)).give(READY, ended("a", some));
        assertThat(driven.status("a")).isEqualTo(JobStatus.ENDED_WITH_WARNING);
        assertThat(problem(driven, "a")).isEqualTo(EngineMessage.SOME_REFUSED.id());
    }

    @Test
    void mailThatNobodyGotEndsAbnormally() {
        Driven driven = Driven.of(job("a", SEND)).give(READY, ended("a", new AttemptOutcome.NotSent(WRONG, List.of())));
        assertThat(driven.status("a")).isEqualTo(JobStatus.ENDED_ABNORMALLY);
    }

    @Test
    void watchThatMissesAValueEndsAbnormally() {
        Driven driven = Driven.of(job("a", RECEIVE)).give(READY, new RunInput.CannotWatch("a", WRONG));
        assertThat(driven.status("a")).isEqualTo(JobStatus.ENDED_ABNORMALLY);
        assertThat(driven.run.job("a").problem()).isEqualTo(WRONG);
        assertThat(driven.status()).isEqualTo(RunStatus.ENDED_ABNORMALLY);
    }

    @Test
    void noProblemNamesMailText() {
        Job receive = job("a", RECEIVE);
        Driven driven = Driven.of(receive).give(READY, KILL);
        Problem problem = Objects.requireNonNull(driven.run.job("a").problem());
        assertThat(problem.values()).containsOnlyKeys("job");
    }
}
