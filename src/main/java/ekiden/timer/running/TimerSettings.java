package ekiden.timer.running;

import java.time.Duration;

/**
 * How timers are fired.
 *
 * @param poll the store is asked at least so often
 * @param batch at most so many are fired for one question
 * @param retry one that could not be taken in fires again after this
 * @param pause the next question comes no earlier after one whose timers could not be settled in the store
 */
public record TimerSettings(Duration poll, int batch, Duration retry, Duration pause) {
    /** Asks each ten seconds; timers set in this process wake by themselves. */
    public static final TimerSettings DEFAULT =
            new TimerSettings(Duration.ofSeconds(10), 100, Duration.ofSeconds(30), Duration.ofSeconds(1));
}
