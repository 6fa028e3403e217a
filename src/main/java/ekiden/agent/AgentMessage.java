package ekiden.agent;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** Messages of the agent. */
public enum AgentMessage implements MessageId {
    /** The process that guarded a command is gone and left no exit code. */
    WRAPPER_GONE("EKDA0001-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** Whether a command began cannot be proved. */
    START_NOT_PROVED("EKDA0002-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** A command was not begun before the agent ended. */
    NOT_BEGUN("EKDA0003-W", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** A program cannot be started. */
    CANNOT_START("EKDA0004-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The attempt folder cannot be written. */
    FOLDER("EKDA0005-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** The connection was perhaps lost behind the end of a mail: the agent ended in between. */
    SEND_INTERRUPTED("EKDA0006-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** A mail ended the process twice while it was being opened. */
    OPENED_TWICE("EKDA0008-E", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** An after-receive action that this kind of mailbox does not know. */
    AFTER_RECEIVE("EKDA0010-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A bug ended the reading of a mail. */
    READER_BUG("EKDA0011-E", Kind.PERMANENT, ExitCode.INTERNAL),
    /** The file that holds the text of a mail is absent or too long. */
    TEXT_FILE("EKDA0013-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** A template of a mail that cannot be filled. */
    TEMPLATE("EKDM0678-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A template or one of its values is too long. */
    TEMPLATE_TOO_LONG("EKDM0685-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A command wrote more than is kept; {@link ekiden.agent.process} writes this id into the output. */
    OUTPUT_CUT("EKDA0014-W", Kind.INFORMATION, ExitCode.WARNING),
    /** There was no room for what a command wrote; {@link ekiden.agent.process} writes this id into the output. */
    OUTPUT_LOST("EKDA0023-W", Kind.INFORMATION, ExitCode.WARNING),
    /** What keeps a command's output was ended; {@link ekiden.agent.process} writes this id into the output. */
    OUTPUT_BROKEN("EKDA0028-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A folder was named as a program: {@code {program}}. */
    IS_FOLDER("EKDA0024-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The first line of a program names what cannot be started: {@code {program}}, {@code {interpreter}}. */
    NO_INTERPRETER("EKDA0025-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The system gives no program so many bytes of arguments and environment: {@code {program}}, {@code {bytes}}, {@code {longest}}. */
    TOO_LONG("EKDA0026-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** A mail could not be saved, and its run did not wait: {@code {folder}}, {@code {because}}. */
    SAVE_CALLED_OFF("EKDA0027-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** A fault in the product ended work that is tried again: {@code {what}}, {@code {bug}}. */
    WORK_BUG("EKDA0029-E", Kind.RETRYABLE, ExitCode.INTERNAL),
    /** Files in the folder of reports that are no reports; values: {@code folder}, {@code count}, {@code name}. */
    STRANGE_REPORTS("EKDA0022-W", Kind.PERMANENT, ExitCode.SETTINGS),
    /** What is kept of canary mails cannot be read or written: {@code {folder}}, {@code {reason}}. */
    CANARY_NOT_KEPT("EKDA0035-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** Other mails that are being read took all the memory for it. */
    NO_ROOM_TO_READ("EKDA0020-W", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** A mail for which the memory does not suffice although no other is open. */
    NEEDS_TOO_MUCH("EKDM0234-E", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** What was noted of the end of a mail is damaged. */
    OUTCOME_UNREADABLE("EKDA0021-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** A mail was not sent yet and is tried again: {@code because}, {@code reply}, {@code try}, {@code tries}, {@code until}. */
    SEND_PUT_OFF("EKDA0036-W", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** A server took a mail for some and put others off: {@code count}, {@code recipient}, {@code reply}. */
    SOME_PUT_OFF("EKDA0037-W", Kind.RETRYABLE, ExitCode.WARNING),
    /** A mail is in the queue of this machine: {@code id}, {@code reason}. */
    IN_QUEUE("EKDA0045-I", Kind.RETRYABLE, ExitCode.DONE),
    /** It is still there after the longest time: {@code id}, {@code sender}, {@code reason}. */
    STILL_QUEUED("EKDA0046-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** It is not there any more, and nothing shows that it left: {@code id}, {@code sender}. */
    LEFT_UNSEEN("EKDA0047-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** It was not waited for any longer, because of a kill: {@code id}, {@code sender}. */
    QUEUE_KILLED("EKDA0048-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** Nobody gets it: {@code id}, {@code count}, {@code recipient}, {@code reply}. */
    BOUNCED("EKDA0049-E", Kind.PERMANENT, ExitCode.REFUSED);

    private final String id;
    private final Kind kind;
    private final ExitCode exit;

    AgentMessage(String id, Kind kind, ExitCode exit) {
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
