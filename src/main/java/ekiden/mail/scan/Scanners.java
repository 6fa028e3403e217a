package ekiden.mail.scan;

import ekiden.base.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which scanners of this process do not answer: nobody waits for one of them again before a pause is over, then one asks for all. Safe from any thread.
 */
public final class Scanners {
    /** For so long a scanner that does not answer counts as away without being asked. */
    public static final Duration PAUSE = Duration.ofSeconds(30);

    private final Clock clock;
    private final Told told;
    private final Map<String, State> states = new HashMap<>();

    /** Hears of scanners whose absence lets attachments pass unseen. */
    public interface Told {
        /**
         * Attachments pass from now on; called once until it answers again.
         *
         * @param scanner its address
         * @param reason why it could not be asked
         */
        void away(String scanner, String reason);

        /**
         * It answers; called once until it does not.
         *
         * @param scanner its address
         */
        void back(String scanner);
    }

    private static final class State {
        private @Nullable String reason;
        private long until;
        /** Whether it is known to be told; null before the first word of this process: one before it may have told. */
        private @Nullable Boolean told;
    }

    /**
     * @param clock measures the pause
     * @param told hears of it
     */
    public Scanners(Clock clock, Told told) {
        this.clock = clock;
        this.told = told;
    }

    /**
     * Whether a scanner need not be asked. Where its pause is over the caller asks it, and others need not.
     *
     * @param scanner its address
     * @return why it could not be asked the last time, or empty where it is to be asked
     */
    synchronized Optional<String> resting(String scanner) {
        State state = states.get(scanner);
        if (state == null || state.reason == null) {
            return Optional.empty();
        }
        long now = clock.nanos();
        if (now - state.until < 0) {
            return Optional.of(state.reason);
        }
        state.until = now + PAUSE.toNanos();
        return Optional.empty();
    }

    synchronized void away(String scanner, String reason) {
        State state = states.computeIfAbsent(scanner, first -> new State());
        state.reason = reason;
        state.until = clock.nanos() + PAUSE.toNanos();
    }

    /** An attachment passes because the scanner is away. */
    void passed(String scanner, String reason) {
        boolean first;
        synchronized (this) {
            State state = states.computeIfAbsent(scanner, none -> new State());
            first = !Boolean.TRUE.equals(state.told);
            state.told = true;
        }
        if (first) {
            told.away(scanner, reason);
        }
    }

    void answered(String scanner) {
        boolean first;
        synchronized (this) {
            State state = states.computeIfAbsent(scanner, none -> new State());
            state.reason = null;
            first = !Boolean.FALSE.equals(state.told);
            state.told = false;
        }
        if (first) {
            told.back(scanner);
        }
    }
}
