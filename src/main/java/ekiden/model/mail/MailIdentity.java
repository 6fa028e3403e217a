package ekiden.model.mail;

/**
 * What makes a mail the same mail when it is seen again. IMAP: {@code folder/UIDVALIDITY/UID}; smtpd: the SHA-256 of envelope
 * sender, recipient and bytes. Never a date, a sequence number or the Message-ID.
 *
 * @param mailbox the mail profile's name
 * @param key unique within the mailbox, at most 512 characters
 */
public record MailIdentity(String mailbox, String key) {
    @Override
    public String toString() {
        return mailbox + "/" + key;
    }
}
