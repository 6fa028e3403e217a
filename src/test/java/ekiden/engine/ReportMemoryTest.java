package ekiden.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ReportMemoryTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Duration KEEP = Duration.ofDays(30);
    private static final long DAYS_40 = 40 * 86_400_000L;

    private static UUID madeAt(Instant time) {
        return Ids.derive(new UUID(1, 2), "report", time);
    }

    @Test
    void reportOfTheLimitIsRememberedOneMillisecondOlderIsNot() {
        Instant youngest = NOW.minus(KEEP).plus(ReportMemory.CLOCKS_APART);
        assertThat(ReportMemory.remembers(madeAt(youngest), NOW, KEEP)).isTrue();
        assertThat(ReportMemory.remembers(madeAt(youngest.minusMillis(1)), NOW, KEEP))
                .isFalse();
    }

    @Test
    void reportWhoseIdTellsNoTimeMayBeForgotten() {
        assertThat(ReportMemory.remembers(new UUID(0, 1), NOW, KEEP)).isFalse();
    }

    /** The agent's clock ahead by up to a day: what counts as remembered was taken in too late to be forgotten. */
    @Property
    void whatCountsAsRememberedIsNotForgotten(
            @ForAll @LongRange(min = 0, max = DAYS_40) long age,
            @ForAll @LongRange(min = 0, max = 86_400_000) long ahead) {
        Instant takenIn = NOW.minusMillis(age);
        UUID report = madeAt(takenIn.plusMillis(ahead));
        boolean forgotten = takenIn.isBefore(ReportMemory.forgetBefore(NOW, KEEP));
        assertThat(ReportMemory.remembers(report, NOW, KEEP) && forgotten).isFalse();
    }
}
