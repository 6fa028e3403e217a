package ekiden.mail.send;

import java.util.List;

/**
 * A mail as it is handed over.
 *
 * @param sender envelope sender, {@code local@domain}; empty for none (RFC 5321 §4.5.5)
 * @param recipients envelope recipients, {@code local@domain}, at least one, without duplicates
 * @param messageId with its angle brackets; the same for each submission of the same mail
 * @param form what the server must be able to carry
 * @param content header and body
 */
public record OutgoingMail(String sender, List<String> recipients, String messageId, Form form, MailContent content) {
    /** Copies the recipients. */
    public OutgoingMail {
        recipients = List.copyOf(recipients);
    }

    /**
     * @param some recipients of this mail
     * @return the same mail, for these only
     */
    public OutgoingMail to(List<String> some) {
        return new OutgoingMail(sender, some, messageId, form, content);
    }

    /** What the bytes of a message ask of a server. */
    public enum Form {
        /** ASCII throughout: every server carries it. */
        SEVEN_BIT,
        /** The body has bytes above 127: needs 8BITMIME (RFC 6152). */
        EIGHT_BIT,
        /** Header fields hold UTF-8: needs SMTPUTF8 (RFC 6531). */
        UTF8
    }
}
