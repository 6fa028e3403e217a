package ekiden.mail.receive.smtpd;

/** Where a session stands. */
enum SmtpState {
    /** Greeted; the client has not yet said who it is. */
    START,
    /** Between two mails. */
    READY,
    /** The sender of a mail is known. */
    SENDER,
    /** At least one recipient was taken. */
    RECIPIENTS,
    /** The mail comes in, dotted. */
    DATA,
    /** A chunk of the mail comes in. */
    CHUNK,
    /** Between two chunks. */
    CHUNKS,
    /** The mail is here; the verdict is awaited. */
    VERDICT,
    /** 220 was said to STARTTLS. */
    TLS,
    /** Over. */
    CLOSED
}
