package ekiden.model.mail;

/** When a mail that is found is one that the catalogue has already. A mailbox's kind decides it, never the look of a key. */
public enum Sameness {
    /** Equal envelope and bytes, which have a Message-ID or a Date: for days. */
    DATED,
    /** Equal envelope and bytes without either: for minutes. */
    UNDATED,
    /** An equal UID, for ever; equal content under another UID is another mail, and noted. */
    UID,
    /** An equal UID, for ever; equal content under another UID is the same mail too. */
    UID_OR_CONTENT;

    /** {@return whether the mail lies at a server, which numbers its mails} */
    public boolean atServer() {
        return this == UID || this == UID_OR_CONTENT;
    }
}
