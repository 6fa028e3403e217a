package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.receive.ByteBudget;
import ekiden.mail.receive.ReaderSettings;
import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.UidSet;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A folder at a server of which only so many bytes may be fetched in a time. */
class ByteBudgetReaderTest {
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private static final Duration HOUR = Duration.ofMinutes(62);
    private static final String ALARM = "budget/orders/INBOX";

    private final ReaderWorld world = new ReaderWorld();
    private long size;

    @BeforeEach
    void twoMailsAnHour() {
        size = world.mail("order 1", "text").length;
        budget(2 * size);
    }

    private void budget(long bytes) {
        ReaderSettings usual = world.settings;
        world.settings = new ReaderSettings(
                usual.firstLook(),
                usual.attention(),
                usual.deadline(),
                usual.grace(),
                usual.maxSize(),
                usual.sameContent(),
                usual.renumbered(),
                usual.limits().withBudget(new ByteBudget("memory", bytes, Duration.ofHours(1))));
    }

    private void begin() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
    }

    private ReaderStatus.Budget status() {
        return Objects.requireNonNull(world.agent().readers().getFirst().budget());
    }

    @Test
    void oneMailMoreThanTheBudgetHasRoomForWaitsUntilItIsFreeAndPeopleAreToldMeanwhile() {
        begin();
        for (int i = 1; i <= 3; i++) {
            world.deliver("order " + i);
        }
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(status()).isEqualTo(new ReaderStatus.Budget(2 * size, Duration.ofHours(1), 2 * size, 1));
        assertThat(world.alarm(ALARM).id()).isEqualTo("EKDM0745-W");
        world.step(HOUR);
        assertThat(world.runs("/a")).hasSize(3);
        assertThat(world.alarms()).isEmpty();
        assertThat(status().waiting()).isZero();
        assertThat(world.agent().readers().getFirst().bytes()).isEqualTo(3 * size);
    }

    @Test
    void mailsThatComeWhileOthersWaitAreFoundAndThoseThatNobodyWantsNeedNoBudget() {
        begin();
        for (int i = 1; i <= 3; i++) {
            world.deliver("order " + i);
        }
        world.settle();
        world.deliver("order 4");
        long lunch = world.deliver("lunch");
        world.settle();
        assertThat(status().waiting()).isEqualTo(2);
        assertThat(world.row(lunch).raw()).isNull();
        assertThat(world.runs("/a")).hasSize(2);
        world.step(HOUR);
        assertThat(world.runs("/a")).hasSize(4);
    }

    @Test
    void mailThatIsLargerThanTheBudgetIsFetchedWholeAndUsesItUp() {
        begin();
        world.inbox.deliver(world.mail("order 1", "x".repeat(100_000)), world.time.now());
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        world.deliver("order 2");
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        world.step(HOUR);
        assertThat(world.runs("/a")).hasSize(2);
    }

    @Test
    void largeMailThatIsCutGoesOnWhenTheBudgetIsFreeAndNoByteComesTwice() {
        budget(1_000_000);
        begin();
        byte[] large = world.mail("order 1", "0123456789".repeat(500_000));
        world.faults.cutAfter(2_000_000);
        world.inbox.deliver(large, world.time.now());
        world.settle();
        assertThat(world.runs("/a")).isEmpty();
        assertThat(status().used()).isEqualTo(2_000_000);
        assertThat(status().waiting()).isEqualTo(1);
        world.step(HOUR);
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.agent().readers().getFirst().bytes()).isEqualTo(large.length);
    }

    @Test
    void mailThatGoesAwayWhileItWaitsIsWaitedForNoLonger() {
        begin();
        for (int i = 1; i <= 3; i++) {
            world.deliver("order " + i);
        }
        world.settle();
        world.inbox.expunge(UidSet.of(3));
        world.settle();
        assertThat(world.alarms()).isEmpty();
        assertThat(status().waiting()).isZero();
    }

    @Test
    void watchThatIsYoungerThanTheMailsWaitsForTheBudgetToo() {
        begin();
        world.deliver("order 1");
        world.deliver("order 2");
        world.deliver("lunch");
        world.settle();
        world.define("/late", "lunch", AfterReceive.NONE);
        world.settle();
        assertThat(world.runs("/late")).isEmpty();
        world.step(HOUR);
        assertThat(world.runs("/late")).hasSize(1);
    }

    @Test
    void wallClockThatJumpsNeitherFreesTheBudgetNorKeepsItUsed() {
        begin();
        for (int i = 1; i <= 3; i++) {
            world.deliver("order " + i);
        }
        world.settle();
        world.time.jump(Duration.ofDays(2));
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        world.time.jump(Duration.ofDays(-20));
        world.step(HOUR);
        assertThat(world.runs("/a")).hasSize(3);
    }

    @Test
    void processThatIsKilledWhileMailsWaitTakesEachOnceAndEndsTheAlarm() {
        begin();
        for (int i = 1; i <= 5; i++) {
            world.deliver("order " + i);
        }
        world.settle();
        world.kill();
        world.start();
        world.settle();
        assertThat(world.runs("/a")).hasSize(4);
        world.step(HOUR);
        assertThat(world.runs("/a")).hasSize(5);
        assertThat(world.alarms()).isEmpty();
    }
}
