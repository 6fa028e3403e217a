package ekiden.mail.receive;

import java.time.Duration;

/** How long a reader waits for a hint before it looks by itself. Pure. */
final class Pace {
    /** A time since the last mail, and the pause while it is not yet over. */
    private record Step(Duration since, Duration pause) {}

    /** Mails come in bursts, and a server may hold its hints back (Dovecot for half a second). */
    private static final Step[] STEPS = {
        new Step(Duration.ofMillis(400), Duration.ofMillis(10)),
        new Step(Duration.ofSeconds(2), Duration.ofMillis(50)),
        new Step(Duration.ofSeconds(10), Duration.ofMillis(500)),
    };

    /** So old is a folder's last mail when it is opened: one more look follows soon, when hints are already waited for, and then long pauses. */
    static final Duration ONE_MORE_LOOK = Duration.ofMillis(9_600);

    private Pace() {}

    /**
     * @param since time since a mail last came, or since a while before the folder was opened
     * @param settings the reader's
     * @return the longest wait for a hint
     */
    static Duration next(Duration since, ReaderSettings settings) {
        if (settings.attention() == ReaderSettings.Attention.CLOSE) {
            return settings.limits().closePause();
        }
        for (Step step : STEPS) {
            if (since.compareTo(step.since) < 0) {
                return shorter(step.pause, settings.longestPause());
            }
        }
        return settings.longestPause();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
