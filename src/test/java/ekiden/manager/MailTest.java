package ekiden.manager;

import static ekiden.manager.Bench.BOX;
import static ekiden.manager.Bench.COMMAND;
import static ekiden.manager.Bench.job;
import static ekiden.manager.Bench.jobnet;
import static ekiden.manager.Bench.rule;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.link.WatchList;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail.ClaimRule;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.CatalogueMail.State;
import ekiden.model.mail.Sameness;
import ekiden.model.run.Claim;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.model.run.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MailTest {
    private static final AfterReceive DELETE = new AfterReceive(false, null, null, true);
    private final Bench bench = new Bench();

    private String watch(String unit, AfterReceive after) {
        return "start/" + bench.define(jobnet(unit, rule("x", ClaimRule.ALL, after)));
    }

    private String watch(String unit) {
        return watch(unit, AfterReceive.NONE);
    }

    /** A run with a job that waits; the id of its watch. */
    private String waitingJob(String unit, AfterReceive after) {
        bench.define(jobnet(unit, null, Jobnet.Overlap.ALLOW, job("w", rule("x", ClaimRule.ALL, after))));
        return "job/" + bench.start(unit).id() + "/w/1";
    }

    @Test
    void eachMatchingMailStartsARunThatBeginsWhenItsFilesAreComplete() {
        String watch = watch("/a");
        Verdict.KeptMail kept = bench.kept(bench.mail("x", watch));
        assertThat(kept).isEqualTo(new Verdict.KeptMail(1, false, true, List.of(watch)));
        Run run = bench.runs("/a").getFirst();
        assertThat(run.status()).isEqualTo(RunStatus.PREPARING);
        assertThat(run.claim()).isEqualTo("1@" + watch);
        assertThat(bench.agent.assigned(Assignment.SaveMail.class))
                .extracting(Assignment.SaveMail::folder, Assignment.SaveMail::folderName)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("/files/a/mail", "1-start"));
        bench.saved("1@" + watch);
        assertThat(bench.run(run.id()).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(bench.outbox()).containsExactly("attempt/" + run.id() + "/a/1");
    }

    @Test
    void mailThatMatchesNothingIsKnownAndWaits() {
        watch("/a");
        Verdict.KeptMail kept = bench.kept(bench.mail("y"));
        assertThat(kept.takenBy()).isEmpty();
        assertThat(bench.catalogue(kept.mail()).state()).isEqualTo(State.UNREAD);
        assertThat(bench.outbox()).isEmpty();
    }

    @Test
    void mailTestedBeforeAWatchJoinedIsTestedAgain() {
        String one = watch("/a");
        Report.Found mail = bench.mail("x", one);
        String two = watch("/b");
        Verdict verdict = bench.found(mail);
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Stale.class, stale -> {
            WatchList list = stale.lists().getFirst();
            assertThat(list.version()).isEqualTo(2);
            assertThat(list.watches()).extracting(WatchList.Entry::id).containsExactlyInAnyOrder(one, two);
        });
        List<CatalogueMail> mails = bench.read(tx -> tx.mails().list(BOX, null, 10));
        assertThat(mails).isEmpty();
        assertThat(bench.kept(bench.mail("x", one, two)).takenBy()).containsExactlyInAnyOrder(one, two);
    }

    @Test
    void watchThatLeftSinceTheMailWasTestedTakesNothing() {
        String one = watch("/a");
        Report.Found mail = bench.mail("x", one);
        bench.give(new Command.Delete("/a"));
        assertThat(bench.kept(mail).takenBy()).isEmpty();
    }

    @Test
    void oneMailEndsAWaitingJobAndTheNextOneDoesNot() {
        String watch = waitingJob("/a", AfterReceive.NONE);
        Run run = bench.runs("/a").getFirst();
        assertThat(bench.kept(bench.mail("x", watch)).takenBy()).containsExactly(watch);
        assertThat(bench.kept(bench.mail("x2", watch)).takenBy()).isEmpty();
        bench.saved("1@" + watch);
        assertThat(bench.run(run.id()).status()).isEqualTo(RunStatus.ENDED_NORMALLY);
    }

    @Test
    void twoMailsOfOneReportEndAWaitingJobOnce() {
        String watch = waitingJob("/a", AfterReceive.NONE);
        Verdict.Kept kept = (Verdict.Kept) bench.found(bench.mail("x", watch), bench.mail("x2", watch));
        assertThat(kept.mails()).extracting(mail -> mail.takenBy().size()).containsExactly(1, 0);
    }

    @Test
    void filesThatCannotBeSavedEndTheRunAbnormally() {
        String watch = watch("/a");
        bench.kept(bench.mail("x", watch));
        bench.notSaved("1@" + watch);
        assertThat(bench.runs("/a").getFirst().status()).isEqualTo(RunStatus.ENDED_ABNORMALLY);
        assertThat(bench.claims(1)).extracting(Claim::state).containsExactly(Claim.State.FAILED);
        assertThat(bench.catalogue(1).state()).isEqualTo(State.UNREAD);
    }

    @Test
    void reportOnMailsThatComesAgainGivesTheSameVerdict() {
        String watch = watch("/a");
        Report.Found mail = bench.mail("x", watch);
        Verdict first = bench.found(mail);
        watch("/b");
        assertThat(bench.found(atVersion(mail))).isEqualTo(first);
        assertThat(bench.runs("/a")).hasSize(1);
    }

    private Report.Found atVersion(Report.Found mail) {
        return new Report.Found(
                mail.identity(),
                mail.raw(),
                mail.received(),
                mail.sender(),
                mail.recipient(),
                mail.sameness(),
                mail.trace(),
                mail.seen(),
                mail.summary(),
                mail.problem(),
                bench.version(),
                mail.matches());
    }

    @Test
    void equalSubmissionWithinTheWindowJoinsTheFirst() {
        String watch = watch("/a");
        bench.kept(bench.mail("x", watch));
        bench.clock.advance(bench.settings.joinWindow());
        Verdict.KeptMail second = bench.kept(bench.mail("x", watch));
        assertThat(second).isEqualTo(new Verdict.KeptMail(1, true, false, List.of(watch)));
        assertThat(bench.runs("/a")).hasSize(1);
        List<Instant> joins = bench.read(tx -> tx.mails().joins(1));
        assertThat(joins).containsExactly(bench.clock.now());
    }

    @Test
    void equalSubmissionsOutsideTheWindowAreOtherMailsAndEachStartsTheWindowAnew() {
        String watch = watch("/a");
        bench.kept(bench.mail("x", watch));
        bench.clock.advance(bench.settings.joinWindow().plusMillis(1));
        Report.Found second = bench.mail("x", watch);
        assertThat(bench.kept(second).mail()).isEqualTo(2);
        assertThat(bench.kept(second)).as("told again").isEqualTo(new Verdict.KeptMail(2, false, true, List.of(watch)));
        bench.clock.advance(Duration.ofHours(1));
        assertThat(bench.kept(bench.mail("x", watch))).isEqualTo(new Verdict.KeptMail(2, true, false, List.of(watch)));
        bench.clock.advance(bench.settings.joinWindow());
        assertThat(bench.kept(bench.mail("x", watch)).mail()).isEqualTo(3);
        assertThat(bench.runs("/a")).hasSize(3);
    }

    @Test
    void lateRepeatOfAnOldReportStillKnowsItsOwnMail() {
        String watch = watch("/a");
        Report.Found first = bench.mail("x", watch);
        bench.kept(first);
        bench.clock.advance(bench.settings.joinWindow().plusMillis(1));
        bench.kept(bench.mail("x", watch));
        assertThat(bench.kept(first)).isEqualTo(new Verdict.KeptMail(1, false, true, List.of(watch)));
    }

    @Test
    void mailWithoutDateAndMessageIdJoinsForAShorterTime() {
        String watch = watch("/a");
        bench.kept(undated("x", watch));
        bench.clock.advance(bench.settings.joinWindowUndated());
        assertThat(bench.kept(undated("x", watch)).joined()).isTrue();
        bench.clock.advance(Duration.ofMillis(1));
        assertThat(bench.kept(undated("x", watch)).joined()).isFalse();
    }

    @Test
    void undatedMailAfterTheClockWentBackIsAMailOfItsOwn() {
        String watch = watch("/a");
        bench.kept(undated("x", watch));
        bench.clock.advance(bench.settings.joinWindowUndated().negated());
        assertThat(bench.kept(undated("x", watch)).joined()).isTrue();
        bench.clock.advance(Duration.ofMillis(-1));
        assertThat(bench.kept(undated("x", watch)).joined()).isFalse();
        assertThat(bench.kept(undated("x", watch)).mail()).isEqualTo(2);
        assertThat(bench.runs("/a")).hasSize(2);
    }

    @Test
    void reportOfAJoinedMailThatComesAgainIsNotedOnce() {
        String watch = watch("/a");
        bench.kept(bench.mail("x", watch));
        Report.Found again = bench.mail("x", watch);
        Verdict.KeptMail verdict = bench.kept(again);
        bench.clock.advance(Duration.ofSeconds(5));
        assertThat(bench.kept(again)).isEqualTo(verdict);
        List<Instant> joins = bench.read(tx -> tx.mails().joins(1));
        assertThat(joins).hasSize(1);
    }

    private Report.Found undated(String subject, String watch) {
        Report.Found mail = bench.mail(subject, watch);
        return new Report.Found(
                mail.identity(),
                mail.raw(),
                mail.received(),
                mail.sender(),
                mail.recipient(),
                Sameness.UNDATED,
                null,
                false,
                mail.summary(),
                null,
                mail.watchVersion(),
                mail.matches());
    }

    @Test
    void afterReceiveWaitsForTheFilesOfAllThatTookTheMail() {
        String one = watch("/a", AfterReceive.READ);
        String two = watch("/b", DELETE);
        bench.kept(bench.mail("x", one, two));
        bench.saved("1@" + one);
        assertThat(bench.agent.assigned(Assignment.DoAfterReceive.class)).isEmpty();
        bench.saved("1@" + two);
        assertThat(bench.agent.assigned(Assignment.DoAfterReceive.class))
                .extracting(Assignment.DoAfterReceive::action)
                .containsExactly(new AfterReceive(true, null, null, true));
        bench.acted(1, null);
        assertThat(bench.catalogue(1).state()).isEqualTo(State.REMOVED);
        String place = Objects.requireNonNull(bench.catalogue(1).raw()).place();
        assertThat(bench.outbox()).contains("release/" + place).doesNotContain("after/1");
        bench.take(new Report.RawReleased(bench.ids.next(), place));
        assertThat(bench.outbox()).noneMatch(key -> key.startsWith("release/"));
        assertThat(bench.catalogue(1).raw()).as("gone").isNull();
    }

    @Test
    void whatTheProfileSaysIsDoneBesideWhatTheJobWants() {
        bench.profileSays = new AfterReceive(false, "Taken", null, false);
        String watch = watch("/a", DELETE);
        bench.kept(bench.mail("x", watch));
        bench.saved("1@" + watch);
        assertThat(bench.agent.assigned(Assignment.DoAfterReceive.class))
                .extracting(Assignment.DoAfterReceive::action)
                .containsExactly(new AfterReceive(false, "Taken", null, true));
    }

    @Test
    void mailThatIsLeftAsItIsAsksForNothing() {
        String watch = watch("/a");
        bench.kept(bench.mail("x", watch));
        bench.saved("1@" + watch);
        assertThat(bench.agent.assigned(Assignment.DoAfterReceive.class)).isEmpty();
        assertThat(bench.catalogue(1).state()).isEqualTo(State.UNREAD);
    }

    @Test
    void mailWhoseFilesCouldNotBeSavedStaysAsItIs() {
        String one = watch("/a", DELETE);
        String two = watch("/b", DELETE);
        bench.kept(bench.mail("x", one, two));
        bench.notSaved("1@" + one);
        bench.saved("1@" + two);
        assertThat(bench.agent.assigned(Assignment.DoAfterReceive.class)).isEmpty();
    }

    @Test
    void markedReadMailIsNotOfferedToNewWatches() {
        String one = watch("/a", AfterReceive.READ);
        bench.kept(bench.mail("x", one));
        bench.saved("1@" + one);
        bench.acted(1, null);
        assertThat(bench.catalogue(1).state()).isEqualTo(State.READ);
        watch("/b");
        assertThat(bench.agent.assigned(Assignment.TestMails.class)).isEmpty();
    }

    @Test
    void afterReceiveThatCannotBeDoneIsAnAlarm() {
        String one = watch("/a", AfterReceive.READ);
        bench.kept(bench.mail("x", one));
        bench.saved("1@" + one);
        bench.acted(1, Bench.WRONG);
        assertThat(bench.openAlarms()).containsExactly("after/1");
        assertThat(bench.catalogue(1).state()).isEqualTo(State.UNREAD);
    }

    @Test
    void bytesThatAnotherMailNeedsAreNotReleased() {
        String watch = watch("/a", DELETE);
        Report.Found forUs = bench.mail("x", watch);
        Report.Found other = bench.mail("y");
        Report.Found sameBytes = new Report.Found(
                other.identity(),
                forUs.raw(),
                other.received(),
                other.sender(),
                "second@here.example",
                Sameness.DATED,
                null,
                false,
                other.summary(),
                null,
                bench.version(),
                List.of());
        bench.found(forUs, sameBytes);
        bench.saved("1@" + watch);
        bench.acted(1, null);
        assertThat(bench.agent.assigned(Assignment.ReleaseRaw.class)).isEmpty();
        assertThat(bench.catalogue(1).state()).isEqualTo(State.REMOVED);
    }

    @Test
    void valuesOfTheMailReachTheJobs() {
        var command = new ekiden.model.definition.RunCommand(
                List.of("load", "${start.subject}", "${start.body}"), java.util.Map.of(), null, 0, 4);
        UUID id = bench.define(jobnet("/a", rule("x"), Jobnet.Overlap.ALLOW, job("a", command)));
        bench.kept(bench.mail("x; rm -rf /", "start/" + id));
        bench.saved("1@start/" + id);
        assertThat(bench.agent
                        .assigned(Assignment.ExecuteCommand.class)
                        .getFirst()
                        .command())
                .containsExactly("load", "x; rm -rf /", "/files/x/body.txt");
    }

    @Test
    void killOfARunWhoseJobWaitsClosesItsWatch() {
        String watch = waitingJob("/a", AfterReceive.NONE);
        Run run = bench.runs("/a").getFirst();
        bench.give(new Command.KillRun(run.id()));
        assertThat(bench.watches()).isEmpty();
        assertThat(bench.agent.changed).hasSize(2);
        assertThat(bench.kept(bench.mail("x", watch)).takenBy()).isEmpty();
    }

    @Test
    void quarantinedMailRaisesAnAlarmAndMatchesNothing() {
        watch("/a");
        Verdict.KeptMail kept = bench.kept(bench.unreadable("x"));
        CatalogueMail mail = bench.catalogue(kept.mail());
        assertThat(mail.state()).isEqualTo(State.QUARANTINED);
        assertThat(mail.problem()).isEqualTo(Bench.WRONG);
        assertThat(bench.openAlarms()).containsExactly("quarantine/1");
        assertThat(bench.kept(bench.unreadable("x")).joined()).isTrue();
    }

    @Test
    void droppedMailIsReleasedAndItsAlarmCleared() {
        bench.kept(bench.unreadable("x"));
        bench.give(new Command.DropMail(1));
        assertThat(bench.catalogue(1).state()).isEqualTo(State.DROPPED);
        assertThat(bench.openAlarms()).isEmpty();
        assertThat(bench.outbox()).containsExactly("release/place-1");
        assertThat(bench.give(new Command.DropMail(1))).isInstanceOf(Reply.Refused.class);
        assertThat(bench.give(new Command.ReleaseMail(1))).isInstanceOf(Reply.Refused.class);
        assertThat(bench.give(new Command.ReleaseMail(9))).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void releasedMailThatCanBeReadIsTakenByTheWatchesOfNow() {
        bench.kept(bench.unreadable("x"));
        String watch = watch("/a");
        bench.give(new Command.ReleaseMail(1));
        assertThat(bench.outbox()).containsExactly("quarantine/1");
        bench.take(new Report.QuarantineDone(bench.ids.next(), 1, bench.mail("x", watch)));
        assertThat(bench.outbox()).doesNotContain("quarantine/1");
        assertThat(bench.openAlarms()).isEmpty();
        assertThat(bench.catalogue(1).summary().subject()).isEqualTo("x");
        assertThat(bench.claims(1)).extracting(Claim::watch).containsExactly(watch);
    }

    @Test
    void releasedMailThatStillCannotBeReadStays() {
        bench.kept(bench.unreadable("x"));
        bench.give(new Command.ReleaseMail(1));
        bench.take(new Report.QuarantineDone(bench.ids.next(), 1, bench.unreadable("x")));
        assertThat(bench.catalogue(1).state()).isEqualTo(State.QUARANTINED);
        assertThat(bench.openAlarms()).containsExactly("quarantine/1");
        assertThat(bench.outbox()).isEmpty();
    }

    @Test
    void releasedMailTestedWithAnOldListIsTestedAgainAndTheAgentGetsTheList() {
        bench.kept(bench.unreadable("x"));
        bench.give(new Command.ReleaseMail(1));
        Report.Found old = bench.mail("x");
        String watch = watch("/a");
        bench.agent.assigned.clear();
        bench.agent.changed.clear();
        bench.take(new Report.QuarantineDone(bench.ids.next(), 1, old));
        assertThat(bench.agent.changed).containsExactly(BOX);
        assertThat(bench.agent.assigned).hasSize(1);
        assertThat(bench.outbox()).containsExactly("quarantine/1");
        bench.take(new Report.QuarantineDone(bench.ids.next(), 1, bench.mail("x", watch)));
        assertThat(bench.claims(1)).hasSize(1);
    }

    @Test
    void mailDroppedWhileItWasReadAgainStaysDropped() {
        bench.kept(bench.unreadable("x"));
        String watch = watch("/a");
        bench.give(new Command.ReleaseMail(1));
        bench.give(new Command.DropMail(1));
        bench.take(new Report.QuarantineDone(bench.ids.next(), 1, bench.mail("x", watch)));
        assertThat(bench.catalogue(1).state()).isEqualTo(State.DROPPED);
        assertThat(bench.claims(1)).isEmpty();
        assertThat(bench.outbox()).doesNotContain("quarantine/1");
    }

    @Test
    void exclusiveWatchKeepsTheMailFromOthers() {
        UUID greedy = bench.define(jobnet("/a", rule("x", ClaimRule.EXCLUSIVE, AfterReceive.NONE)));
        String all = watch("/b");
        Verdict.KeptMail kept = bench.kept(bench.mail("x", all, "start/" + greedy));
        assertThat(kept.takenBy()).containsExactly("start/" + greedy);
        assertThat(bench.runs("/b")).isEmpty();
    }

    @Test
    void jobThatWaitsEndsWhenItsMailIsSavedAndItsSuccessorBegins() {
        bench.define(jobnet("/a", null, Jobnet.Overlap.ALLOW, job("w", rule("x")), job("next", COMMAND, "w")));
        Run run = bench.start("/a");
        String watch = "job/" + run.id() + "/w/1";
        bench.kept(bench.mail("x", watch));
        assertThat(bench.run(run.id()).job("w").status()).isEqualTo(JobStatus.SAVING);
        assertThat(bench.agent.assigned(Assignment.SaveMail.class).getFirst().folderName())
                .isEqualTo("1-w");
        bench.saved("1@" + watch);
        assertThat(bench.run(run.id()).job("next").status()).isEqualTo(JobStatus.QUEUED);
        assertThat(bench.watches()).extracting(Watch::id).isEmpty();
    }

    private void done(long mail, AfterReceive after) {
        String watch = watch("/t" + mail, after);
        bench.kept(bench.mail("x" + mail, watch));
        bench.saved(mail + "@" + watch);
        bench.acted(mail, null);
    }

    @Test
    void everyTransitionOfAMailIsDriven() {
        done(1, AfterReceive.READ);
        done(2, DELETE);
        bench.kept(bench.unreadable("q3"));
        bench.give(new Command.DropMail(3));
        bench.kept(bench.unreadable("q4"));
        bench.give(new Command.ReleaseMail(4));
        bench.take(new Report.QuarantineDone(bench.ids.next(), 4, bench.mail("q4")));
        changed("w5", CatalogueMail.On.VANISH);
        changed("w6", CatalogueMail.On.SEE_READ);
        long lost = bench.renumberedAway("q7");
        assertThat(List.of(1L, 2L, 3L, 4L, 5L, 6L, lost))
                .extracting(mail -> bench.catalogue(mail).state())
                .containsExactly(
                        State.READ,
                        State.REMOVED,
                        State.DROPPED,
                        State.UNREAD,
                        State.GONE,
                        State.READ_ELSEWHERE,
                        State.GONE);
        assertThat(CatalogueMail.TABLE.unvisited()).isEmpty();
    }

    /** A new watch is tested, and the mail is not what the catalogue says. */
    private void changed(String subject, CatalogueMail.On on) {
        long mail = bench.kept(bench.mail(subject)).mail();
        String watch = "start/" + bench.define(jobnet("/" + subject, rule(subject)));
        Report.Change change = new Report.Change(mail, bench.catalogue(mail).identity(), on);
        bench.take(
                new Report.MailsTested(bench.ids.next(), watch, bench.batch(watch, mail), List.of(), List.of(change)));
    }
}
