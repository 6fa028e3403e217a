package ekiden.model.mail;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a mail in the catalogue and what conditions look at (with the text, which is not kept).
 *
 * @param from authors, in order; empty where the header is missing
 * @param to recipients of the header
 * @param cc copies of the header
 * @param subject decoded, one line; empty where missing
 * @param date the Date header, or null where missing or unreadable; information only, never used to decide
 * @param messageId with its angle brackets, or null
 * @param attachments in the order of the mail
 * @param problems ids of what was odd about the mail, without its text
 * @param receipt how it came from its server where it is large; null where it is not, or where that is not known
 * @param facts what else was found out when it was read whole, or null where nobody has looked
 * @param thread Message-IDs to which an answer refers besides the mail's own, oldest first, at most {@value MessageIds#MAX_THREAD}; empty where it begins a
 *     thread, or was read by an older release
 */
public record MailSummary(
        List<Address> from,
        List<Address> to,
        List<Address> cc,
        String subject,
        @Nullable Instant date,
        @Nullable String messageId,
        List<AttachmentSummary> attachments,
        List<String> problems,
        @Nullable Receipt receipt,
        @Nullable MailFacts facts,
        List<String> thread) {
    /** Copies the lists. */
    public MailSummary {
        thread = List.copyOf(Objects.requireNonNullElse(thread, List.of()));
        from = List.copyOf(from);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        attachments = List.copyOf(attachments);
        problems = List.copyOf(problems);
    }

    /** What stands in the catalogue for a mail that could not be read. */
    public static final MailSummary UNREADABLE = new MailSummary(
            List.of(), List.of(), List.of(), "", null, null, List.of(), List.of(), null, null, List.of());

    /**
     * @param how how it came, or null
     * @return this with that
     */
    public MailSummary received(@Nullable Receipt how) {
        return new MailSummary(from, to, cc, subject, date, messageId, attachments, problems, how, facts, thread);
    }

    /**
     * @param found what else was found out
     * @return this with that
     */
    public MailSummary with(MailFacts found) {
        return new MailSummary(from, to, cc, subject, date, messageId, attachments, problems, receipt, found, thread);
    }
}
