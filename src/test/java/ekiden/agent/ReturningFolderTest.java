package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.CatalogueMail.State;
import ekiden.model.mail.UidSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A folder that was numbered anew has its former UIDVALIDITY again: somebody put the server's index back. */
class ReturningFolderTest {
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private final ReaderWorld world = new ReaderWorld();

    /** UID 1 was taken, UID 2 concerned nobody. */
    private void begin() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        world.deliver("order 1");
        world.deliver("lunch");
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
    }

    private byte[] bytes(long uid) {
        return world.inbox.mail(uid).orElseThrow().bytes();
    }

    private void withoutUnderNewNumbers(long uid) {
        world.inbox.expunge(UidSet.of(uid));
        world.inbox.renumber(99, 1);
        world.settle();
    }

    @Test
    void newMailUnderTheUidOfOneThatWasGoneIsTaken() {
        begin();
        withoutUnderNewNumbers(2);
        world.deliver("order 2");
        world.inbox.renumber(7, 1);
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        world.settle();
        assertThat(world.alarms()).noneMatch(key -> key.startsWith("uid/"));
    }

    @Test
    void newMailWithoutMessageIdUnderTheUidOfOneThatWasGoneIsTaken() {
        begin();
        withoutUnderNewNumbers(2);
        world.inbox.deliver("Subject: order 2\r\n\r\n".getBytes(StandardCharsets.US_ASCII), world.time.now());
        world.inbox.renumber(7, 1);
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
    }

    @Test
    void newMailWithoutMessageIdUnderTheUidOfATakenOneThatIsMissingIsTaken() {
        begin();
        withoutUnderNewNumbers(1);
        world.inbox.expunge(UidSet.of(1));
        world.inbox.deliver("Subject: order 2\r\n\r\n".getBytes(StandardCharsets.US_ASCII), world.time.now());
        world.inbox.renumber(7, 1);
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        world.settle();
        assertThat(world.alarms()).noneMatch(key -> key.startsWith("uid/"));
    }

    @Test
    void mailThatWasTakenAndMissingMeanwhileIsNotTakenAgainWhereverItIs() {
        begin();
        Instant when = world.inbox.mail(1).orElseThrow().received();
        byte[] order = bytes(1);
        withoutUnderNewNumbers(1);
        world.inbox.deliver(order, when);
        // the other one is UID 1 now, and this one UID 2
        world.inbox.renumber(7, 1);
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.catalogue())
                .extracting(mail -> mail.identity().key())
                .containsExactly("INBOX/7/2", "INBOX/7/1");
    }

    @Test
    void mailThatWasTakenAndMissingMeanwhileIsNotTakenAgainUnderItsUid() {
        begin();
        Instant when = world.inbox.mail(2).orElseThrow().received();
        byte[] lunch = bytes(2);
        world.inbox.expunge(UidSet.of(2));
        byte[] order = bytes(1);
        withoutUnderNewNumbers(1);
        world.inbox.deliver(order, when);
        world.inbox.deliver(lunch, when);
        world.inbox.renumber(7, 1);
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
    }

    @Test
    void mailThatWasGoneAndIsBackIsThereForWhoWantsIt() {
        begin();
        Instant when = world.inbox.mail(2).orElseThrow().received();
        byte[] lunch = bytes(2);
        withoutUnderNewNumbers(2);
        assertThat(world.catalogue()).extracting(mail -> mail.state()).contains(State.GONE);
        world.inbox.deliver(lunch, when);
        world.inbox.renumber(7, 1);
        world.settle();
        world.define("/b", "lunch", AfterReceive.NONE);
        world.settle();
        assertThat(world.runs("/b")).hasSize(1);
        assertThat(world.runs("/a")).hasSize(1);
    }

    @Test
    void mailThatWasGoneAndIsBackUnderOtherNumbersIsThereForWhoWantsIt() {
        begin();
        Instant when = world.inbox.mail(2).orElseThrow().received();
        byte[] lunch = bytes(2);
        world.inbox.expunge(UidSet.of(2));
        world.define("/c", "nothing", AfterReceive.NONE);
        world.settle();
        withoutUnderNewNumbers(2);
        world.inbox.deliver(lunch, when);
        world.inbox.renumber(100, 1);
        world.settle();
        world.define("/b", "lunch", AfterReceive.NONE);
        world.settle();
        assertThat(world.runs("/b")).hasSize(1);
        assertThat(world.runs("/a")).hasSize(1);
    }
}
