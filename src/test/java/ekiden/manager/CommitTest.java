package ekiden.manager;

import static ekiden.manager.Bench.COMMAND;
import static ekiden.manager.Bench.job;
import static ekiden.manager.Bench.jobnet;
import static ekiden.manager.Bench.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.base.MessageId;
import ekiden.base.Tasks;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.mail.RawMail;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.store.memory.MemoryStore.Fault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the manager says when the store does not say "committed", and when a command ends by a bug. */
class CommitTest {
    private final Bench bench = new Bench();

    /** Runs tasks when told to. */
    private static final class ManualTasks implements Tasks {
        final Deque<Runnable> waiting = new ArrayDeque<>();

        @Override
        public void run(String name, Runnable task) {
            waiting.add(task);
        }

        @Override
        public Cancellable after(Duration delay, String name, Runnable task) {
            return () -> {};
        }

        void runAll() {
            while (!waiting.isEmpty()) {
                waiting.remove().run();
            }
        }
    }

    private final ManualTasks tasks = new ManualTasks();

    private ManagerEndpoint endpoint() {
        return new ManagerEndpoint(bench.manager, new Inbox(bench.manager, tasks), tasks);
    }

    private static MessageId.Kind kind(Reply reply) {
        return ((Reply.Refused) reply).problem().kind();
    }

    @Test
    void nothingIsDoneAndNothingIsToldWhereTheCommitWasRolledBack() {
        bench.store.failNext(Fault.DISK_FULL);
        Reply reply = bench.give(new Command.Define(bench.ids.next(), jobnet("/a", rule("x")), "/defs"));
        assertThat(kind(reply)).isEqualTo(MessageId.Kind.RETRYABLE);
        assertThat(bench.watches()).isEmpty();
        assertThat(bench.agent.changed).isEmpty();
    }

    @Test
    void conflictIsDecidedAgain() {
        bench.store.failNext(Fault.CONFLICT);
        bench.store.failNext(Fault.CONFLICT);
        bench.define(jobnet("/a", rule("x")));
        assertThat(bench.watches()).hasSize(1);
    }

    @Test
    void tooManyConflictsAreToldAndNothingIsDone() {
        for (int i = 0; i < 21; i++) {
            bench.store.failNext(Fault.CONFLICT);
        }
        Reply reply = bench.give(new Command.Define(bench.ids.next(), jobnet("/a", null), "/defs"));
        assertThat(((Reply.Refused) reply).problem().id()).isEqualTo(ManagerMessage.TOO_MANY_CONFLICTS.id());
        assertThat(bench.store.faultsLeft()).isZero();
    }

    @Test
    void unknownCommitIsToldAsUnknownAndTheAgentIsNotTold() {
        bench.define(jobnet("/a", null));
        bench.store.failNext(Fault.UNKNOWN_COMMITTED);
        Command start = new Command.StartRun(bench.ids.next(), "/a");
        assertThat(kind(bench.give(start))).isEqualTo(MessageId.Kind.UNKNOWN);
        assertThat(bench.agent.assigned).isEmpty();
        assertThat(bench.give(start)).isInstanceOf(Reply.Started.class);
        assertThat(bench.runs("/a")).hasSize(1);
        assertThat(bench.outbox()).hasSize(1);
    }

    @Test
    void agentGetsNoVerdictBeforeTheCommitAndTheSameMailIsNotTakenTwice() {
        ManagerEndpoint endpoint = endpoint();
        String watch = "start/" + bench.define(jobnet("/a", rule("x")));
        Report.MailsFound report = new Report.MailsFound(bench.ids.next(), List.of(bench.mail("x", watch)), null);
        List<Verdict> verdicts = new ArrayList<>();
        for (Fault fault : List.of(Fault.DISK_FULL, Fault.UNKNOWN_LOST, Fault.UNKNOWN_COMMITTED)) {
            bench.store.failNext(fault);
            endpoint.found(report, verdicts::add);
            tasks.runAll();
            assertThat(verdicts).as("after %s", fault).isEmpty();
        }
        endpoint.found(report, verdicts::add);
        tasks.runAll();
        assertThat(verdicts).hasSize(1);
        assertThat(bench.runs("/a")).hasSize(1);
    }

    /** A reader that took them up as fetched already would find them gone in the middle of its work. */
    @Test
    void bytesThatAreAboutToBeReleasedAreNotUnknown() {
        ManagerEndpoint endpoint = endpoint();
        long mail = bench.quarantinedAtTheServer("x");
        Report.Match late = new Report.Match(
                mail, new RawMail("late", 100, "aa"), bench.catalogue(mail).summary());
        bench.take(new Report.MailsTested(bench.ids.next(), "start/over", "1-over", List.of(late), List.of()));
        assertThat(bench.outbox()).containsExactly("release/late");
        List<Set<String>> unknown = new ArrayList<>();
        endpoint.unknown(List.of("late", "other"), unknown::add);
        tasks.runAll();
        assertThat(unknown).containsExactly(Set.of("other"));
    }

    @Test
    void reportIsNotTakenBeforeItsCommit() {
        ManagerEndpoint endpoint = endpoint();
        bench.define(jobnet("/a", null));
        Run run = bench.start("/a");
        Report report = new Report.AttemptEnded(
                bench.ids.next(), new AttemptId(run.id(), "a", 1), new AttemptOutcome.Exited(0));
        List<String> taken = new ArrayList<>();
        bench.store.failNext(Fault.DISK_FULL);
        endpoint.report(report, () -> taken.add("first"));
        tasks.runAll();
        assertThat(taken).isEmpty();
        endpoint.report(report, () -> taken.add("second"));
        tasks.runAll();
        assertThat(taken).containsExactly("second");
        assertThat(bench.run(run.id()).status().ended()).isTrue();
    }

