package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.ReaderSettings.Attention;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The budget of quick looks. */
class ShortLooksTest {
    private static final ReaderSettings NORMAL = ReaderSettings.DEFAULT;
    private static final ReaderSettings CLOSE = new ReaderSettings(
            NORMAL.firstLook(),
            Attention.CLOSE,
            NORMAL.deadline(),
            NORMAL.grace(),
            NORMAL.maxSize(),
            NORMAL.sameContent(),
            NORMAL.renumbered(),
            NORMAL.limits());
    private static final Duration QUICK = Duration.ofMillis(10);
    private static final int MOST = 200;

    private final long begin = Long.MAX_VALUE - 5;
    private final ShortLooks looks = new ShortLooks(MOST, begin);

    private void use(int count, long now) {
        for (int i = 0; i < count; i++) {
            assertThat(looks.pause(QUICK, NORMAL, now)).isEqualTo(QUICK);
        }
    }

    @Test
    void oneLookMoreThanASecondMayHaveWaitsForTheServersHint() {
        use(MOST, begin);
        assertThat(looks.pause(QUICK, NORMAL, begin)).isEqualTo(NORMAL.longestPause());
        assertThat(looks.pause(QUICK, CLOSE, begin)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatWasUsedComesAgainWithTime() {
        use(MOST, begin);
        long later = begin + TimeUnit.MILLISECONDS.toNanos(100);
        use(MOST / 10, later);
        assertThat(looks.pause(QUICK, NORMAL, later)).isEqualTo(NORMAL.longestPause());
        long muchLater = later + TimeUnit.HOURS.toNanos(1);
        use(MOST, muchLater);
        assertThat(looks.pause(QUICK, NORMAL, muchLater)).isEqualTo(NORMAL.longestPause());
    }

    @Test
    void longPausesCostNothing() {
        for (int i = 0; i < 10 * MOST; i++) {
            assertThat(looks.pause(Duration.ofSeconds(1), NORMAL, begin)).isEqualTo(Duration.ofSeconds(1));
        }
        use(MOST, begin);
    }
}
