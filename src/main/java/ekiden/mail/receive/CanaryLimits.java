package ekiden.mail.receive;

import java.time.Duration;

/**
 * Bounds of canary mails.
 *
 * @param firstWithin the first one of a mailbox is sent within this time, so that those of many mailboxes do not go out together
 * @param tryAgain pause before one that the server did not take is handed over again, as long as {@code within} of its profile is not over
 * @param lastLook so long before a canary is overdue the folders of its mailbox are looked at once more
 * @param sends canaries that are handed over at the same time; more wait
 * @param removals how often it is tried to remove one that was seen, where the server refuses it for now; then it stays there
 */
public record CanaryLimits(Duration firstWithin, Duration tryAgain, Duration lastLook, int sends, int removals) {
    /** 1 min · 30 s · 10 s · 4 · 3. */
    public static final CanaryLimits DEFAULT =
            new CanaryLimits(Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofSeconds(10), 4, 3);
}