    @Test
    void commandWithABugDoesNotHarmTheOthersOfItsBatch() {
        bench.define(jobnet("/a", null));
        List<Reply> replies = bench.batch(
                new Command.StartRun(bench.ids.next(), "/a"),
                new Command.TimerFired("timeout/not-a-run/a/1"),
                new Command.StartRun(bench.ids.next(), "/a"));
        assertThat(replies).hasSize(3);
        assertThat(replies.get(0)).isInstanceOf(Reply.Started.class);
        assertThat(((Reply.Refused) replies.get(1)).problem().id()).isEqualTo(ManagerMessage.BUG.id());
        assertThat(replies.get(2)).isInstanceOf(Reply.Started.class);
        assertThat(bench.runs("/a")).hasSize(2);
    }

    @Test
    void linkThatBreaksAfterTheCommitDoesNotMakeTheBatchHappenTwice() {
        bench.define(jobnet("/a", null));
        bench.agent.broken = true;
        Run one = bench.start("/a");
        List<Reply> replies = bench.batch(new Command.KillRun(one.id()), new Command.StartRun(bench.ids.next(), "/a"));
        assertThat(replies).hasSize(2);
        assertThat(replies.getFirst()).isInstanceOf(Reply.Done.class);
        assertThat(bench.runs("/a")).hasSize(2);
    }

    @Test
    void whoeverWaitsForAReplyAndFailsDoesNotHarmTheOthers() {
        bench.define(jobnet("/a", null));
        List<Reply> replies = new ArrayList<>();
        bench.manager.process(List.of(
                new Manager.Envelope(new Command.StartRun(bench.ids.next(), "/a"), reply -> {
                    throw new IllegalStateException("the caller is gone");
                }),
                new Manager.Envelope(new Command.StartRun(bench.ids.next(), "/a"), replies::add)));
        assertThat(replies).hasSize(1);
        assertThat(bench.runs("/a")).hasSize(2);
    }

    @Test
    void inboxTakesOneBatchAtATimeAndRefusesWhatIsTooMuch() {
        bench.define(jobnet("/a", null));
        Inbox inbox = new Inbox(bench.manager, tasks);
        List<Reply> replies = new ArrayList<>();
        int limit = bench.settings.inbox();
        Command vain = new Command.ClearAlarm(1);
        for (int i = 0; i < limit; i++) {
            inbox.put(vain, reply -> {});
        }
        inbox.put(vain, replies::add);
        assertThat(((Reply.Refused) replies.getFirst()).problem().id()).isEqualTo(ManagerMessage.INBOX_FULL.id());
        assertThat(tasks.waiting).hasSize(1);
        tasks.runAll();
        inbox.put(new Command.StartRun(bench.ids.next(), "/a"), replies::add);
        inbox.close();
        inbox.put(vain, replies::add);
        assertThat(((Reply.Refused) replies.get(1)).problem().id()).isEqualTo(ManagerMessage.STOPPING.id());
        tasks.runAll();
        assertThat(replies.get(2)).isInstanceOf(Reply.Started.class);
    }

    @Test
    void inboxGoesOnBehindACommandThatEndedTheTask() {
        Inbox inbox = new Inbox(bench.manager, tasks);
        bench.define(jobnet("/a", null));
        inbox.put(new Command.StartRun(bench.ids.next(), "/a"), reply -> {
            throw new StackOverflowError();
        });
        try {
            tasks.runAll();
        } catch (StackOverflowError expected) {
            assertThat(expected).isNotNull();
        }
        List<Reply> replies = new ArrayList<>();
        inbox.put(new Command.StartRun(bench.ids.next(), "/a"), replies::add);
        tasks.runAll();
        assertThat(replies).hasSize(1);
    }

    @Test
    void timerIsTakenInWhenThatIsDurableAndNotBefore() {
        Job timed = new Job("a", List.of(), rule("x"), Duration.ofMinutes(1), Job.OnTimeout.WARNING);
        bench.define(jobnet("/a", null, Jobnet.Overlap.ALLOW, timed));
        Run run = bench.start("/a");
        String timer = "timeout/" + run.id() + "/a/1";
        bench.store.failNext(Fault.DISK_FULL);
        assertThatThrownBy(() -> bench.manager.fire(timer)).isInstanceOf(IllegalStateException.class);
        assertThat(bench.run(run.id()).status().ended()).isFalse();
        bench.manager.fire(timer);
        assertThat(bench.run(run.id()).status()).isEqualTo(RunStatus.ENDED_WITH_WARNING);
    }

    @Test
    void startsOfOneBatchShareOneCommitAndQueueInTheirOrder() {
        bench.define(jobnet("/a", null, Jobnet.Overlap.QUEUE, job("a", COMMAND)));
        long before = bench.store.commits();
        bench.batch(new Command.StartRun(bench.ids.next(), "/a"), new Command.StartRun(bench.ids.next(), "/a"));
        assertThat(bench.store.commits()).isEqualTo(before + 1);
        assertThat(bench.runs("/a")).extracting(run -> run.status().name()).containsExactly("RUNNING", "QUEUED");
    }
}
