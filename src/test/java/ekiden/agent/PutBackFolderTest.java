package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.UidSet;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server is put back to an earlier state, keeps its UIDVALIDITY, and gives UIDs again while nobody is connected. */
class PutBackFolderTest {
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private final ReaderWorld world = new ReaderWorld();

    private void begin(int orders) {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        for (int i = 0; i < orders; i++) {
            world.deliver("order");
            world.step(MOMENT);
        }
        world.settle();
        assertThat(world.runs("/a")).hasSize(orders);
    }

    /** The last mails are gone, and others come. */
    private void putBackAndDeliver(int gone, int come) {
        long last = world.inbox.uids().getLast();
        world.inbox.expunge(UidSet.between(last - gone + 1, last));
        world.inbox.renumber(7, 1);
        for (int i = 0; i < come; i++) {
            world.step(MOMENT);
            world.deliver("order of the day after");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 20})
    void mailsThatCameUnderUidsOfOthersBeforeTheProcessWasStartedAreTaken(int come) {
        begin(5);
        world.kill();
        putBackAndDeliver(3, come);
        world.start();
        world.settle();
        assertThat(world.runs("/a")).hasSize(5 + come);
        assertThat(world.alarm("uids/orders/INBOX").values()).containsEntry("next", "3");
        assertThat(world.alarms()).noneMatch(key -> key.startsWith("uid/"));
        world.deliver("order 9");
        world.settle();
        world.kill();
        world.start();
        world.settle();
        assertThat(world.runs("/a")).hasSize(6 + come);
    }

    @Test
    void mailsThatCameUnderUidsOfOthersWhileTheConnectionWasLostAreTaken() {
        begin(5);
        world.opens = false;
        world.mute = true;
        world.faults.fail(ekiden.base.Problem.of(
                ekiden.mail.receive.ReceiveMessage.LOST, "host", "memory", "port", 0, "reply", ""));
        world.step(Duration.ofSeconds(1));
        putBackAndDeliver(3, 4);
        world.opens = true;
        world.step(Duration.ofMinutes(6));
        assertThat(world.runs("/a")).hasSize(9);
    }

    @Test
    void manyMailsThatCameUnderUidsOfOthersAreTaken() {
        begin(2);
        for (int i = 0; i < 3 * PutBack.AT_ONCE; i++) {
            world.deliver("order");
        }
        world.settle();
        world.kill();
        putBackAndDeliver(2 * PutBack.AT_ONCE, 2 * PutBack.AT_ONCE + 7);
        world.start();
        world.settle();
        assertThat(world.runs("/a")).hasSize(2 + 5 * PutBack.AT_ONCE + 7);
    }

    @Test
    void mailsThatAreWhatTheyWereAreNotTakenAgainAfterAStart() {
        begin(12);
        world.inbox.expunge(UidSet.of(11));
        for (int i = 0; i < 3; i++) {
            world.kill();
            world.start();
            world.settle();
        }
        assertThat(world.runs("/a")).hasSize(12);
        assertThat(world.alarms()).noneMatch(key -> key.startsWith("uid"));
    }
}
