package ekiden.mail.send;

import java.time.Duration;

/**
 * Copies of sent mails in files of this machine.
 *
 * @param lock how long to wait for the lock of an mbox
 * @param lockPause between two tries to get it
 * @param lockRest once others have kept the lock that long, so long each further copy tries only once to get it
 * @param mboxBytes the longest mbox that is added to
 */
public record SentCopyLimits(Duration lock, Duration lockPause, Duration lockRest, long mboxBytes) {
    /** 10 s, 100 ms, 1 min, 4 GiB. */
    public static final SentCopyLimits DEFAULT = new SentCopyLimits(
            Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(1), 4L * 1024 * 1024 * 1024);
}
