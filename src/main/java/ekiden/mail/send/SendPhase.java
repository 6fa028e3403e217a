package ekiden.mail.send;

import ekiden.base.StateTable;

/** Where a submission over SMTP stands, and where it can end otherwise than accepted. */
public enum SendPhase {
    /** Name look-up and TCP connect. */
    CONNECT,
    /** Waiting for the server's first words. */
    GREETING,
    /** EHLO sent. */
    EHLO,
    /** HELO sent, because EHLO was not understood. */
    HELO,
    /** STARTTLS sent, or the TLS handshake runs (also of implicit TLS). */
    STARTTLS,
    /** AUTH sent. */
    AUTH,
    /** MAIL sent. */
    MAIL,
    /** RCPT sent. */
    RCPT,
    /** DATA sent. */
    DATA,
    /** Content is flowing; its last line is not ended by the final dot yet. */
    BODY,
    /** The final dot may have left. */
    END_OF_DATA,
    /** End: nothing delivered, trying again can help. */
    FAILED,
    /** End: nothing delivered, trying again does not help. */
    REFUSED,
    /** End: it cannot be known. */
    UNCERTAIN;

    /** What can go wrong in a phase. */
    public enum Fault {
        /** The connection was refused, closed or reset. */
        DROP,
        /** Nothing came within the time given, or the server took no more bytes. */
        STALL,
        /** A reply 4xx other than 421. */
        TRANSIENT,
        /** A reply 5xx. */
        PERMANENT,
        /** What came is no SMTP reply, or one that has no meaning there. */
        GARBAGE,
        /** 421: the server closes the connection. */
        CLOSING
    }

    /**
     * Each phase × each fault → where it leads. A refused recipient leaves the submission in {@link #RCPT}: the others
     * go on (when none is left, the submission ends there). A CONNECT has no reply, so only two rows.
     */
    public static final StateTable<SendPhase, Fault> TABLE = StateTable.of("submission", SendPhase.class, Fault.class)
            .row(CONNECT, Fault.DROP, FAILED)
            .row(CONNECT, Fault.STALL, FAILED)
            .row(GREETING, Fault.DROP, FAILED)
            .row(GREETING, Fault.STALL, FAILED)
            .row(GREETING, Fault.TRANSIENT, FAILED)
            .row(GREETING, Fault.PERMANENT, REFUSED)
            .row(GREETING, Fault.GARBAGE, FAILED)
            .row(GREETING, Fault.CLOSING, FAILED)
            .row(EHLO, Fault.DROP, FAILED)
            .row(EHLO, Fault.STALL, FAILED)
            .row(EHLO, Fault.TRANSIENT, FAILED)
            .row(EHLO, Fault.PERMANENT, HELO)
            .row(EHLO, Fault.GARBAGE, FAILED)
            .row(EHLO, Fault.CLOSING, FAILED)
            .row(HELO, Fault.DROP, FAILED)
            .row(HELO, Fault.STALL, FAILED)
            .row(HELO, Fault.TRANSIENT, FAILED)
            .row(HELO, Fault.PERMANENT, REFUSED)
            .row(HELO, Fault.GARBAGE, FAILED)
            .row(HELO, Fault.CLOSING, FAILED)
            .row(STARTTLS, Fault.DROP, FAILED)
            .row(STARTTLS, Fault.STALL, FAILED)
            .row(STARTTLS, Fault.TRANSIENT, FAILED)
            .row(STARTTLS, Fault.PERMANENT, REFUSED)
            .row(STARTTLS, Fault.GARBAGE, FAILED)
            .row(STARTTLS, Fault.CLOSING, FAILED)
            .row(AUTH, Fault.DROP, FAILED)
            .row(AUTH, Fault.STALL, FAILED)
            .row(AUTH, Fault.TRANSIENT, FAILED)
            .row(AUTH, Fault.PERMANENT, REFUSED)
            .row(AUTH, Fault.GARBAGE, FAILED)
            .row(AUTH, Fault.CLOSING, FAILED)
            .row(MAIL, Fault.DROP, FAILED)
            .row(MAIL, Fault.STALL, FAILED)
            .row(MAIL, Fault.TRANSIENT, FAILED)
            .row(MAIL, Fault.PERMANENT, REFUSED)
            .row(MAIL, Fault.GARBAGE, FAILED)
            .row(MAIL, Fault.CLOSING, FAILED)
            .row(RCPT, Fault.DROP, FAILED)
            .row(RCPT, Fault.STALL, FAILED)
            .row(RCPT, Fault.TRANSIENT, RCPT)
            .row(RCPT, Fault.PERMANENT, RCPT)
            .row(RCPT, Fault.GARBAGE, FAILED)
            .row(RCPT, Fault.CLOSING, FAILED)
            .row(DATA, Fault.DROP, FAILED)
            .row(DATA, Fault.STALL, FAILED)
            .row(DATA, Fault.TRANSIENT, FAILED)
            .row(DATA, Fault.PERMANENT, REFUSED)
            .row(DATA, Fault.GARBAGE, FAILED)
            .row(DATA, Fault.CLOSING, FAILED)
            .row(BODY, Fault.DROP, FAILED)
            .row(BODY, Fault.STALL, FAILED)
            .row(BODY, Fault.TRANSIENT, FAILED)
            .row(BODY, Fault.PERMANENT, REFUSED)
            .row(BODY, Fault.GARBAGE, FAILED)
            .row(BODY, Fault.CLOSING, FAILED)
            .row(END_OF_DATA, Fault.DROP, UNCERTAIN)
            .row(END_OF_DATA, Fault.STALL, UNCERTAIN)
            .row(END_OF_DATA, Fault.TRANSIENT, FAILED)
            .row(END_OF_DATA, Fault.PERMANENT, REFUSED)
            .row(END_OF_DATA, Fault.GARBAGE, UNCERTAIN)
            .row(END_OF_DATA, Fault.CLOSING, FAILED)
            .build();

    /** {@return whether this is an end rather than a phase} */
    public boolean isEnd() {
        return this == FAILED || this == REFUSED || this == UNCERTAIN;
    }
}
