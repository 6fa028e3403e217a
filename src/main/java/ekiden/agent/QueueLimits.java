package ekiden.agent;

import java.time.Duration;

/**
 * How mails are followed that stand in the queue of this machine.
 *
 * @param firstLook pause before the first look; doubled each time
 * @param longestPause no longer pause between two looks
 * @param unseen a mail that is not in the queue, and of which nothing shows that it left, is looked for so long
 */
record QueueLimits(Duration firstLook, Duration longestPause, Duration unseen) {
    /** 1 s, 1 min, 30 s. */
    static final QueueLimits DEFAULT =
            new QueueLimits(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(30));

    QueueLimits unseen(Duration other) {
        return new QueueLimits(firstLook, longestPause, other);
    }
}
