package ekiden.mail.profile;

import java.time.Duration;

/**
 * Where copies of sent mails are kept.
 *
 * @param maildir a maildir, relative to the home or absolute; made where it is missing
 * @param age how long a copy stays, more than zero
 */
public record SentCopy(String maildir, Duration age) {
    /** 90 days. */
    public static final Duration USUAL_AGE = Duration.ofDays(90);
}
