package ekiden.config;

import java.time.Duration;

/**
 * Bounds of finding a secret.
 *
 * @param bytes its size
 * @param time how long its command may take
 * @param pause between two looks at a running command
 */
public record SecretLimits(int bytes, Duration time, Duration pause) {
    /** 64 KiB, 10 seconds, looked at every 10 ms. */
    public static final SecretLimits DEFAULT =
            new SecretLimits(64 * 1024, Duration.ofSeconds(10), Duration.ofMillis(10));
}
