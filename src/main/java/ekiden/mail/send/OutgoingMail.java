package ekiden.mail.send;

import ekiden.model.definition.IfRefused;
import java.util.List;

/**
 * A mail as it is handed over.
 *
 * @param sender envelope sender, {@code local@domain}; empty for none (RFC 5321 §4.5.5)
 * @param recipients envelope recipients, {@code local@domain}, at least one, without duplicates
 * @param messageId with its angle brackets; the same for each submission of the same mail
 * @param form what the server must be able to carry
 * @param content header and body
 * @param ifRefused whether some get it where others are refused
 */
public record OutgoingMail(
        String sender, List<String> recipients, String messageId, Form form, MailContent content, IfRefused ifRefused) {
    /** Copies the recipients. */
    public OutgoingMail {
        recipients = List.copyOf(recipients);
    }

    /**
     * Which goes to those who are not refused.
     *
     * @param sender envelope sender, empty for none
     * @param recipients envelope recipients, at least one
     * @param messageId with its angle brackets
     * @param form what the server must be able to carry
     * @param content header and body
     */
    public OutgoingMail(String sender, List<String> recipients, String messageId, Form form, MailContent content) {
        this(sender, recipients, messageId, form, content, IfRefused.EACH);
    }

    /**
     * @param rule whether some get it where others are refused
     * @return the same mail under that rule
     */
    public OutgoingMail with(IfRefused rule) {
        return new OutgoingMail(sender, recipients, messageId, form, content, rule);
    }

    /**
     * @param some recipients of this mail
     * @return the same mail, for these only
     */
    public OutgoingMail to(List<String> some) {
        return new OutgoingMail(sender, some, messageId, form, content, ifRefused);
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
