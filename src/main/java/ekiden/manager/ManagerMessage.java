package ekiden.manager;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** Messages of the manager. */
public enum ManagerMessage implements MessageId {
    /** A unit that is not defined. */
    NO_UNIT("EKDS0101-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A run that is not there. */
    NO_RUN("EKDS0102-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A mail that is not there. */
    NO_MAIL("EKDS0103-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A mail that is not in quarantine. */
    NOT_QUARANTINED("EKDS0104-E", Kind.PERMANENT, ExitCode.USAGE),
    /** The inbox is full. */
    INBOX_FULL("EKDS0105-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** The manager is stopping. */
    STOPPING("EKDS0106-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** Whether it was committed cannot be known. */
    COMMIT_UNKNOWN("EKDS0107-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** Too many conflicts one after another. */
    TOO_MANY_CONFLICTS("EKDS0108-E", Kind.RETRYABLE, ExitCode.INTERNAL),
    /** A command ended by a bug. */
    BUG("EKDS0109-E", Kind.PERMANENT, ExitCode.INTERNAL),
    /** A run that has ended. */
    RUN_ENDED("EKDS0110-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A run that is about to be forgotten. */
    RUN_FORGOTTEN("EKDS0111-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A mail is in quarantine. */
    MAIL_QUARANTINED("EKDS0112-W", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** No open alarm with this number. */
    NO_ALARM("EKDS0113-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A unit that has a run which has not ended. */
    UNIT_BUSY("EKDS0114-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A server gives a UID to other content under one UIDVALIDITY. */
    UID_USED_AGAIN("EKDS0115-W", Kind.INFORMATION, ExitCode.WARNING),
    /** Files that should have gone were changed, or were never Ekiden's: {@code folder}, {@code unit}. */
    FILES_KEPT("EKDM0290-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A folder's UIDs were given anew, and this is what was made of it. */
    FOLDER_RENUMBERED("EKDS0116-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A mail came back, and the jobnet that was to be started is not defined. */
    NO_UNIT_FOR_BOUNCE("EKDM0675-W", Kind.PERMANENT, ExitCode.WARNING),
    /** A rerun of a run that is being killed. */
    RERUN_WHILE_KILLED("EKDS0117-E", Kind.RETRYABLE, ExitCode.USAGE),
    /** A rerun of a run without a job that ended badly. */
    NOTHING_TO_RERUN("EKDS0118-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A job that cannot be rerun as it stands. */
    CANNOT_RERUN("EKDS0119-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A mail that may have been delivered: a person has to say what is to be done. */
    RERUN_NEEDS_A_WORD("EKDS0120-E", Kind.PERMANENT, ExitCode.UNCERTAIN),
    /** A word for uncertain mails, on a job that is not. */
    NOT_UNCERTAIN("EKDS0121-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A job that was executed too often in one run. */
    TOO_MANY_ATTEMPTS("EKDS0122-E", Kind.PERMANENT, ExitCode.USAGE);

    private final String id;
    private final Kind kind;
    private final ExitCode exit;

    ManagerMessage(String id, Kind kind, ExitCode exit) {
        this.id = id;
        this.kind = kind;
        this.exit = exit;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public ExitCode exit() {
        return exit;
    }
}
