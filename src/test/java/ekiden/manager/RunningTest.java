package ekiden.manager;

import static ekiden.manager.Bench.COMMAND;
import static ekiden.manager.Bench.WRONG;
import static ekiden.manager.Bench.job;
import static ekiden.manager.Bench.jobnet;
import static ekiden.manager.Bench.rule;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.RunCommand;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunningTest {
    private final Bench bench = new Bench();

    private RunStatus status(Run run) {
        return bench.run(run.id()).status();
    }

    private Jobnet queueing(RunCommand command) {
        return jobnet("/a", null, Jobnet.Overlap.QUEUE, job("a", command));
    }

    @Test
    void runsQueueVisiblyAndBeginInTheirOrder() {
        bench.define(queueing(COMMAND));
        Run one = bench.start("/a");
        Run two = bench.start("/a");
        Run three = bench.start("/a");
        assertThat(List.of(status(one), status(two), status(three)))
                .containsExactly(RunStatus.RUNNING, RunStatus.QUEUED, RunStatus.QUEUED);
        bench.exited(one, "a", 0);
        assertThat(List.of(status(two), status(three))).containsExactly(RunStatus.RUNNING, RunStatus.QUEUED);
        bench.give(new Command.KillRun(three.id()));
        assertThat(status(three)).isEqualTo(RunStatus.KILLED);
        bench.exited(two, "a", 9);
        assertThat(status(bench.start("/a"))).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void runsOverlapWhereTheDefinitionAllowsIt() {
        bench.define(jobnet("/a", null));
        assertThat(List.of(status(bench.start("/a")), status(bench.start("/a"))))
                .containsOnly(RunStatus.RUNNING);
    }

    @Test
    void killOfTheRunInFrontLetsTheNextBegin() {
        bench.define(queueing(COMMAND));
        Run one = bench.start("/a");
        Run two = bench.start("/a");
        bench.give(new Command.KillRun(one.id()));
        assertThat(status(two)).isEqualTo(RunStatus.QUEUED);
        bench.ended(new AttemptId(one.id(), "a", 1), new AttemptOutcome.Killed());
        assertThat(status(two)).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void longQueueOfRunsThatAllFailAtOnceIsWorkedOff() {
        bench.define(queueing(COMMAND));
        Run first = bench.start("/a");
        RunCommand missing = new RunCommand(List.of("true", "${b.exit-code}"), Map.of(), null, 0, 4);
        bench.define(queueing(missing));
        for (int i = 0; i < 3_000; i++) {
            bench.manager.process(
                    List.of(new Manager.Envelope(new Command.StartRun(bench.ids.next(), "/a"), reply -> {})));
        }
        bench.manager.process(List.of(new Manager.Envelope(
                new Command.TakeReport(new Report.AttemptEnded(
                        bench.ids.next(), new AttemptId(first.id(), "a", 1), new AttemptOutcome.Exited(0))),
                reply -> {})));
        List<Run> all = bench.read(tx -> tx.runs().list("/a", 10_000));
        assertThat(all).hasSize(3_001).allMatch(run -> run.status().ended());
    }

    @Test
    void jobWhoseValueIsMissingFailsToStartWithoutAnAgent() {
        RunCommand missing = new RunCommand(List.of("true", "${start.subject}"), Map.of(), null, 0, 4);
        bench.define(jobnet("/a", null, Jobnet.Overlap.ALLOW, job("a", missing), job("b", COMMAND)));
        Run run = bench.start("/a");
        assertThat(bench.run(run.id()).job("a").status()).isEqualTo(JobStatus.FAILED_TO_START);
        assertThat(bench.outbox()).containsExactly("attempt/" + run.id() + "/b/1");
    }

    @Test
    void watchWhoseValueIsMissingEndsAbnormally() {
        bench.define(jobnet("/a", null, Jobnet.Overlap.ALLOW, job("a", rule("${start.subject}"))));
        Run run = bench.start("/a");
        assertThat(bench.run(run.id()).job("a").status()).isEqualTo(JobStatus.ENDED_ABNORMALLY);
        assertThat(bench.watches()).isEmpty();
        assertThat(bench.store.timers()).isEmpty();
    }

    @Test
    void exitCodeAndOutputArePassedOn() {
        RunCommand second = new RunCommand(List.of("cat", "${a.stdout}", "${a.exit-code}"), Map.of(), null, 0, 4);
        bench.define(jobnet("/a", null, Jobnet.Overlap.ALLOW, job("a", COMMAND), job("b", second, "a")));
        Run run = bench.start("/a");
        bench.exited(run, "a", 2);
        Assignment.ExecuteCommand asked =
                bench.agent.assigned(Assignment.ExecuteCommand.class).getLast();
        assertThat(asked.command()).containsExactly("cat", "/attempts/" + run.id() + "/a/1/stdout", "2");
        assertThat(asked.environment()).containsEntry("EKIDEN_RUN", "/a#1").containsEntry("EKIDEN_JOB", "b");
        assertThat(asked.folder()).isEqualTo("/files/a#1");
    }

    @Test
    void programWithASlashIsTakenFromTheFolderOfTheDefinition() {
        RunCommand script = new RunCommand(List.of("./load.sh"), Map.of(), "work", 0, 4);
        bench.define(jobnet("/a", null, Jobnet.Overlap.ALLOW, job("a", script)));
        bench.start("/a");
        Assignment.ExecuteCommand asked =
                bench.agent.assigned(Assignment.ExecuteCommand.class).getLast();
        assertThat(asked.command()).containsExactly("/defs/load.sh");
        assertThat(asked.folder()).isEqualTo("/defs/work");
    }

    @Test
    void timeThatRunsOutKillsTheCommandAndTheTimerMayFireTwice() {
        Job timed = new Job("a", List.of(), COMMAND, Duration.ofMinutes(10), Job.OnTimeout.WARNING);
        bench.define(jobnet("/a", null, Jobnet.Overlap.ALLOW, timed));
        Run run = bench.start("/a");
        AttemptId attempt = new AttemptId(run.id(), "a", 1);
        bench.take(new Report.AttemptStarted(bench.ids.next(), attempt, bench.clock.now()));
        assertThat(bench.store.timers()).extracting(due -> due.id()).containsExactly("timeout/" + attempt);
        bench.give(new Command.TimerFired("timeout/" + attempt));
        bench.give(new Command.TimerFired("timeout/" + attempt));
        assertThat(bench.agent.assigned(Assignment.KillAttempt.class)).hasSize(1);
        bench.ended(attempt, new AttemptOutcome.Killed());
        assertThat(status(run)).isEqualTo(RunStatus.ENDED_WITH_WARNING);
        assertThat(bench.store.timers()).isEmpty();
        assertThat(bench.give(new Command.TimerFired("timeout/" + attempt))).isInstanceOf(Reply.Done.class);
        assertThat(bench.give(new Command.TimerFired("timeout/" + new UUID(7, 7) + "/a/1")))
                .isInstanceOf(Reply.Done.class);
    }

    @Test
    void unknownAndUncertainEndsRaiseAlarms() {
        bench.define(jobnet("/a", null));
        Run run = bench.start("/a");
        AttemptId attempt = new AttemptId(run.id(), "a", 1);
        bench.ended(attempt, new AttemptOutcome.Unknown(WRONG));
        assertThat(bench.openAlarms()).containsExactly("job/" + attempt);
        assertThat(status(run)).isEqualTo(RunStatus.ENDED_ABNORMALLY);
        long alarm = bench.read(tx -> tx.alarms().list(true, 1)).getFirst().id();
        assertThat(bench.give(new Command.ClearAlarm(alarm))).isInstanceOf(Reply.Done.class);
        assertThat(bench.openAlarms()).isEmpty();
    }

    @Test
    void attemptThatDidNotStartIsMadeAgainUnderItsOwnNumber() {
        bench.define(jobnet("/a", null));
        Run run = bench.start("/a");
        bench.ended(new AttemptId(run.id(), "a", 1), new AttemptOutcome.NotStarted(WRONG, true));
        assertThat(bench.outbox()).containsExactly("attempt/" + run.id() + "/a/2");
        bench.ended(new AttemptId(run.id(), "a", 2), new AttemptOutcome.Exited(0));
        assertThat(status(run)).isEqualTo(RunStatus.ENDED_NORMALLY);
        assertThat(bench.outbox()).isEmpty();
    }

    @Test
    void reportThatComesTwiceChangesNothingTheSecondTime() {
        bench.define(jobnet("/a", null));
        Run run = bench.start("/a");
        Report report = new Report.AttemptEnded(
                bench.ids.next(), new AttemptId(run.id(), "a", 1), new AttemptOutcome.NotStarted(WRONG, true));
        bench.take(report);
        bench.take(report);
        assertThat(bench.run(run.id()).job("a").attempt()).isEqualTo(2);
    }

    @Test
    void alarmsOfTheAgentAreKeptAndCleared() {
        bench.take(new Report.AlarmChanged(bench.ids.next(), "disk/x", WRONG));
        bench.take(new Report.AlarmChanged(bench.ids.next(), "disk/x", WRONG));
        assertThat(bench.openAlarms()).containsExactly("disk/x");
        bench.take(new Report.AlarmChanged(bench.ids.next(), "disk/x", null));
        assertThat(bench.openAlarms()).isEmpty();
    }
}
