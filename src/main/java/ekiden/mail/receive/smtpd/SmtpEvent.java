package ekiden.mail.receive.smtpd;

/** What moves a session on. */
enum SmtpEvent {
    /** HELO, EHLO or LHLO. */
    HELLO,
    /** MAIL. */
    MAIL,
    /** RCPT. */
    RCPT,
    /** DATA. */
    DATA,
    /** BDAT. */
    BDAT,
    /** A chunk that is not the last has come in. */
    CHUNK_READ,
    /** All of the mail has come in. */
    MAIL_READ,
    /** The mail could not be taken while it came in. */
    MAIL_FAILED,
    /** The verdict was told. */
    ANSWERED,
    /** RSET. */
    RSET,
    /** STARTTLS. */
    STARTTLS,
    /** The handshake is done. */
    SECURED,
    /** Either side ends it. */
    CLOSE
}
