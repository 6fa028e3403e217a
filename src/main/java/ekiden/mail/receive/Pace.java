package ekiden.mail.receive;

import java.time.Duration;

/** How long a reader waits for a hint before it looks by itself. Pure. */
final class Pace {
    /** A time since the last mail; while it is not yet over, how long a wait is at most, and the pause between two questions in it. */
    private record Step(Duration since, Duration atMost, Duration ask) {}

    /**
     * Mails come in bursts, and a server may hold its hints back (Dovecot for half a second) or lose one while it puts a session to sleep. So it is
     * asked much for as long as a burst may be going on; later a question would gain little over the hint, and where mails come to many mailboxes
     * one after another, the questions of those that had theirs would hold up the next ones. The steps that are left are for a hint that was lost.
     * More of them would gain nothing: a look wakes the session, so that it is put to sleep again and may lose the next.
     */
    private static final Step[] STEPS = {
        new Step(Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMillis(10)),
        new Step(Duration.ofSeconds(2), Duration.ofMillis(800), Duration.ofMillis(50)),
        new Step(Duration.ofMillis(9_500), Duration.ofSeconds(4), Duration.ofSeconds(4)),
        new Step(Duration.ofSeconds(10), Duration.ofMillis(500), Duration.ofMillis(500)),
        new Step(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(5)),
    };

    /** So old is a folder's last mail when it is opened: one look follows soon, when hints are already waited for, and one later. */
    static final Duration OPENED = Duration.ofMillis(9_600);

    /** Under close attention: what the server answers to questions in between is a hint, the search after this time the proof. */
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private Pace() {}

    /**
     * @param since time since a mail last came, or since a while before the folder was opened
     * @param settings the reader's
     * @return the wait for a hint
     */
    static Wait next(Duration since, ReaderSettings settings) {
        if (settings.attention() == ReaderSettings.Attention.CLOSE) {
            return new Wait(CLOSE, settings.limits().closePause()).noLongerThan(settings.longestPause());
        }
        for (Step step : STEPS) {
            if (since.compareTo(step.since) < 0) {
                return new Wait(step.atMost, step.ask).noLongerThan(settings.longestPause());
            }
        }
        return Wait.quiet(settings.longestPause());
    }
}
