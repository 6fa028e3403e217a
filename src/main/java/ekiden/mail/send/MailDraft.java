package ekiden.mail.send;

import ekiden.model.mail.Address;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail before it is composed; every value is final ({@code ${name}} already replaced).
 *
 * @param from author, and envelope sender
 * @param to recipients, may be empty where there are others
 * @param cc copies
 * @param bcc blind copies: in the envelope, in no header
 * @param subject one line
 * @param text the body; any line ends
 * @param attachments in this order
 * @param messageId with angle brackets; given, so that a mail that is sent again keeps it
 * @param date the Date header, with the offset the receiver shall see
 * @param inReplyTo the Message-ID this answers, with angle brackets, or null
 * @param references Message-IDs of the thread, oldest first
 * @param canary what the header field {@link #CANARY} says, by which the mailbox's reader recognises the mail, or null for no such field
 */
public record MailDraft(
        Address from,
        List<Address> to,
        List<Address> cc,
        List<Address> bcc,
        String subject,
        String text,
        List<Attachment> attachments,
        String messageId,
        OffsetDateTime date,
        @Nullable String inReplyTo,
        List<String> references,
        @Nullable String canary) {
    /** The header field of a canary mail. Answers do not carry it and relays leave it alone, unlike a Message-ID or a subject. */
    public static final String CANARY = "Ekiden-Canary";

    /** Copies the lists. */
    public MailDraft {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        attachments = List.copyOf(attachments);
        references = List.copyOf(references);
    }
}
