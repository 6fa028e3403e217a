package ekiden.manager;

import static ekiden.manager.Bench.jobnet;
import static ekiden.manager.Bench.rule;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.ReceiveMail.ClaimRule;
import ekiden.model.mail.CatalogueMail.State;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Sameness;
import ekiden.model.mail.Trace;
import ekiden.model.mail.UidKey;
import ekiden.model.mail.UidSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Mails that lie at a server, as the manager sees them. */
class ServerMailTest {
    private final Bench bench = new Bench();

    private Report.Found at(long uidValidity, long uid, String subject, @Nullable RawMail raw, String... matches) {
        Report.Found mail = bench.mail(subject, matches);
        return new Report.Found(
                new UidKey("INBOX", uidValidity, uid).identity(Bench.BOX),
                raw,
                mail.received(),
                null,
                null,
                Sameness.UID,
                new Trace(100, Objects.requireNonNull(mail.raw()).sha256()),
                false,
                mail.summary(),
                null,
                bench.version(),
                mail.matches());
    }

    private Verdict found(long uidValidity, Report.Found mail) {
        long uid = UidKey.of(mail.identity().key()).orElseThrow().uid();
        Report.Settled settled = new Report.Settled(Bench.BOX, "INBOX", uidValidity, UidSet.of(uid));
        Report.MailsFound report = new Report.MailsFound(bench.ids.next(), List.of(mail), settled);
        return ((Reply.Judged) bench.give(new Command.TakeMails(report))).verdict();
    }

    private Verdict.KeptMail kept(Report.Found mail) {
        return ((Verdict.Kept) found(7, mail)).mails().getFirst();
    }

    @Test
    void cursorIsCommittedWithTheMailsAndGrows() {
        kept(at(7, 3, "x", null));
        kept(at(7, 5, "y", null));
        assertThat(bench.<Cursor>read(
                        tx -> tx.cursors().find(Bench.BOX, "INBOX").orElseThrow()))
                .isEqualTo(new Cursor("INBOX", 7, UidSet.parse("3,5")));
    }

    @Test
    void reportUnderAnotherUidValidityChangesNothing() {
        kept(at(7, 3, "x", null));
        assertThat(found(8, at(8, 1, "y", null))).isEqualTo(new Verdict.Outdated(7));
        assertThat(bench.<Boolean>read(tx -> tx.mails().find(2).isEmpty())).isTrue();
    }

    @Test
    void theSameUidIsTheSameMailHoweverLateItComes() {
        String watch = "start/" + bench.define(jobnet("/a", rule("x")));
        Verdict.KeptMail first = kept(at(7, 3, "x", new RawMail("p1", 100, "aa"), watch));
        bench.clock.advance(java.time.Duration.ofDays(400));
        Verdict.KeptMail again = kept(at(7, 3, "x", new RawMail("p2", 100, "aa"), watch));
        assertThat(again.mail()).isEqualTo(first.mail());
        assertThat(again.rawKept()).isFalse();
        assertThat(bench.runs("/a")).hasSize(1);
    }

    @Test
    void otherContentUnderTheSameUidIsShownAndTakesNothing() {
        String watch = "start/" + bench.define(jobnet("/a", rule("x")));
        kept(at(7, 3, "x", new RawMail("p1", 100, "aa"), watch));
        kept(at(7, 3, "x2", new RawMail("p2", 100, "bb"), watch));
        assertThat(bench.runs("/a")).hasSize(1);
        assertThat(bench.openAlarms()).containsExactly("uid/orders/INBOX/7/3");
    }

    @Test
    void bytesThatNobodyTookAreNotKept() {
        Verdict.KeptMail mail = kept(at(7, 3, "x", new RawMail("p1", 100, "aa"), "start/" + bench.ids.next()));
        assertThat(mail.rawKept()).isFalse();
        assertThat(bench.catalogue(mail.mail()).raw()).isNull();
    }

    @Test
    void bytesThatATestBringsTooLateAreLetGo() {
        kept(at(7, 3, "x", null));
        Report.Match late = new Report.Match(
                1, new RawMail("late", 100, "aa"), bench.catalogue(1).summary());
        bench.take(new Report.MailsTested(bench.ids.next(), "start/over", "1-over", List.of(late), List.of()));
        assertThat(bench.outbox()).containsExactly("release/late");
    }

