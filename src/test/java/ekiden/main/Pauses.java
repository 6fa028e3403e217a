package ekiden.main;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Pauses that are part of what a test does: when somebody sends the next mail, when a process is killed. */
final class Pauses {
    private Pauses() {}

    static void park(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    /** A pause of chance, in milliseconds. */
    static void between(Random random, int least, int most) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(least) + random.nextLong(1 + 1_000_000L * (most - least)));
    }
}
