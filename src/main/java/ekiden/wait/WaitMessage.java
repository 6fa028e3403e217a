package ekiden.wait;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** What a call that waits has to say. Texts in {@code ekiden/message/wait_*.properties}. */
public enum WaitMessage implements MessageId {
    /** The receipts cannot be read or written: {@code {file}}, {@code {reason}}. */
    RECEIPTS("EKDC0160-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** Nobody reads the lines any more. */
    OUTPUT("EKDC0164-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** Processes ended while this mail was being parsed: {@code {mail}}, {@code {count}}. */
    OPENED_TOO_OFTEN("EKDC0170-E", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** Such a mail could not be tried in a process of its own: {@code {mail}}, {@code {count}}. */
    NOT_TRIED("EKDC0171-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** The call ends; what comes now is for the next one. */
    ENDING("EKDC0167-I", Kind.RETRYABLE, ExitCode.DONE),
    /** The process on the home does not answer; the call waits for it: {@code {unit}}, {@code {what}}. */
    HOME_AWAY("EKDC0174-W", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** It answers again: {@code {unit}}. */
    HOME_BACK("EKDC0175-I", Kind.INFORMATION, ExitCode.DONE),
    /** Somebody deleted the temporary unit of this call: {@code {unit}}. */
    UNIT_DELETED("EKDC0176-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The temporary unit could not be deleted at the end: {@code {unit}}. */
    UNIT_LEFT("EKDC0177-W", Kind.RETRYABLE, ExitCode.WARNING),
    /** The home has what calls accepted before it ran and did not hand out: {@code {count}}, {@code {folder}}. */
    TAKEN_OVER("EKDC0180-I", Kind.INFORMATION, ExitCode.DONE),
    /** A bug of ours: {@code {bug}}. */
    BUG("EKDC0166-E", Kind.PERMANENT, ExitCode.INTERNAL),
    /** Bytes on their way cannot be kept: {@code {folder}}, {@code {reason}}. */
    SCRATCH("EKDC0165-E", Kind.RETRYABLE, ExitCode.SETTINGS);

    private final String id;
    private final Kind kind;
    private final ExitCode exit;

    WaitMessage(String id, Kind kind, ExitCode exit) {
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
