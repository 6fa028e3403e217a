package ekiden.engine;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** Messages of runs and scheduling. */
public enum EngineMessage implements MessageId {
    /** A job's end cannot be known. */
    JOB_UNKNOWN("EKDS0001-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** A mail was perhaps accepted. */
    MAIL_UNCERTAIN("EKDS0002-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** A job's time ran out. */
    TIMED_OUT("EKDS0003-W", Kind.PERMANENT, ExitCode.TIMED_OUT),
    /** A command ended with a code above the threshold. */
    EXIT_CODE("EKDS0004-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** A command ended with a code in the warning range. */
    EXIT_CODE_WARNING("EKDS0005-W", Kind.PERMANENT, ExitCode.WARNING),
    /** Some recipients were refused. */
    SOME_REFUSED("EKDS0006-W", Kind.PERMANENT, ExitCode.WARNING),
    /** A job was not executed because one before it ended badly. */
    NOT_EXECUTED("EKDS0007-W", Kind.PERMANENT, ExitCode.REFUSED),
    /** Killed by a person. */
    KILLED("EKDS0008-I", Kind.INFORMATION, ExitCode.REFUSED),
    /** A person says that a mail counts as sent. */
    ASSUMED_SENT("EKDS0009-I", Kind.INFORMATION, ExitCode.DONE);

    private final String id;
    private final Kind kind;
    private final ExitCode exit;

    EngineMessage(String id, Kind kind, ExitCode exit) {
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