    @Test
    void mailThatIsGoneWhenItsActionComesIsGone() {
        String watch = "start/" + bench.define(jobnet("/a", rule("x", ClaimRule.ALL, AfterReceive.READ)));
        kept(at(7, 3, "x", new RawMail("p1", 100, "aa"), watch));
        bench.saved("1@" + watch);
        bench.take(new Report.AfterReceiveDone(bench.ids.next(), List.of(new Report.Treated(1, true, null))));
        assertThat(bench.catalogue(1).state()).isEqualTo(State.GONE);
        assertThat(bench.catalogue(1).raw()).isNull();
    }

    /** Nobody could look at it under its old number. */
    @Test
    void lateWatchGoesOnWithoutAMailThatWasLostWithItsNumber() {
        kept(at(7, 3, "x1", null));
        String early = "start/" + bench.define(jobnet("/a", rule("x")));
        bench.tested(early, 1);
        String late = "start/" + bench.define(jobnet("/b", rule("x")));
        kept(at(7, 4, "x2", new RawMail("p1", 100, "aa"), early));
        bench.tested(late, 1);
        assertThat(bench.outbox()).anyMatch(key -> key.startsWith("test/" + late + "/2-"));
        Report.Plan plan = new Report.Plan(0, 0, 0, UidSet.EMPTY);
        bench.take(new Report.Rebound(bench.ids.next(), Bench.BOX, "INBOX", 7, 8, List.of(), plan));
        assertThat(bench.outbox()).containsExactly("save/2@" + early);
        assertThat(bench.watches()).filteredOn(watch -> watch.id().equals(late)).allMatch(watch -> watch.joined());
    }

    /** The agent reads the mail again for the list of today; nobody would remember what it brought for yesterday's. */
    @Test
    void bytesOfAReleasedMailThatWasMatchedWithAnOldListAreLetGo() {
        long mail = bench.quarantinedAtTheServer("q");
        bench.give(new Command.ReleaseMail(mail));
        bench.define(jobnet("/a", rule("x")));
        Report.Found late = at(7, 1, "q", new RawMail("p1", 100, "aa"));
        bench.take(new Report.QuarantineDone(
                bench.ids.next(),
                mail,
                new Report.Found(
                        late.identity(),
                        late.raw(),
                        late.received(),
                        null,
                        null,
                        Sameness.UID,
                        late.trace(),
                        false,
                        late.summary(),
                        null,
                        0,
                        List.of())));
        assertThat(bench.catalogue(mail).state()).isEqualTo(State.QUARANTINED);
        assertThat(bench.outbox()).containsExactlyInAnyOrder("quarantine/" + mail, "release/p1");
    }

    /** They go with the order to release them; who takes the mail before that is carried out needs others. */
    @Test
    void releasedMailThatNobodyWantsHasNoBytesForALateWatch() {
        long mail = bench.quarantinedAtTheServer("x");
        bench.give(new Command.ReleaseMail(mail));
        bench.take(new Report.QuarantineDone(bench.ids.next(), mail, at(7, 1, "x", new RawMail("p1", 100, "aa"))));
        assertThat(bench.outbox()).containsExactly("release/p1");
        String watch = "start/" + bench.define(jobnet("/a", rule("x")));
        bench.tested(watch, mail, mail);
        assertThat(bench.claims(mail)).hasSize(1);
        assertThat(Objects.requireNonNull(bench.catalogue(mail).raw()).place()).isEqualTo("late-" + mail);
        assertThat(bench.outbox()).doesNotContain("release/late-" + mail);
    }

    /** Neither here nor there are bytes that a person could look at. */
    @Test
    void quarantinedMailThatIsNotFoundAgainAfterTheFolderWasRenumberedIsGone() {
        long mail = bench.renumberedAway("q");
        assertThat(bench.catalogue(mail).state()).isEqualTo(State.GONE);
        assertThat(bench.openAlarms()).containsExactly("uidvalidity/orders/INBOX/8");
        assertThat(bench.outbox()).isEmpty();
    }

    @Test
    void mailboxThatNeedsAPersonEndsTheJobsThatWaitOnIt() {
        String start = "start/" + bench.define(jobnet("/a", rule("x")));
        bench.define(jobnet("/w", null, ekiden.model.definition.Jobnet.Overlap.ALLOW, Bench.job("wait", rule("y"))));
        bench.start("/w");
        Report failing = new Report.MailboxFailing(bench.ids.next(), Bench.BOX, Bench.WRONG);
        bench.take(failing);
        bench.take(failing);
        assertThat(bench.runs("/w").getFirst().status()).isEqualTo(ekiden.model.run.RunStatus.ENDED_ABNORMALLY);
        assertThat(bench.watches()).extracting(watch -> watch.id()).containsExactly(start);
    }
}
