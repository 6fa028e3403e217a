package ekiden.manager;

import static ekiden.manager.Bench.COMMAND;
import static ekiden.manager.Bench.job;
import static ekiden.manager.Bench.jobnet;
import static ekiden.manager.Bench.rule;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail.ClaimRule;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailIdentity;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.model.run.Watch;
import ekiden.timer.Timers.Due;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A watch that comes later than the mails: first tested against those that wait, then in the stream, with nothing between. */
class LateWatchTest {
    private final Bench bench = new Bench(2);

    private String late(String unit, AfterReceive after) {
        return "start/" + bench.define(jobnet(unit, rule("x", ClaimRule.ALL, after)));
    }

    private String late(String unit) {
        return late(unit, AfterReceive.NONE);
    }

    private Watch only(String id) {
        return bench.watches().stream()
                .filter(watch -> watch.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<Long> lastBatch() {
        return bench.agent.assigned(Assignment.TestMails.class).getLast().mails().stream()
                .map(Assignment.Candidate::mail)
                .toList();
    }

    @Test
    void mailsThatWaitAreTestedInBatchesAndThenTheWatchJoins() {
        for (int i = 1; i <= 3; i++) {
            bench.kept(bench.mail("x" + i));
        }
        String watch = late("/a");
        assertThat(lastBatch()).containsExactly(1L, 2L);
        assertThat(only(watch).joined()).isFalse();
        bench.tested(watch, 2, 1L);
        assertThat(lastBatch()).containsExactly(3L);
        bench.tested(watch, 3, 3L);
        assertThat(only(watch).joined()).isTrue();
        assertThat(bench.runs("/a")).hasSize(2);
        assertThat(bench.outbox()).allMatch(key -> key.startsWith("save/"));
    }

    @Test
    void mailThatArrivesWhileTheWatchIsTestedIsTestedToo() {
        bench.kept(bench.mail("x1"));
        String watch = late("/a");
        Verdict.KeptMail between = bench.kept(bench.mail("x2"));
        assertThat(between.takenBy()).isEmpty();
        bench.tested(watch, 1);
        assertThat(lastBatch()).containsExactly(2L);
        Report.Found underOldList = bench.mail("x3");
        bench.tested(watch, 2, 2L);
        assertThat(only(watch).joined()).isTrue();
        assertThat(bench.found(underOldList)).isInstanceOf(Verdict.Stale.class);
        assertThat(bench.runs("/a")).hasSize(1);
    }

    @Test
    void claimedMailsThatWereThereBeforeAreNotOffered() {
        String early = late("/a");
        bench.kept(bench.mail("x1", early));
        late("/b");
        assertThat(bench.agent.assigned(Assignment.TestMails.class)).isEmpty();
    }

    @Test
    void claimedMailThatCameAfterTheWatchIsOffered() {
        bench.kept(bench.mail("x1"));
        String early = late("/a");
        bench.tested(early, 1);
        String watch = late("/b");
        assertThat(lastBatch()).containsExactly(1L);
        bench.kept(bench.mail("x2", early));
        bench.tested(watch, 1);
        assertThat(lastBatch()).containsExactly(2L);
        bench.tested(watch, 2, 2L);
        assertThat(bench.claims(2)).hasSize(2);
    }

    @Test
    void mailThatSomebodyTookMeanwhileIsNotTakenFromTheTime() {
        bench.kept(bench.mail("x1"));
        String one = late("/a");
        String two = late("/b");
        bench.tested(one, 1, 1L);
        bench.tested(two, 1, 1L);
        assertThat(bench.claims(1)).extracting(claim -> claim.watch()).containsExactly(one);
    }

    @Test
    void waitingJobTakesOnlyTheOldestMailAndIsTestedNoFurther() {
        bench.kept(bench.mail("x1"));
        bench.kept(bench.mail("x2"));
        bench.define(jobnet("/a", null, Jobnet.Overlap.ALLOW, job("w", rule("x"))));
        Run run = bench.start("/a");
        String watch = "job/" + run.id() + "/w/1";
        bench.tested(watch, 2, 1L, 2L);
        assertThat(bench.claims(1)).hasSize(1);
        assertThat(bench.claims(2)).isEmpty();
        assertThat(bench.watches()).isEmpty();
        assertThat(bench.outbox()).containsExactly("save/1@" + watch);
    }

    @Test
    void mailThatComesOutOfQuarantineWhileTheNextOnesAreTestedIsTakenBeforeThem() {
        bench.kept(bench.unreadable("x1"));
        bench.kept(bench.mail("x2"));
        bench.define(jobnet("/a", null, Jobnet.Overlap.ALLOW, job("w", rule("x"))));
        Run run = bench.start("/a");
        String watch = "job/" + run.id() + "/w/1";
        assertThat(lastBatch()).containsExactly(2L);
        bench.give(new Command.ReleaseMail(1));
        bench.take(new Report.QuarantineDone(bench.ids.next(), 1, bench.mail("x1")));
        bench.tested(watch, 2, 2L);
        assertThat(lastBatch()).containsExactly(1L, 2L);
        bench.tested(watch, 2, 1L, 2L);
        assertThat(bench.claims(1)).hasSize(1);
        assertThat(bench.claims(2)).isEmpty();
    }

    /** Nobody would ever answer it: the reader of a closed watch is told nothing of it, and its mails may have other names by then. */
    @Test
    void batchOfAWatchThatClosesIsNotAskedAnyMore() {
        bench.kept(bench.mail("x1"));
        bench.define(jobnet("/a", null, Jobnet.Overlap.ALLOW, job("w", rule("x"))));
        Run run = bench.start("/a");
        assertThat(bench.outbox()).anyMatch(key -> key.startsWith("test/"));
        bench.give(new Command.KillRun(run.id()));
        assertThat(bench.watches()).isEmpty();
        assertThat(bench.outbox()).noneMatch(key -> key.startsWith("test/"));
    }

    @Test
    void batchThatIsToldTwiceCountsOnce() {
        bench.kept(bench.mail("x1"));
        String watch = late("/a");
        bench.tested(watch, 1, 1L);
        bench.tested(watch, 1, 1L);
        assertThat(bench.runs("/a")).hasSize(1);
        assertThat(only(watch).joined()).isTrue();
    }

    /** The mails have other names since, or more mails are in it: what was found in the batch before says nothing of them. */
    @Test
    void reportOfABatchThatWasPutAnewDoesNotCountForTheNewOneThoughBothLeadAsFar() {
        bench.kept(bench.mail("x1"));
        bench.kept(bench.mail("x2"));
        String watch = late("/a");
        Assignment.TestMails now =
                bench.agent.assigned(Assignment.TestMails.class).getLast();
        Assignment.TestMails before = new Assignment.TestMails(
                watch, now.conditions(), List.of(now.mails().getLast()));
        assertThat(before.batch()).isNotEqualTo(now.batch());
        bench.take(new Report.MailsTested(bench.ids.next(), watch, before.batch(), List.of(), List.of()));
        assertThat(only(watch).joined()).isFalse();
        assertThat(bench.outbox()).containsExactly(now.key());
        bench.tested(watch, 2, 1L, 2L);
        assertThat(only(watch).joined()).isTrue();
        assertThat(bench.runs("/a")).hasSize(2);
    }

    @Test
    void sameMailsUnderOtherNamesAreAnotherBatch() {
        bench.kept(bench.mail("x1"));
        String watch = late("/a");
        Assignment.TestMails now =
                bench.agent.assigned(Assignment.TestMails.class).getLast();
        Assignment.Candidate one = now.mails().getFirst();
        MailIdentity other = new MailIdentity(one.identity().mailbox(), "other");
        Assignment.TestMails renamed = new Assignment.TestMails(
                watch,
                now.conditions(),
                List.of(new Assignment.Candidate(one.mail(), other, one.raw(), one.trace(), one.summary())));
        assertThat(renamed.batch()).isNotEqualTo(now.batch());
        assertThat(new Assignment.TestMails(watch, now.conditions(), now.mails()).key())
                .isEqualTo(now.key());
    }

    @Test
    void batchOfAWatchThatIsGoneIsForgotten() {
        bench.kept(bench.mail("x1"));
        String watch = late("/a");
        bench.give(new Command.Delete("/a"));
        bench.tested(watch, 1, 1L);
        assertThat(bench.runs("/a")).isEmpty();
        assertThat(bench.outbox()).isEmpty();
    }

    @Test
    void mailReleasedWhileTheWatchIsTestedIsNotPassedOver() {
        bench.kept(bench.unreadable("q"));
        bench.kept(bench.mail("x2"));
        String watch = late("/a");
        assertThat(lastBatch()).containsExactly(2L);
        bench.give(new Command.ReleaseMail(1));
        bench.take(new Report.QuarantineDone(bench.ids.next(), 1, bench.mail("x1")));
        bench.tested(watch, 2, 2L);
        assertThat(only(watch).joined()).isFalse();
        assertThat(lastBatch()).startsWith(1L);
        assertThat(bench.claims(2)).as("its turn is behind it").isEmpty();
        bench.tested(watch, lastBatch().getLast(), 1L, 2L);
        assertThat(only(watch).joined()).isTrue();
        assertThat(bench.claims(1)).hasSize(1);
        assertThat(bench.claims(2)).hasSize(1);
    }

    @Test
    void mailReleasedBehindTheTestedOnesIsNotPassedOverEither() {
        bench.kept(bench.unreadable("q"));
        for (int i = 2; i <= 5; i++) {
            bench.kept(bench.mail("x" + i));
        }
        String watch = late("/a");
        bench.tested(watch, 3);
        assertThat(lastBatch()).containsExactly(4L, 5L);
        bench.give(new Command.ReleaseMail(1));
        bench.take(new Report.QuarantineDone(bench.ids.next(), 1, bench.mail("x1")));
        bench.tested(watch, 5);
        int rounds = 0;
        while (!only(watch).joined() && rounds++ < 10) {
            List<Long> batch = lastBatch();
            Long[] matches = batch.stream().filter(mail -> mail == 1).toArray(Long[]::new);
            bench.tested(watch, batch.getLast(), matches);
        }
        assertThat(only(watch).joined()).isTrue();
        assertThat(bench.claims(1)).hasSize(1);
    }

    @Test
    void afterReceiveWaitsForAWatchThatLivedWhenTheMailCame() {
        bench.kept(bench.mail("xy"));
        String early = late("/a", AfterReceive.READ);
        bench.tested(early, 1);
        String watch = late("/b");
        bench.kept(bench.mail("x", early));
        bench.saved("2@" + early);
        assertThat(bench.agent.assigned(Assignment.DoAfterReceive.class)).isEmpty();
        bench.tested(watch, 1);
        bench.tested(watch, 2);
        assertThat(bench.agent.assigned(Assignment.DoAfterReceive.class)).hasSize(1);
    }

    @Test
    void afterReceiveDoesNotWaitForAWatchThatIsGone() {
        bench.kept(bench.mail("xy"));
        String early = late("/a", AfterReceive.READ);
        bench.tested(early, 1);
        late("/b");
        bench.kept(bench.mail("x", early));
        bench.saved("2@" + early);
        bench.give(new Command.Delete("/b"));
        assertThat(bench.agent.assigned(Assignment.DoAfterReceive.class)).hasSize(1);
    }

    @Test
    void afterReceiveDoesNotWaitForAJobThatTookAnotherMail() {
        bench.kept(bench.mail("xy"));
        String early = late("/a", AfterReceive.READ);
        bench.tested(early, 1);
        bench.define(jobnet("/b", null, Jobnet.Overlap.ALLOW, job("w", rule("y"))));
        Run run = bench.start("/b");
        bench.kept(bench.mail("x", early));
        bench.saved("2@" + early);
        assertThat(bench.agent.assigned(Assignment.DoAfterReceive.class)).isEmpty();
        bench.tested("job/" + run.id() + "/w/1", 1, 1L);
        assertThat(bench.agent.assigned(Assignment.DoAfterReceive.class)).hasSize(1);
    }

    @Test
    void olderWatchGoesFirstThoughTheClockWentBack() {
        String first = "start/" + bench.define(jobnet("/a", rule("x", ClaimRule.FIRST, AfterReceive.NONE)));
        bench.clock.advance(Duration.ofHours(-1));
        String second = "start/" + bench.define(jobnet("/b", rule("x", ClaimRule.FIRST, AfterReceive.NONE)));
        String third = "start/" + bench.define(jobnet("/c", rule("x", ClaimRule.FIRST, AfterReceive.NONE)));
        assertThat(bench.kept(bench.mail("x1", third, second, first)).takenBy()).containsExactly(first);
        bench.give(new Command.Delete("/a"));
        assertThat(bench.kept(bench.mail("x2", third, second)).takenBy()).containsExactly(second);
    }

    @Test
    void watchBornAmongManyMailsTestsOnlyThoseThatWait() {
        String early = late("/a");
        for (int i = 0; i < 20; i++) {
            bench.kept(bench.mail("x" + i, early));
        }
        bench.kept(bench.mail("y"));
        UUID id = bench.define(jobnet("/b", rule("y"), Jobnet.Overlap.ALLOW, job("a", COMMAND)));
        assertThat(lastBatch()).containsExactly(21L);
        bench.tested("start/" + id, 21, 21L);
        assertThat(bench.runs("/b")).extracting(Run::status).containsExactly(RunStatus.PREPARING);
    }

    @Test
    void mailsThatTheCatalogueRulesOutAreNotOpened() {
        bench.kept(bench.mail("y1"));
        bench.kept(bench.mail("x2"));
        bench.kept(bench.mail("y3"));
        bench.kept(bench.mail("x4"));
        String watch = late("/a");
        assertThat(lastBatch()).containsExactly(2L, 4L);
        bench.tested(watch, 4, 2L, 4L);
        assertThat(only(watch).joined()).isTrue();
        assertThat(bench.runs("/a")).hasSize(2);
        assertThat(bench.catalogue(1).state()).isEqualTo(CatalogueMail.State.UNREAD);
        assertThat(bench.claims(1)).isEmpty();
    }

    private static Bench withOldMails(int looked, int count) {
        Bench many = new Bench(2, looked);
        for (int i = 1; i <= count; i++) {
            many.kept(many.mail("y" + i));
        }
        return many;
    }

    private static Watch watch(Bench many) {
        return many.watches().getFirst();
    }

    private static void fire(Bench many) {
        Due due = many.store.timers().getFirst();
        assertThat(many.give(new Command.TimerFired(due.id()))).isInstanceOf(Reply.Done.class);
        many.store.write(tx -> tx.timers().fired(due));
    }

    @Test
    void everythingElseHasItsTurnWhileManyOldMailsAreLookedThrough() {
        Bench many = withOldMails(3, 8);
        many.define(jobnet("/a", rule("x")));
        assertThat(watch(many).testedUpTo()).isEqualTo(3);
        assertThat(watch(many).joined()).isFalse();
        fire(many);
        assertThat(watch(many).testedUpTo()).isEqualTo(6);
        many.kept(many.mail("x9"));
        fire(many);
        assertThat(many.outbox())
                .containsExactly("test/" + watch(many).id() + "/"
                        + many.batch(watch(many).id(), 9));
        many.tested(watch(many).id(), 9, 9L);
        assertThat(watch(many).joined()).isTrue();
        assertThat(many.runs("/a")).hasSize(1);
        assertThat(many.store.timers()).isEmpty();
    }

    @Test
    void exactlyAsManyOldMailsAsALookTakesAreOneLookMore() {
        Bench many = withOldMails(3, 3);
        many.define(jobnet("/a", rule("x")));
        assertThat(watch(many).joined()).isFalse();
        fire(many);
        assertThat(watch(many).joined()).isTrue();
    }

    @Test
    void turnThatComesTwiceChangesNothing() {
        Bench many = withOldMails(3, 8);
        many.define(jobnet("/a", rule("x")));
        String first = many.store.timers().getFirst().id();
        fire(many);
        many.give(new Command.TimerFired(first));
        assertThat(watch(many).testedUpTo()).isEqualTo(6);
        assertThat(many.store.timers()).hasSize(1);
    }

    @Test
    void turnOfAWatchThatIsGoneIsForgotten() {
        Bench many = withOldMails(3, 8);
        many.define(jobnet("/a", rule("x")));
        many.give(new Command.Delete("/a"));
        fire(many);
        assertThat(many.watches()).isEmpty();
        assertThat(many.store.timers()).isEmpty();
    }

    @Test
    void mailReleasedBehindTheLookedThroughOnesIsNotPassedOver() {
        Bench many = new Bench(2, 3);
        many.kept(many.unreadable("q"));
        for (int i = 2; i <= 8; i++) {
            many.kept(many.mail("y" + i));
        }
        many.define(jobnet("/a", rule("x")));
        assertThat(watch(many).testedUpTo()).isEqualTo(4);
        many.give(new Command.ReleaseMail(1));
        many.take(new Report.QuarantineDone(many.ids.next(), 1, many.mail("x1")));
        fire(many);
        assertThat(many.outbox())
                .contains("test/" + watch(many).id() + "/"
                        + many.batch(watch(many).id(), 1));
    }
}
