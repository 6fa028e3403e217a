package ekiden.cli;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** What the command line says by itself. */
public enum CliMessage implements MessageId {
    /** No such command: {@code {command}}. */
    NO_COMMAND("EKDC0100-E", ExitCode.USAGE),
    /** No such command, but one much like it: {@code {command}}, {@code {near}}. */
    MISSPELT_COMMAND("EKDC0101-E", ExitCode.USAGE),
    /** The command has no such option or word: {@code {command}}, {@code {word}}. */
    UNKNOWN_WORD("EKDC0102-E", ExitCode.USAGE),
    /** Something is missing: {@code {command}}, {@code {missing}}. */
    MISSING("EKDC0103-E", ExitCode.USAGE),
    /** A value is wrong: {@code {option}}, {@code {value}}, {@code {expected}}. */
    BAD_VALUE("EKDC0104-E", ExitCode.USAGE),
    /** Two options exclude one another: {@code {one}}, {@code {other}}. */
    EXCLUSIVE("EKDC0105-E", ExitCode.USAGE),
    /** A file cannot be read: {@code {file}}, {@code {reason}}. */
    UNREADABLE("EKDC0106-E", ExitCode.USAGE),
    /** A file is too large: {@code {file}}, {@code {limit}}. */
    TOO_LARGE("EKDC0107-E", ExitCode.USAGE),
    /** An option stands twice: {@code {command}}, {@code {option}}. */
    TWICE("EKDC0108-E", ExitCode.USAGE),
    /** Nobody wanted to wait longer: {@code {run}}, {@code {timeout}}. */
    STILL_RUNNING("EKDC0110-W", ExitCode.TIMED_OUT),
    /** Which job is meant is not clear: {@code {run}}, {@code {jobs}}. */
    WHICH_JOB("EKDC0111-E", ExitCode.USAGE),
    /** The answer is of another release: {@code {what}}. */
    OTHER_RELEASE("EKDC0112-E", ExitCode.INTERNAL),
    /** The process cannot be reached at the moment; tried again: {@code {seconds}}. */
    TRYING_AGAIN("EKDC0113-W", ExitCode.NOT_REACHABLE),
    /** No mail of the catalogue has this Message-ID: {@code {messageId}}. */
    NO_MESSAGE_ID("EKDC0114-E", ExitCode.USAGE),
    /** Nobody can tell whether a unit is defined: {@code {file}}, {@code {job}}, {@code {found}}. */
    UNIT_NOT_KNOWN("EKDM0686-W", ExitCode.WARNING),
    /** A recipient that becomes no address at present: {@code {file}}, {@code {job}}, {@code {found}}, {@code {because}}. */
    NAME_IN_DOUBT("EKDM0687-W", ExitCode.WARNING),
    /** A bug: {@code {command}}. */
    BUG("EKDC0120-E", ExitCode.INTERNAL),
    /** The output cannot be written. */
    NO_OUTPUT("EKDC0121-E", ExitCode.SETTINGS);

    private final String id;
    private final ExitCode exit;

    CliMessage(String id, ExitCode exit) {
        this.id = id;
        this.exit = exit;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Kind kind() {
        return switch (this) {
            case TRYING_AGAIN, STILL_RUNNING, NO_OUTPUT -> Kind.RETRYABLE;
            case UNIT_NOT_KNOWN, NAME_IN_DOUBT -> Kind.UNKNOWN;
            case NO_COMMAND,
                    MISSPELT_COMMAND,
                    UNKNOWN_WORD,
                    MISSING,
                    BAD_VALUE,
                    EXCLUSIVE,
                    UNREADABLE,
                    TOO_LARGE,
                    TWICE,
                    WHICH_JOB,
                    OTHER_RELEASE,
                    NO_MESSAGE_ID,
                    BUG -> Kind.PERMANENT;
        };
    }

    @Override
    public ExitCode exit() {
        return exit;
    }
}
