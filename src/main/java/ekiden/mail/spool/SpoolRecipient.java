package ekiden.mail.spool;

/**
 * For whom a mail came, and where that leads.
 *
 * @param address as the sender wrote it; the mailbox's own name where there was no envelope
 * @param mailbox the mail profile it belongs to
 */
public record SpoolRecipient(String address, String mailbox) {}
