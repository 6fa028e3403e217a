package ekiden.config;

import java.time.Duration;

/**
 * Bounds of the work.
 *
 * @param commands command jobs that run at the same time; more wait
 * @param sendRetries how often a mail is tried again after a failure in which nothing can have been delivered (JP1 RetryCount)
 * @param sendRetryInterval pause between these (JP1 RetryInterval)
 * @param keepMails how long the bytes of mails that were taken stay in the spool
 * @param keepRuns how long runs that have ended stay, with their history and the output of their commands
 * @param keepQuarantine how long mails in quarantine whose bytes are here stay there
 * @param freeSpace bytes that should be free where the home is and where files are saved; 0 for no alarm
 */
public record RunLimits(
        int commands,
        int sendRetries,
        Duration sendRetryInterval,
        Duration keepMails,
        Duration keepRuns,
        Duration keepQuarantine,
        long freeSpace) {
    /** 16 commands, 3 tries more, a minute apart; 90 days, quarantine as good as ever; 1 GB. */
    public static final RunLimits DEFAULT = new RunLimits(
            16, 3, Duration.ofSeconds(60), Duration.ofDays(90), Duration.ofDays(90), Duration.ofDays(36_500), 1 << 30);

    static final int MOST_COMMANDS = 1_000;
    static final int MOST_RETRIES = 100;
    static final Duration LONGEST_INTERVAL = Duration.ofDays(1);
    static final long MOST_SPACE = 1L << 50;
    static final Duration LONGEST_KEEP = Duration.ofDays(36_500);
}
