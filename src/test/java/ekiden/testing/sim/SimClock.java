package ekiden.testing.sim;

import ekiden.base.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Time that passes when the world says so. The wall clock may jump; elapsed time never does. */
final class SimClock implements Clock {
    private static final Instant BASE = Instant.parse("2026-11-23T10:00:00Z");

    private long nanos;
    private Duration jumped = Duration.ZERO;

    @Override
    public Instant now() {
        return BASE.plusNanos(nanos).plus(jumped).truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    void advanceTo(long to) {
        nanos = Math.max(nanos, to);
    }

    void jump(Duration by) {
        jumped = jumped.plus(by);
    }
}
