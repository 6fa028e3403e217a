package ekiden.mail.send.sendmail;

/**
 * What an exit code of a mail command means once the whole mail lay before it (sysexits.h; sendmail(1) of Postfix and of Sendmail). Pure.
 *
 * <p>Sendmail's own manual says of 75 that the mail may have been <em>queued</em>; only Postfix and msmtp are known to have nothing then. Of 0 it says
 * <em>on all addresses</em>: any other code may be that of one recipient, while the others get the mail; Postfix and msmtp hand on all or nothing. msmtp ends
 * with the same two codes wherever it loses its server, also behind the whole mail. What no manual explains (a signal, a code of a shell) tells nothing about
 * the mail.
 */
enum Judgement {
    /** In the queue. */
    QUEUED,
    /** Nobody gets it, and trying again can help. */
    NOT_NOW,
    /** Nobody gets it. */
    REFUSED,
    /** It cannot be known. */
    UNCERTAIN;

    private static final int FIRST = 64;
    private static final int USAGE = 64;
    private static final int OSERR = 71;
    private static final int IOERR = 74;
    private static final int TEMPFAIL = 75;
    private static final int PROTOCOL = 76;
    private static final int LAST = 78;

    /** What Postfix says of a mail over its {@code message_size_limit}, with 75 (cleanup_strerror(3) in its source). */
    private static final String TOO_LARGE = "message file too big";

    /**
     * @param code the exit code
     * @param kind whose command it is
     * @param said what it said
     * @param recipients of the mail, at least 1
     * @return what that means
     */
    static Judgement of(int code, MailProgram.Kind kind, String said, int recipients) {
        if (code == 0) {
            return QUEUED;
        }
        if (code < FIRST || code > LAST) {
            return UNCERTAIN;
        }
        return switch (kind) {
            case POSTFIX -> ofPostfix(code, said);
            case MSMTP -> ofMsmtp(code);
            case EXIM, SSMTP, NULLMAILER, OTHER -> ofOthers(code, recipients);
        };
    }

    private static Judgement ofPostfix(int code, String said) {
        return code == TEMPFAIL && said.contains(TOO_LARGE) ? REFUSED : ofNobody(code);
    }

    private static Judgement ofMsmtp(int code) {
        return code == IOERR || code == PROTOCOL ? UNCERTAIN : ofNobody(code);
    }

    private static Judgement ofOthers(int code, int recipients) {
        boolean someMay = recipients > 1 && code != USAGE;
        return code == TEMPFAIL || someMay ? UNCERTAIN : ofNobody(code);
    }

    private static Judgement ofNobody(int code) {
        return code == OSERR || code == IOERR || code == TEMPFAIL ? NOT_NOW : REFUSED;
    }
}
