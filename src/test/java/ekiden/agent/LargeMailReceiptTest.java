package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.receive.ReaderSettings;
import ekiden.manager.Command;
import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How a large mail came is known with the mail. */
class LargeMailReceiptTest {
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private final ReaderWorld world = new ReaderWorld();

    @Test
    void ofALargeMailThatWasCutItIsKnownHowItCame() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        byte[] large = world.mail("order 1", "0123456789".repeat(500_000));
        world.faults.cutAfter(2_000_000);
        long uid = world.inbox.deliver(large, world.time.now());
        world.step(MOMENT);
        world.settle();
        Receipt receipt = Objects.requireNonNull(world.row(uid).summary().receipt());
        assertThat(receipt.size()).isEqualTo(large.length);
        assertThat(receipt.resumed()).isEqualTo(1);
        assertThat(receipt.steps().stream().filter(Receipt.Step::resumed))
                .extracting(Receipt.Step::bytes)
                .containsExactly(2_000_000L);
    }

    @Test
    void ofALargeMailWhoseReportWasCutOffItIsKnownHowItCame() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        byte[] large = world.mail("order 1", "0123456789".repeat(200_000));
        long uid = world.inbox.deliver(large, world.time.now());
        world.faults.loseBehindBody();
        world.settle();
        assertThat(world.agent().readers().getFirst().bytes()).isEqualTo(large.length);
        assertThat(Objects.requireNonNull(world.row(uid).summary().receipt()).size())
                .isEqualTo(large.length);
    }

    @Test
    void ofAMailThatIsAByteTooSmallNothingIsNoted() {
        byte[] mail = world.mail("order 1", "0123456789");
        ReaderSettings usual = world.settings;
        world.settings = new ReaderSettings(
                usual.firstLook(),
                usual.attention(),
                usual.deadline(),
                usual.grace(),
                usual.maxSize(),
                usual.sameContent(),
                usual.renumbered(),
                usual.limits().withLarge(mail.length));
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        long large = world.inbox.deliver(mail, world.time.now());
        long small = world.deliver("order");
        world.settle();
        assertThat(world.row(large).summary().receipt()).isNotNull();
        assertThat(world.row(small).summary().receipt()).isNull();
    }

    @Test
    void mailThatIsLargerThanItsServerSaidFillsNoDisk() {
        world.mailsUpTo(2_000);
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        long uid = largerThanSaid();
        world.deliver("order 2");
        world.settle();
        assertThat(world.agent().readers().getFirst().bytes()).isLessThan(2_000);
        assertThat(world.row(uid).state()).isEqualTo(CatalogueMail.State.QUARANTINED);
        assertThat(world.row(uid).raw()).isNull();
        assertThat(world.alarms()).contains("quarantine/" + world.row(uid).id());
        assertThat(world.runs("/a")).hasSize(1);
    }

    @Test
    void mailThatAPersonLetInThoughItIsLargerThanItsServerSaidStartsAWatchThatJoinsLater() {
        world.mailsUpTo(2_000);
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        long uid = largerThanSaid();
        world.settle();
        world.give(new Command.Delete("/a"));
        world.give(new Command.ReleaseMail(world.row(uid).id()));
        world.settle();
        world.define("/b", "order", AfterReceive.NONE);
        world.settle();
        assertThat(world.runs("/b")).hasSize(1);
    }

    private long largerThanSaid() {
        byte[] large = world.mail("order 1", "0123456789".repeat(200_000));
        long uid = world.inbox.announce(large, world.time.now());
        world.inbox.lieAboutSize(uid, 150);
        world.inbox.readable(uid);
        return uid;
    }

    @Test
    void ofMoreMailsThanAreNotedTheOldestIsForgotten() {
        Receipts receipts = new Receipts();
        Receipt any = new Receipt(world.time.now(), 1, 2, 0, List.of());
        for (int i = 0; i <= Receipts.MOST; i++) {
            receipts.put("place" + i, any);
        }
        assertThat(receipts.of("place0")).isNull();
        assertThat(receipts.of("place1")).isEqualTo(any);
        assertThat(receipts.of("place" + Receipts.MOST)).isEqualTo(any);
    }
}
