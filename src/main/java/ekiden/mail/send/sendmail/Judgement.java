package ekiden.mail.send.sendmail;

/**
 * What an exit code of a mail command means once the whole mail lay before it (sysexits.h; sendmail(1) of Postfix and of Sendmail). Pure.
 *
 * <p>Sendmail's own manual says of 75 that the mail may have been <em>queued</em>; only Postfix and msmtp are known to have nothing then. What no manual explains (a
 * signal, a code of a shell) tells nothing about the mail.
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
    private static final int OSERR = 71;
    private static final int IOERR = 74;
    private static final int TEMPFAIL = 75;
    private static final int LAST = 78;

    private static Judgement ofTempfail(MailProgram.Kind kind) {
        return switch (kind) {
            case POSTFIX, MSMTP -> NOT_NOW;
            case EXIM, SSMTP, NULLMAILER, OTHER -> UNCERTAIN;
        };
    }

    /** What Postfix says of a mail over its {@code message_size_limit}, with 75 (cleanup_strerror(3) in its source). */
    private static final String TOO_LARGE = "message file too big";

    /**
     * @param code the exit code
     * @param kind whose command it is
     * @param said what it said
     * @return what that means
     */
    static Judgement of(int code, MailProgram.Kind kind, String said) {
        Judgement by = of(code, kind);
        boolean never = by == NOT_NOW && kind == MailProgram.Kind.POSTFIX && said.contains(TOO_LARGE);
        return never ? REFUSED : by;
    }

    static Judgement of(int code, MailProgram.Kind kind) {
        if (code == 0) {
            return QUEUED;
        }
        if (code < FIRST || code > LAST) {
            return UNCERTAIN;
        }
        return switch (code) {
            case OSERR, IOERR -> NOT_NOW;
            case TEMPFAIL -> ofTempfail(kind);
            default -> REFUSED;
        };
    }
}
