package ekiden.agent;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.mail.match.TestedMail;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a mail.
 *
 * @param summary what the catalogue keeps; {@link MailSummary#UNREADABLE} with a problem
 * @param tested what conditions look at, with text and header; null where it is too large to be kept, and is read again when it is needed, and with a problem
 * @param problem why it cannot be read, or null
 */
record WholeMail(
        MailSummary summary,
        @Nullable TestedMail tested,
        @Nullable Problem problem) {
    static WholeMail unreadable(Problem problem) {
        return new WholeMail(MailSummary.UNREADABLE, null, problem);
    }

    /** With how it came, where that was noted. */
    WholeMail received(@Nullable Receipt how) {
        return how == null ? this : new WholeMail(summary.received(how), tested, problem);
    }

    /** Whether the bytes cannot be had now, which says nothing about the mail. */
    boolean notNow() {
        return problem != null && problem.kind() == MessageId.Kind.RETRYABLE;
    }

    /** Without a text that is longer than what may be kept. */
    WholeMail kept(int most) {
        String text = tested == null ? null : tested.text();
        return text != null && text.length() > most ? new WholeMail(summary, null, problem) : this;
    }
}
