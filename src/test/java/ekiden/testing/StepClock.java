package ekiden.testing;

import ekiden.base.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that goes on only when it is told to. Safe from any thread. */
public final class StepClock implements Clock {
    private long nanos = 1;

    /** Goes on. */
    public synchronized void advance(Duration time) {
        nanos += time.toNanos();
    }

    @Override
    public synchronized Instant now() {
        return Instant.parse("2026-01-01T00:00:00Z").plusNanos(nanos);
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }
}
