package ekiden.base;

/** Exit codes of every command: a contract for cron, JP1, Airflow and others. */
public enum ExitCode {
    /** Done. */
    DONE(0),
    /** Ended with warning. */
    WARNING(1),
    /** Wrong usage of a command, or an error in a definition. */
    USAGE(2),
    /** The time given ran out. */
    TIMED_OUT(3),
    /** The mail system refused. */
    REFUSED(4),
    /** It cannot be known whether it happened. */
    UNCERTAIN(5),
    /** A server, a manager or an agent could not be reached. */
    NOT_REACHABLE(6),
    /** Settings, credentials, home folder, port or disk. */
    SETTINGS(7),
    /** A mail could not be read and stands in quarantine. */
    BAD_MAIL(8),
    /** A bug of Ekiden. */
    INTERNAL(70),
    /** Asked to end by SIGTERM (128 + its number) before it was through; a process that was asked by Ctrl-C returns 130. */
    STOPPED(143);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** {@return what the process returns to its caller} */
    public int code() {
        return code;
    }
}
