package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.CatalogueMail.State;
import ekiden.model.mail.UidSet;
import ekiden.testing.MemoryFolder;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done at the server with mails that were taken. */
class FolderDeedsTest {
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private static final AfterReceive DELETE = new AfterReceive(false, null, null, true);
    private static final AfterReceive MOVE = new AfterReceive(true, null, "Done", false);
    private static final AfterReceive KEYWORD = new AfterReceive(false, "done", null, false);

    private static final String LAMP = "after-receive/orders/INBOX";

    private final ReaderWorld world = new ReaderWorld();
    private final MemoryFolder done = world.folder("Done", 3);

    private long taken(AfterReceive after) {
        world.start();
        world.define("/a", "order", after);
        world.step(MOMENT);
        long uid = world.deliver("order 1");
        world.step(MOMENT);
        assertThat(world.runs("/a")).hasSize(1);
        return uid;
    }

    @Test
    void removalAtWhichTheServerEndsTheSessionHoldsUpNoMail() {
        world.faults.endAtRemovals(true);
        taken(DELETE);
        world.step(Duration.ofMinutes(1));
        assertThat(world.alarms()).containsExactly(LAMP);
        world.deliver("order 2");
        world.step(MOMENT);
        assertThat(world.runs("/a")).hasSize(2);
        world.step(Duration.ofMinutes(20));
        assertThat(world.alarms()).containsExactly(LAMP);
        world.faults.endAtRemovals(false);
        world.step(Duration.ofMinutes(6));
        assertThat(world.inbox.uids()).isEmpty();
        assertThat(world.alarms()).isEmpty();
        assertThat(world.outbox()).isEmpty();
    }

    @Test
    void moveMarksReadFirstAndLeavesTheOthersWhereTheyAre() {
        world.deliver("lunch");
        taken(MOVE);
        assertThat(world.inbox.uids()).containsExactly(1L);
        assertThat(done.flags(1)).contains("\\Seen");
        assertThat(world.row(2).state()).isEqualTo(State.REMOVED);
        assertThat(world.outbox()).isEmpty();
        assertThat(world.spooled()).isEmpty();
    }

    @Test
    void deleteRemovesJustThatMail() {
        world.deliver("lunch");
        taken(DELETE);
        assertThat(world.inbox.uids()).containsExactly(1L);
        assertThat(world.row(2).state()).isEqualTo(State.REMOVED);
    }

    @Test
    void keywordLeavesTheMailUnread() {
        long uid = taken(KEYWORD);
        assertThat(world.inbox.flags(uid)).containsExactly("done");
        assertThat(world.row(uid).state()).isEqualTo(State.UNREAD);
        assertThat(world.row(uid).raw()).isNull();
    }

    @Test
    void mailThatNoActionIsWantedForKeepsNoBytesHere() {
        long uid = taken(AfterReceive.NONE);
        assertThat(world.inbox.flags(uid)).isEmpty();
        assertThat(world.row(uid).raw()).isNull();
        assertThat(world.spooled()).isEmpty();
    }

    @Test
    void anotherMailUnderTheSameUidIsNotRemoved() {
        world.start();
        world.define("/a", "order", DELETE);
        world.step(MOMENT);
        long uid = world.deliver("order 1");
        world.time.until(() -> world.outbox().stream().anyMatch(key -> key.startsWith("after/")));
        world.inbox.reuse(uid, world.mail("something else", "x"), world.time.now());
        world.settle();
        assertThat(world.inbox.uids()).containsExactly(uid);
        assertThat(world.alarms()).contains("after/" + world.row(uid).id());
        assertThat(world.alarm("after/" + world.row(uid).id()).id()).isEqualTo(ReceiveMessage.ANOTHER_MAIL.id());
        assertThat(world.outbox()).isEmpty();
    }

