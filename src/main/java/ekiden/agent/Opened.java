package ekiden.agent;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.model.mail.MailSummary;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a mail.
 *
 * @param summary what conditions look at, without the text; {@link MailSummary#UNREADABLE} with a problem
 * @param text the body text
 * @param dated whether it has something that tells it from another one with equal bytes
 * @param problem why it cannot be read, or null
 */
record Opened(MailSummary summary, String text, boolean dated, @Nullable Problem problem) {
    static Opened unreadable(Problem problem) {
        return new Opened(MailSummary.UNREADABLE, "", true, problem);
    }

    /** Whether the bytes cannot be had now, which says nothing about the mail. */
    boolean notNow() {
        return problem != null && problem.kind() == MessageId.Kind.RETRYABLE;
    }
}
