package ekiden.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(60);

    private static Duration after(int times) {
        return BackOff.doubled(FIRST, times, MOST);
    }

    @Test
    void thePauseDoublesUntilTheLongest() {
        assertThat(after(0)).isEqualTo(FIRST);
        assertThat(after(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(after(5)).isEqualTo(Duration.ofSeconds(32));
        assertThat(after(6)).isEqualTo(MOST);
    }

    @Test
    void aPauseThatIsExactlyTheLongestIsReached() {
        assertThat(BackOff.doubled(FIRST, 6, Duration.ofSeconds(64))).isEqualTo(Duration.ofSeconds(64));
        assertThat(BackOff.doubled(FIRST, 7, Duration.ofSeconds(64))).isEqualTo(Duration.ofSeconds(64));
    }

    @Test
    void noNumberOfFailuresOverflows() {
        for (int times : new int[] {29, 30, 33, 61, 62, 63, 64, 65, 128, Integer.MAX_VALUE}) {
            assertThat(after(times)).as("%d", times).isEqualTo(MOST);
        }
    }

    @Test
    void aFirstPauseThatIsLongerThanTheLongestIsTheLongest() {
        assertThat(BackOff.doubled(MOST, 0, FIRST)).isEqualTo(FIRST);
    }
}
