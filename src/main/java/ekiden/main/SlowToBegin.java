package ekiden.main;

import ekiden.base.Tasks;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.function.Supplier;

/**
 * What the JDK needs tens of milliseconds for when it is touched first: begun by another thread while the command looks at its settings. Whoever
 * needs it earlier waits for it, as if it had begun it itself. Nothing depends on this having run.
 */
final class SlowToBegin {
    private SlowToBegin() {}

    /**
     * What is secret and random, for which the JDK reads all its settings of security; then the rules of time zones, which are looked for in every jar of the class
     * path. Returns at once.
     *
     * @param tasks of the command
     * @param zone in which it shows times
     */
    static void secretsAndTimes(Tasks tasks, Supplier<ZoneId> zone) {
        tasks.runApart("slow to begin", () -> {
            var _ = new SecureRandom();
            times(zone);
        });
    }

    /** Times, and what reads JSON: it needs a class that multiplies until it has 5 to the power of 65,536. */
    static void timesAndJson(Tasks tasks, Supplier<ZoneId> zone) {
        tasks.runApart("slow to begin", () -> {
            times(zone);
            var _ = BigDecimal.ZERO.signum();
        });
    }

    private static void times(Supplier<ZoneId> zone) {
        var _ = zone.get().getRules();
    }
}
