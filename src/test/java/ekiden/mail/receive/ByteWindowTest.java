package ekiden.mail.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ByteWindowTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long START = -5 * MINUTE;

    private final ByteWindow window = new ByteWindow(new ByteBudget("h:143", 1_000, Duration.ofHours(1)), START);

    private static long at(long minutes) {
        return START + minutes * MINUTE;
    }

    @Test
    void lastByteIsLeftAndOneMoreIsNot() {
        window.take(999, at(0));
        assertThat(window.left(at(0))).isEqualTo(1);
        assertThat(window.freeAt(at(0))).isEqualTo(at(0));
        window.take(1, at(0));
        assertThat(window.left(at(0))).isZero();
        assertThat(window.freeAt(at(0))).isEqualTo(at(61));
    }

    @Test
    void bytesCountForTheWholeTimeAndNotForLongerThanASixtiethOfItMore() {
        window.take(1_000, at(7));
        assertThat(window.left(at(67) + MINUTE - 1)).isZero();
        assertThat(window.left(at(68))).isEqualTo(1_000);
    }

    @Test
    void itIsFreeWhenSoMuchIsOldThatAByteIsLeft() {
        window.take(1, at(3));
        window.take(600, at(5));
        window.take(400, at(30));
        assertThat(window.used(at(31))).isEqualTo(1_001);
        assertThat(window.freeAt(at(31))).isEqualTo(at(66));
        assertThat(window.left(at(66) - 1)).isZero();
        assertThat(window.left(at(66))).isEqualTo(600);
    }

    @Test
    void mailThatIsLargerThanWhatWasLeftUsesItUp() {
        window.take(10_000_000, at(0));
        assertThat(window.left(at(1))).isZero();
        assertThat(window.used(at(1))).isEqualTo(10_000_000);
        assertThat(window.left(window.freeAt(at(1)))).isEqualTo(1_000);
    }

    @Test
    void whatDidNotComeIsGivenBackAsLongAsItCounts() {
        long part = window.take(1_000, at(2));
        window.giveBack(part, 400, at(40));
        assertThat(window.left(at(40))).isEqualTo(400);
        window.take(5, at(60));
        window.giveBack(part, 600, at(70));
        assertThat(window.used(at(70))).isEqualTo(5);
    }

    @Test
    void nothingCountsAfterAnyPauseAndTimeThatGoesBackIsThePresent() {
        window.take(1_000, at(0));
        assertThat(window.used(at(100_000))).isZero();
        window.take(7, at(100_000));
        assertThat(window.used(at(5))).isEqualTo(7);
        assertThat(window.freeAt(at(5))).isEqualTo(at(5));
    }
}
