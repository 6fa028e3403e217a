package ekiden.wait;

import ekiden.base.Problem;
import ekiden.mail.mime.RawSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail that a source has found.
 *
 * @param mail what makes it the same mail
 * @param uid what the mailbox calls it, for file names
 * @param raw its bytes; closed by whoever ends with it
 * @param received when the mailbox had it
 * @param problem why it must not be parsed, or null
 * @param openings how often, as far as the source knows, a process ended while it was being parsed
 */
public record Arrival(
        WaitRecord.Mail mail,
        String uid,
        RawSource raw,
        Instant received,
        @Nullable Problem problem,
        int openings) {
    /** One of which the source knows nothing bad. */
    Arrival(WaitRecord.Mail mail, String uid, RawSource raw, Instant received, @Nullable Problem problem) {
        this(mail, uid, raw, received, problem, 0);
    }
}
