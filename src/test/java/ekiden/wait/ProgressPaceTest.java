package ekiden.wait;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.wait.ProgressPace.Limits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressPaceTest {
    private static final long MILLI = 1_000_000;

    /** When lines are shown of a mail of 1,000 bytes that comes in so many milliseconds, a byte at a time. */
    private static List<Long> shown(Limits limits, long millis) {
        ProgressPace pace = new ProgressPace(limits, 1_000, 0);
        List<Long> at = new ArrayList<>();
        for (long bytes = 1; bytes <= 1_000; bytes++) {
            long now = bytes * millis / 1_000;
            if (pace.due(bytes, now * MILLI)) {
                at.add(now);
            }
        }
        assertThat(pace.shown()).isEqualTo(!at.isEmpty());
        return at;
    }

    @Test
    void mailThatIsHereSoonIsNotShown() {
        assertThat(shown(Limits.REWRITTEN, 499)).isEmpty();
        assertThat(shown(Limits.LINES, 999)).isEmpty();
    }

    @Test
    void lineThatIsRewrittenChangesFiveTimesASecond() {
        assertThat(shown(Limits.REWRITTEN, 2_000)).hasSizeBetween(7, 8).startsWith(500L, 700L, 900L);
    }

    @Test
    void linesThatStayAreOneForEachTenthHoweverManyPiecesCome() {
        assertThat(shown(Limits.LINES, 20_000))
                .containsExactly(2_000L, 4_000L, 6_000L, 8_000L, 10_000L, 12_000L, 14_000L, 16_000L, 18_000L, 20_000L);
    }

    @Test
    void linesThatStayAreNeverMoreThanOneASecond() {
        assertThat(shown(Limits.LINES, 3_000)).containsExactly(1_002L, 2_004L);
    }

    @Test
    void mailThatHardlyComesIsShownEachTenSeconds() {
        ProgressPace pace = new ProgressPace(Limits.LINES, 1_000, 5);
        assertThat(pace.due(1, 5 + 9_999 * MILLI)).isFalse();
        assertThat(pace.due(1, 5 + 10_000 * MILLI)).isTrue();
        assertThat(pace.due(2, 5 + 19_999 * MILLI)).isFalse();
        assertThat(pace.due(2, 5 + 20_000 * MILLI)).isTrue();
    }
}
