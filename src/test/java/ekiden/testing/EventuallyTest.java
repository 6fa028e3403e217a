package ekiden.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void askedAgainUntilItIsSo() {
        AtomicInteger asked = new AtomicInteger();
        Eventually.within(LONG, () -> asked.incrementAndGet() == 5);
        assertThat(asked).hasValue(5);
    }

    @Test
    void theMessageIsOfTheEndNotOfTheBeginning() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> Eventually.value(SHORT, () -> "seen " + (asked.get() > 1), () -> {
                    asked.incrementAndGet();
                    return Optional.empty();
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not within 20 ms: seen true");
    }

    @Test
    void aDeadlineOfZeroStillAsks() {
        AtomicInteger asked = new AtomicInteger();
        assertThat(Eventually.becomes(Duration.ZERO, () -> asked.incrementAndGet() < 0))
                .isFalse();
        assertThat(asked.get()).isGreaterThanOrEqualTo(1);
    }
}
