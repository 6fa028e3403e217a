package ekiden.manager;

import static ekiden.manager.Bench.COMMAND;
import static ekiden.manager.Bench.WRONG;
import static ekiden.manager.Bench.job;
import static ekiden.manager.Bench.jobnet;
import static ekiden.manager.Bench.rule;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail.ClaimRule;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import ekiden.model.run.Run;
import ekiden.timer.Timers.Due;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept for its time goes then, and nothing else does; a sweep looks at three rows at a time here. */
class RetentionTest {
    private static final String FIRST_MAILS = "retention/mails/0";
    private static final String FIRST_RUNS = "retention/runs/" + new UUID(0, 0);

    private final Bench bench = new Bench();

    @BeforeEach
    void begin() {
        bench.give(new Command.Begin());
    }

    private String watch(AfterReceive after) {
        return "start/" + bench.define(jobnet("/a", rule("x", ClaimRule.ALL, after)));
    }

    private long taken(String subject, String watch) {
        long mail = bench.kept(bench.mail(subject, watch)).mail();
        bench.saved(mail + "@" + watch);
        return mail;
    }

    private void later() {
        bench.clock.advance(bench.settings.keepMails().plusMillis(1));
    }

    /** Fires the timers of a sweep until it is at its end. {@return in how many transactions} */
    private int sweep(String first) {
        bench.give(new Command.TimerFired(first));
        int fired = 1;
        String prefix = first.substring(0, first.lastIndexOf('/') + 1);
        for (List<Due> due = due(prefix, first); !due.isEmpty(); due = due(prefix, first)) {
            bench.give(new Command.TimerFired(due.getFirst().id()));
            bench.store.write(tx -> {
                tx.timers().cancel(due(prefix, first).getFirst().id());
                return true;
            });
            fired++;
        }
        return fired;
    }

    private List<Due> due(String prefix, String first) {
        return bench.store.timers().stream()
                .filter(timer -> timer.id().startsWith(prefix) && !timer.id().equals(first))
                .toList();
    }

    private List<String> released() {
        return bench.outbox().stream().filter(key -> key.startsWith("release/")).toList();
    }

    private List<String> forgotten() {
        return bench.outbox().stream().filter(key -> key.startsWith("forget/")).toList();
    }

    @Test
    void bytesOfATakenMailGoWhenTheirTimeIsOverAndItsRowStays() {
        String watch = watch(AfterReceive.NONE);
        long mail = taken("x1", watch);
        bench.clock.advance(bench.settings.keepMails());
        sweep(FIRST_MAILS);
        assertThat(released()).isEmpty();
        bench.clock.advance(Duration.ofMillis(1));
        sweep(FIRST_MAILS);
        assertThat(released()).containsExactly("release/place-1");
        assertThat(bench.catalogue(mail).raw()).isNotNull();
        bench.take(new Report.RawReleased(bench.ids.next(), "place-1"));
        assertThat(bench.catalogue(mail).raw()).isNull();
        assertThat(bench.claims(mail)).hasSize(1);
        assertThat(released()).isEmpty();
    }

    @Test
    void bytesOfAMailThatWaitsAreKeptForALateWatch() {
        watch(AfterReceive.NONE);
        bench.kept(bench.mail("y"));
        later();
        sweep(FIRST_MAILS);
        assertThat(released()).isEmpty();
    }

    @Test
    void bytesInQuarantineAreKept() {
        bench.kept(bench.unreadable("q"));
        later();
        sweep(FIRST_MAILS);
        assertThat(released()).isEmpty();
    }

    @Test
    void bytesAreKeptWhileFilesAreMissing() {
        String watch = watch(AfterReceive.NONE);
        bench.kept(bench.mail("x1", watch));
        long failed = bench.kept(bench.mail("x2", watch)).mail();
        bench.notSaved(failed + "@" + watch);
        later();
        sweep(FIRST_MAILS);
        assertThat(released()).isEmpty();
    }

    @Test
    void bytesAreKeptWhileTheActionAfterwardsIsToBeDone() {
        String watch = watch(AfterReceive.READ);
        long mail = taken("x1", watch);
        later();
        sweep(FIRST_MAILS);
        assertThat(released()).isEmpty();
        bench.acted(mail, null);
        sweep(FIRST_MAILS);
        assertThat(released()).hasSize(1);
    }

