package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.mail.receive.ReaderPhase;
import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.ReaderSettings.Renumbered;
import ekiden.mail.receive.ReaderSettings.SameContent;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.CatalogueMail.State;
import ekiden.model.mail.UidSet;
import ekiden.testing.MemoryFolder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server numbers the mails of a folder anew, or puts one there a second time. */
class RenumberedFolderTest {
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private final ReaderWorld world = new ReaderWorld();

    private void first(ReaderSettings.FirstLook look) {
        ReaderSettings usual = world.settings;
        world.settings = new ReaderSettings(
                look,
                usual.attention(),
                usual.deadline(),
                usual.grace(),
                usual.maxSize(),
                usual.sameContent(),
                usual.renumbered(),
                usual.limits());
    }

    @Test
    void oldUnreadMailsStayOldWhereOnlyNewOnesCount() {
        first(ReaderSettings.FirstLook.NOW);
        world.deliver("order of yesterday");
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        world.inbox.renumber(98, 10);
        world.settle();
        assertThat(world.runs("/a")).as("none known").isEmpty();
        world.deliver("order 1");
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        world.inbox.renumber(99, 500);
        world.deliver("order 2");
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.alarm("uidvalidity/orders/INBOX/99").values())
                .containsEntry("known", "1")
                .containsEntry("added", "1")
                .containsEntry("unknown", "1");
    }

    @Test
    void newMailInAFolderAllOfWhoseMailsWereRemovedIsTakenWhereOnlyNewOnesCount() {
        first(ReaderSettings.FirstLook.NOW);
        world.deliver("order of yesterday");
        world.step(Duration.ofHours(1));
        world.start();
        world.define("/a", "order", new AfterReceive(false, null, null, true));
        world.step(MOMENT);
        world.deliver("order 1");
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.inbox.uids()).hasSize(1);
        world.step(Duration.ofHours(1));
        world.deliver("order 2");
        world.inbox.renumber(99, 1);
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.alarm("uidvalidity/orders/INBOX/99").values())
                .containsEntry("known", "0")
                .containsEntry("added", "1")
                .containsEntry("unknown", "1")
                .containsEntry("missing", "0");
    }

    @Test
    void mailWhoseHeaderTheServerChangedIsKnownByItsMessageId() {
        begin(AfterReceive.NONE);
        long uid = world.inbox.uids().getFirst();
        String text = new String(world.inbox.mail(uid).orElseThrow().bytes(), StandardCharsets.UTF_8);
        world.inbox.renumber(99, 1);
        world.inbox.reuse(1, ("X-Moved: yes\r\n" + text).getBytes(StandardCharsets.UTF_8), world.time.now());
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.alarm("uidvalidity/orders/INBOX/99").values())
                .containsEntry("known", "2")
                .containsEntry("added", "0");
    }

    @Test
    void copiesWithOneMessageIdAreNotToldApartByIt() {
        begin(AfterReceive.NONE);
        long uid = world.inbox.uids().getFirst();
        String text = new String(world.inbox.mail(uid).orElseThrow().bytes(), StandardCharsets.UTF_8);
        world.inbox.renumber(99, 1);
        world.inbox.reuse(1, ("X-Moved: yes\r\n" + text).getBytes(StandardCharsets.UTF_8), world.time.now());
        world.inbox.deliver(("X-Copy: yes\r\n" + text).getBytes(StandardCharsets.UTF_8), world.time.now());
        world.settle();
        assertThat(world.alarm("uidvalidity/orders/INBOX/99").values())
                .containsEntry("known", "1")
                .containsEntry("added", "2");
    }

    private void begin(AfterReceive after) {
        world.start();
        world.define("/a", "order", after);
        world.step(MOMENT);
        world.deliver("order 1");
        world.deliver("lunch");
        world.step(MOMENT);
        assertThat(world.runs("/a")).hasSize(1);
    }

    @Test
    void knownMailsNeverTriggerAgainAndNewOnesDo() {
        begin(AfterReceive.NONE);
        world.inbox.renumber(99, 500);
        world.deliver("order 2");
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.catalogue()).hasSize(3);
        assertThat(world.catalogue()).allMatch(mail -> mail.identity().key().startsWith("INBOX/99/"));
        assertThat(world.alarm("uidvalidity/orders/INBOX/99").values())
                .containsEntry("known", "2")
                .containsEntry("added", "1")
                .containsEntry("missing", "0");
    }

    @Test
    void folderThatIsRenumberedAgainWhileItIsComparedIsComparedAnew() {
        begin(AfterReceive.NONE);
        world.faults.emptySessionsOfRenumbered();
        Problem lost = Problem.of(ReceiveMessage.LOST, "host", "memory", "port", 0, "reply", "");
        world.faults.fail(lost);
        world.inbox.renumber(98, 500);
        world.faults.beforeSearch(() -> world.inbox.renumber(99, 1));
        world.settle();
        world.faults.fail(lost);
        world.settle();
        assertThat(world.runs("/a")).as("the mail is taken once").hasSize(1);
        assertThat(world.catalogue()).hasSize(2);
        assertThat(world.alarm("uidvalidity/orders/INBOX/99").values())
                .containsEntry("known", "2")
                .containsEntry("missing", "0");
    }

    /** More than one report tells of, so that some are known under the new UIDs and the folder is not. */
    private void halfKnownUnder(long uidValidity) {
        world.inbox.renumber(uidValidity, 1);
        String begin = "INBOX/" + uidValidity + "/";
        world.time.until(() -> world.catalogue().stream()
                .anyMatch(mail -> mail.identity().key().startsWith(begin)));
        assertThat(world.cursor().orElseThrow().uidValidity()).isEqualTo(7);
        assertThat(world.catalogue()).anyMatch(mail -> mail.identity().key().startsWith("INBOX/7/"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void folderThatIsRenumberedAgainBeforeAllIsToldIsTakenOnce(boolean killed) {
        begin(AfterReceive.NONE);
        for (int i = 0; i < FolderRebind.MOVES_AT_ONCE; i++) {
            world.deliver("lunch");
        }
        world.settle();
        halfKnownUnder(98);
        if (killed) {
            world.kill();
            world.inbox.renumber(99, 1);
            world.inbox.expunge(UidSet.of(2));
            world.start();
        } else {
            world.faults.fail(Problem.of(ReceiveMessage.LOST, "host", "memory", "port", 0, "reply", ""));
            world.inbox.renumber(99, 1);
            world.inbox.expunge(UidSet.of(2));
        }
        world.deliver("order 2");
        world.settle();
        assertThat(world.runs("/a")).as("a run for each order").hasSize(2);
        assertThat(world.catalogue())
                .hasSize(FolderRebind.MOVES_AT_ONCE + 3)
                .filteredOn(mail -> !mail.identity().key().startsWith("INBOX/99/"))
                .extracting(CatalogueMail::state)
                .containsExactly(State.GONE);
        assertThat(world.alarm("uidvalidity/orders/INBOX/99").values())
                .containsEntry("added", "1")
                .containsEntry("missing", "1");
    }

    @Test
    void copiesOfOneMailAreToldApartByWhenTheServerHadThem() {
        byte[] same = "Subject: order 1\r\nMessage-ID: <1@x>\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        long old = world.inbox.deliver(same, world.time.now());
        world.inbox.addFlags(UidSet.of(old), Set.of("\\Seen"));
        begin(AfterReceive.READ);
        world.step(MOMENT);
        long copy = world.inbox.deliver(same, world.time.now());
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        world.inbox.renumber(99, 1);
        world.settle();
        assertThat(world.catalogue())
                .filteredOn(mail -> "<1@x>".equals(mail.summary().messageId()))
                .extracting(mail -> mail.identity().key())
                .as("the copy was UID %s, and is the fourth", copy)
                .containsExactly("INBOX/99/4");
    }

    @Test
    void mailsThatWereRemovedFromHereDoNotCountAsMissing() {
        world.start();
        world.define("/a", "order", new AfterReceive(false, null, null, true));
        world.step(MOMENT);
        world.deliver("order 1");
        world.deliver("lunch");
        world.settle();
        world.inbox.renumber(99, 1);
        world.settle();
        assertThat(world.alarm("uidvalidity/orders/INBOX/99").values())
                .containsEntry("known", "1")
                .containsEntry("missing", "0");
    }

    @Test
    void readMailsThatNobodyKnowsCountAsSeenBefore() {
        long old = world.deliver("order 0");
        world.inbox.addFlags(UidSet.of(old), Set.of("\\Seen"));
        begin(AfterReceive.NONE);
        world.inbox.renumber(99, 1);
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.alarm("uidvalidity/orders/INBOX/99").values()).containsEntry("unknown", "1");
    }

    @Test
    void folderThatWasMadeAgainEmptyLosesItsMails() {
        begin(AfterReceive.NONE);
        world.inbox.expunge(UidSet.between(1, 1_000));
        world.inbox.renumber(99, 1);
        world.settle();
        assertThat(world.catalogue())
                .filteredOn(mail -> mail.summary().subject().equals("lunch"))
                .allMatch(mail -> mail.state() == State.GONE);
        world.deliver("order 2");
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
    }

    @Test
    void actionThatWaitsFollowsItsMail() {
        world.start();
        world.define("/a", "order", new AfterReceive(false, null, null, true));
        world.step(MOMENT);
        world.deliver("order 1");
        world.time.until(() -> world.outbox().stream().anyMatch(key -> key.startsWith("after/")));
        world.inbox.renumber(99, 40);
        world.settle();
        world.settle();
        assertThat(world.inbox.uids()).isEmpty();
        assertThat(world.outbox()).isEmpty();
        assertThat(world.runs("/a")).hasSize(1);
    }

    /** The server is put back from a backup: the newest mails are gone, and their UIDs are given again. */
    private void putBack(long... gone) {
        for (long uid : gone) {
            world.inbox.expunge(UidSet.of(uid));
        }
        world.inbox.renumber(world.inbox.uidValidity(), 1);
        world.faults.fail(Problem.of(ReceiveMessage.LOST, "host", "memory", "port", 0, "reply", ""));
        world.settle();
    }

    @Test
    void newMailUnderAUidThatTheServerGivesAgainAfterItWasPutBackIsTaken() {
        begin(AfterReceive.NONE);
        world.deliver("order 2");
        world.deliver("order 3");
        world.settle();
        putBack(3, 4);
        assertThat(world.alarm("uids/orders/INBOX").values())
                .containsEntry("next", "3")
                .containsEntry("last", "4");
        for (int i = 0; i < 3; i++) {
            world.step(MOMENT);
            world.deliver("order of the day after");
            world.settle();
            world.faults.fail(Problem.of(ReceiveMessage.LOST, "host", "memory", "port", 0, "reply", ""));
        }
        world.settle();
        assertThat(world.runs("/a")).as("three and three").hasSize(6);
        assertThat(world.catalogue())
                .filteredOn(mail -> mail.identity().key().startsWith("INBOX/7/"))
                .hasSize(5);
        assertThat(world.alarms()).noneMatch(key -> key.startsWith("uid/"));
    }

    @Test
    void sameMailUnderAUidThatTheServerGivesAgainIsNotTakenTwice() {
        begin(AfterReceive.NONE);
        byte[] same = world.inbox.mail(world.deliver("order 2")).orElseThrow().bytes();
        Instant when = world.time.now();
        world.settle();
        putBack(3);
        world.inbox.deliver(same, when);
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.catalogue()).hasSize(3);
    }

    @Test
    void actionOfAMailWhoseUidAnotherHasByNowIsNotDoneToThatOne() {
        begin(AfterReceive.NONE);
        world.define("/b", "invoice", new AfterReceive(false, null, null, true));
        world.step(MOMENT);
        world.deliver("invoice 1");
        world.time.until(() -> world.outbox().stream().anyMatch(key -> key.startsWith("after/")));
        putBack(3);
        world.deliver("order 2");
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.outbox()).isEmpty();
        assertThat(world.inbox.uids()).contains(3L);
    }

    /** Mails in a folder below the inbox whose name is a number. */
    private MemoryFolder below(long number) {
        MemoryFolder below = world.folder("INBOX/" + number, 3);
        begin(AfterReceive.NONE);
        for (int i = 1; i <= 3; i++) {
            byte[] other = ("Subject: dinner " + i + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
            below.deliver(other, world.time.now());
        }
        world.settle();
        return below;
    }

    @Test
    void mailsOfAFolderBelowWhoseNameIsTheNewUidvalidityAreNotTakenForThoseOfTheFolder() {
        below(99);
        world.inbox.renumber(99, 1);
        world.deliver("order 2");
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.alarm("uidvalidity/orders/INBOX/99").values())
                .containsEntry("known", "2")
                .containsEntry("added", "1")
                .containsEntry("missing", "0");
    }

    @Test
    void mailsOfAFolderBelowWhoseNameIsTheOldUidvalidityAreNotLostWithThoseOfTheFolder() {
        below(7);
        world.inbox.renumber(99, 1);
        world.settle();
        assertThat(world.catalogue())
                .filteredOn(mail -> mail.identity().key().startsWith("INBOX/7/3/"))
                .hasSize(3)
                .extracting(CatalogueMail::state)
                .containsOnly(State.UNREAD);
    }

    @Test
    void whereAPersonIsToBeAskedNothingHappensBefore() {
        world.with(SameContent.NOTE, Renumbered.ASK);
        begin(AfterReceive.NONE);
        world.inbox.renumber(99, 500);
        world.deliver("order 2");
        world.step(Duration.ofHours(1));
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.agent().readers().getFirst().phase()).isEqualTo(ReaderPhase.PAUSED);
        assertThat(world.alarms()).contains("mailbox/orders/INBOX");
        world.agent().resume(ReaderWorld.BOX);
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.alarms()).doesNotContain("mailbox/orders/INBOX");
    }

    @Test
    void copyUnderAnotherUidIsNotedAndTakenAsAnotherMail() {
        begin(AfterReceive.NONE);
        upload();
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.row(3).copyOf()).isEqualTo(world.row(1).id());
    }

    @Test
    void copyUnderAnotherUidJoinsTheFirstWhereThatIsWanted() {
        world.with(SameContent.JOIN, Renumbered.REBIND);
        begin(AfterReceive.NONE);
        upload();
        assertThat(world.runs("/a")).hasSize(1);
        CatalogueMail first = world.row(1);
        List<Instant> joins = world.store.read(tx -> tx.mails().joins(first.id()));
        assertThat(joins).hasSize(1);
        assertThat(world.cursor().orElseThrow().settled().contains(3)).isTrue();
        assertThat(world.spooled()).isEmpty();
    }

    private void upload() {
        byte[] same = world.inbox.mail(1).orElseThrow().bytes();
        assertThat(new String(same, StandardCharsets.US_ASCII)).contains("order 1");
        world.inbox.deliver(same, world.time.now());
        world.settle();
    }

    @Test
    void numberThatNoMailHasSettlesNoMailThatComesBelowIt() {
        world.deliver("order 1");
        byte[] none = world.mail("order none", "");
        world.faults.beforeSearch(() -> world.inbox.pretend(4_000_000, none, world.time.now()));
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        world.deliver("order 2");
        world.step(MOMENT);
        assertThat(world.runs("/a")).hasSize(2);
        world.step(Duration.ofHours(1));
        world.inbox.expunge(UidSet.of(4_000_000));
        world.deliver("order 3");
        world.step(MOMENT);
        assertThat(world.runs("/a")).hasSize(3);
    }
}
