package ekiden.mail.receive;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.Receipt;
import ekiden.model.mail.Receipt.Step;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptLogTest {
    private static final Instant BEGAN = Instant.parse("2026-11-27T10:00:00Z");
    private static final long MILLI = 1_000_000;
    private static final long START = 77;

    private final ReceiptLog log = new ReceiptLog(BEGAN, START, 1_000);

    private static long at(long millis) {
        return START + millis * MILLI;
    }

    @Test
    void eachTenthIsNotedOnceHoweverSmallThePieces() {
        for (int bytes = 1; bytes <= 1_000; bytes++) {
            log.arrived(bytes, at(bytes));
        }
        Receipt receipt = log.end(1_000, at(1_000));
        assertThat(receipt.steps())
                .hasSize(ReceiptLog.PARTS - 1)
                .startsWith(new Step(100, 100, false), new Step(200, 200, false))
                .endsWith(new Step(900, 900, false));
        assertThat(receipt).isEqualTo(new Receipt(BEGAN, 1_000, 1_000, 0, receipt.steps()));
    }

    @Test
    void pieceThatIsLargerThanATenthIsOneStep() {
        log.arrived(550, at(5));
        assertThat(log.end(1_000, at(9)).steps()).containsExactly(new Step(5, 550, false));
    }

    @Test
    void aCutIsNotedWhereItWentOnAndItsTimeCounts() {
        log.arrived(150, at(10));
        log.resumed(150, at(60_000));
        log.arrived(1_000, at(60_001));
        assertThat(log.end(1_000, at(60_002)))
                .isEqualTo(new Receipt(
                        BEGAN, 60_002, 1_000, 1, List.of(new Step(10, 150, false), new Step(60_000, 150, true))));
    }

    @Test
    void oneResumptionMoreThanIsNotedIsCounted() {
        for (int i = 0; i <= ReceiptLog.RESUMPTIONS; i++) {
            log.resumed(1, at(i));
        }
        Receipt receipt = log.end(1_000, at(99));
        assertThat(receipt.resumed()).isEqualTo(ReceiptLog.RESUMPTIONS + 1);
        assertThat(receipt.steps()).hasSize(ReceiptLog.RESUMPTIONS);
    }

    @Test
    void mailThatIsLargerThanItsServerSaidAndOneOfNoBytesAreNoTrouble() {
        log.arrived(5_000, at(1));
        assertThat(log.end(5_000, at(2)).steps()).isEmpty();
        ReceiptLog empty = new ReceiptLog(BEGAN, START, 0);
        empty.arrived(0, at(0));
        assertThat(empty.end(0, START - 5).millis()).isZero();
    }
}