    @Test
    void bytesAreKeptWhileAWatchThatLivedThenHasNotBeenTested() {
        String early = watch(AfterReceive.NONE);
        bench.kept(bench.mail("late y"));
        String late = "start/" + bench.define(jobnet("/b", rule("late")));
        taken("x late", early);
        later();
        sweep(FIRST_MAILS);
        assertThat(released()).isEmpty();
        bench.tested(late, 1);
        bench.tested(late, 2);
        sweep(FIRST_MAILS);
        assertThat(released()).hasSize(1);
    }

    @Test
    void oneRowMoreThanASweepLooksAtIsOneTransactionMore() {
        String watch = watch(AfterReceive.NONE);
        for (int i = 1; i <= 4; i++) {
            taken("x" + i, watch);
        }
        later();
        assertThat(sweep(FIRST_MAILS)).isEqualTo(2);
        assertThat(released()).hasSize(4);
        assertThat(bench.agent.assigned(Assignment.ReleaseRaw.class)).hasSize(4);
    }

    /** Ids of one millisecond have no order. */
    private Run ended(AttemptOutcome outcome) {
        bench.clock.advance(Duration.ofMillis(1));
        Run run = bench.start("/r");
        bench.ended(new AttemptId(run.id(), "a", 1), outcome);
        return run;
    }

    private void unit() {
        bench.define(jobnet("/r", null, Jobnet.Overlap.ALLOW, job("a", COMMAND)));
    }

    @Test
    void runGoesWithItsHistoryWhenItsAttemptsAreGone() {
        unit();
        Run old = ended(new AttemptOutcome.Exited(0));
        Run newest = ended(new AttemptOutcome.Exited(0));
        later();
        sweep(FIRST_RUNS);
        assertThat(forgotten()).containsExactly("forget/" + old.id());
        assertThat(bench.runs("/r")).hasSize(2);
        bench.take(new Report.RunForgotten(bench.ids.next(), old.id()));
        assertThat(bench.runs("/r")).extracting(Run::id).containsExactly(newest.id());
        assertThat(bench.<List<?>>read(tx -> tx.runs().history(old.id(), 0, 10)))
                .isEmpty();
        assertThat(forgotten()).isEmpty();
        assertThat(bench.start("/r").number()).isEqualTo(3);
    }

    private void temporary() {
        bench.define(jobnet("/mail-wait/m/1a", null, Jobnet.Overlap.ALLOW, job("a", COMMAND)));
        for (int i = 0; i < 2; i++) {
            bench.clock.advance(Duration.ofMillis(1));
            Run run = bench.start("/mail-wait/m/1a");
            bench.ended(new AttemptId(run.id(), "a", 1), new AttemptOutcome.Exited(0));
        }
    }

    /** The call that was killed fetches them when it comes again. */
    @Test
    void runsOfATemporaryUnitAreKeptWhileItIsDefined() {
        temporary();
        later();
        sweep(FIRST_RUNS);
        assertThat(forgotten()).isEmpty();
    }

    @Test
    void runsOfATemporaryUnitThatIsGoneGoToTheLast() {
        temporary();
        bench.give(new Command.Delete("/mail-wait/m/1a"));
        later();
        sweep(FIRST_RUNS);
        assertThat(forgotten()).hasSize(2);
    }

    @Test
    void runsInDoubtAndRunsThatGoOnAreKept() {
        unit();
        ended(new AttemptOutcome.Unknown(WRONG));
        ended(new AttemptOutcome.Uncertain(WRONG, null));
        bench.start("/r");
        bench.start("/r");
        later();
        assertThat(sweep(FIRST_RUNS)).isEqualTo(2);
        assertThat(forgotten()).isEmpty();
    }

    @Test
    void sweepThatWasCutOffGoesOnWhereItWasThoughTheProcessBeganAnew() {
        unit();
        for (int i = 0; i < 7; i++) {
            ended(new AttemptOutcome.Exited(0));
        }
        later();
        bench.give(new Command.TimerFired(FIRST_RUNS));
        assertThat(forgotten()).hasSize(3);
        bench.give(new Command.Begin());
        sweep(FIRST_RUNS);
        assertThat(forgotten()).hasSize(6).doesNotHaveDuplicates();
    }
}