    @Test
    void removalWhoseAnswerWasLostCountsAsDone() {
        world.start();
        world.define("/a", "order", DELETE);
        world.step(MOMENT);
        long uid = world.deliver("order 1");
        world.time.until(() -> world.outbox().stream().anyMatch(key -> key.startsWith("after/")));
        world.inbox.expunge(UidSet.of(uid));
        world.settle();
        assertThat(world.row(uid).state()).isEqualTo(State.REMOVED);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void actionIsNotReportedBeforeTheBytesHereAreGone() {
        world.start();
        world.define("/a", "order", DELETE);
        world.step(MOMENT);
        long uid = world.deliver("order 1");
        world.time.until(() -> world.outbox().stream().anyMatch(key -> key.startsWith("after/")));
        world.disk.failAfter(0, () -> new IOException("not now"));
        world.time.until(() -> world.inbox.uids().isEmpty());
        world.step(Duration.ofMillis(100));
        world.kill();
        assertThat(world.row(uid).state()).isEqualTo(State.UNREAD);
        world.start();
        world.step(Duration.ofMinutes(5));
        assertThat(world.row(uid).state()).isEqualTo(State.REMOVED);
        assertThat(world.spooled()).isEmpty();
        assertThat(world.outbox()).isEmpty();
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void bytesThatCannotBeRemovedNowAreRemovedLater() {
        world.start();
        world.define("/a", "order", DELETE);
        world.step(MOMENT);
        long uid = world.deliver("order 1");
        world.time.until(() -> world.outbox().stream().anyMatch(key -> key.startsWith("after/")));
        world.disk.failAfter(0, () -> new IOException("not now"));
        world.settle();
        assertThat(world.row(uid).state()).isEqualTo(State.REMOVED);
        assertThat(world.spooled()).isEmpty();
        assertThat(world.outbox()).isEmpty();
    }

    @Test
    void bugInAnActionIsToldAndKeepsNoMailWaiting() {
        world.start();
        world.define("/a", "order", DELETE);
        world.step(MOMENT);
        world.deliver("order 1");
        world.time.until(() -> world.outbox().stream().anyMatch(key -> key.startsWith("after/")));
        world.disk.failAfter(0, () -> {
            throw new IllegalStateException("a bug in the action");
        });
        world.deliver("order 2");
        world.step(MOMENT);
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.alarm("bug/orders/INBOX").id()).isEqualTo(AgentMessage.WORK_BUG.id());
        world.settle();
        assertThat(world.inbox.uids()).isEmpty();
        assertThat(world.outbox()).isEmpty();
        assertThat(world.spooled()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Orders", "INBOX", "inbox"})
    void unreadMailIsNotMovedToWhereTheSameJobsTakeItAgainWithoutEnd(String watched) {
        world.folder("Orders", 5);
        long uid = taken(new AfterReceive(false, null, watched, false));
        world.step(Duration.ofMinutes(2));
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.inbox.uids()).containsExactly(uid);
        assertThat(world.alarm("after/" + world.row(uid).id()).id()).isEqualTo(ReceiveMessage.MOVED_IN_CIRCLE.id());
        assertThat(world.outbox()).isEmpty();
    }

    @Test
    void folderThatCanOnlyBeReadIsToldAndTheRunGoesOn() {
        world.inbox.readOnly(true);
        long uid = taken(DELETE);
        assertThat(world.inbox.uids()).containsExactly(uid);
        assertThat(world.alarm("after/" + world.row(uid).id()).id()).isEqualTo(ReceiveMessage.READ_ONLY.id());
        assertThat(world.outbox()).isEmpty();
    }

    @Test
    void connectionThatBreaksBeforeTheActionIsMadeAgainAndTheActionDone() {
        world.start();
        world.define("/a", "order", DELETE);
        world.step(MOMENT);
        world.deliver("order 1");
        world.time.until(() -> world.outbox().stream().anyMatch(key -> key.startsWith("after/")));
        world.faults.fail(Problem.of(ReceiveMessage.LOST, "host", "memory"));
        world.settle();
        assertThat(world.inbox.uids()).isEmpty();
        assertThat(world.outbox()).isEmpty();
    }

    /** For example a target folder that the server cannot write to, or an account over its quota where it copies. */
    private void refusedForNow() {
        world.faults.refuseRemovals(Problem.of(ReceiveMessage.NOT_NOW, "host", "memory"));
        taken(MOVE);
        assertThat(world.inbox.uids()).hasSize(1);
    }

    @Test
    void actionThatTheServerRefusesForNowHoldsUpNoMail() {
        refusedForNow();
        world.step(Duration.ofMinutes(3));
        world.deliver("order 2");
        world.step(MOMENT);
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.alarms()).doesNotContain("mailbox/orders/INBOX");
    }

    @Test
    void actionThatTheServerRefusesForNowIsDoneLaterAndItsAlarmEnds() {
        refusedForNow();
        world.step(Duration.ofMinutes(10));
        assertThat(world.alarms()).containsExactly(LAMP);
        assertThat(world.alarm(LAMP).id()).isEqualTo(ReceiveMessage.NOT_NOW.id());
        world.faults.refuseRemovals(null);
        world.step(Duration.ofMinutes(10));
        assertThat(done.uids()).hasSize(1);
        assertThat(world.outbox()).isEmpty();
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void alarmOfARefusedActionEndsInTheNextProcessToo() {
        refusedForNow();
        world.step(Duration.ofMinutes(10));
        world.kill();
        world.faults.refuseRemovals(null);
        world.start();
        world.step(Duration.ofMinutes(12));
        assertThat(done.uids()).hasSize(1);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void alarmOfARefusedActionStaysInTheNextProcessWhileItIsRefused() {
        refusedForNow();
        world.step(Duration.ofMinutes(10));
        world.kill();
        world.start();
        world.step(Duration.ofMinutes(12));
        assertThat(world.alarms()).containsExactly(LAMP);
    }

    @Test
    void actionThatIsRefusedForNowIsTriedAgainWithPauses() {
        refusedForNow();
        long looked = world.faults.looked();
        world.step(Duration.ofMinutes(20));
        assertThat(world.faults.looked() - looked).isBetween(4L, 20L);
    }
}
