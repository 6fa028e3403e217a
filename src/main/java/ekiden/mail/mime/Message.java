package ekiden.mail.mime;

import ekiden.model.mail.MailSummary;
import java.util.List;

/**
 * A mail that was read.
 *
 * @param summary authors, recipients, subject, attachments as the catalogue keeps them
 * @param text the text/plain leaves without attachment disposition, joined, lines ended by LF; from HTML only where there is
 *     none
 * @param fromHtml whether the text was made from HTML
 * @param attachments every other leaf but body HTML, in the order of the mail and of {@code summary.attachments()}
 * @param signatures who signed it, or parts of it, with S/MIME; empty where nobody did or nothing was checked
 * @param header all fields of its header
 */
public record Message(
        MailSummary summary,
        String text,
        boolean fromHtml,
        List<Part> attachments,
        List<Signature> signatures,
        Headers header) {
    /** Copies the list. */
    public Message {
        attachments = List.copyOf(attachments);
        signatures = List.copyOf(signatures);
    }
}
