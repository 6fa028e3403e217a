package ekiden.mail.save;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** What can go wrong with saving. */
public enum SaveMessage implements MessageId {
    /** {@code folder}. */
    DISK_FULL("EKDM0300-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** {@code folder}, {@code reason}. */
    NOT_SAVED("EKDM0301-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** {@code folder}, {@code name}, {@code limit}. */
    TOO_MANY_OF_ONE_NAME("EKDM0302-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** A piece of the path is longer than the file system takes: {@code folder}. */
    NAME_TOO_LONG("EKDM0304-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** {@code template}, {@code what}. */
    TEMPLATE("EKDM0303-E", Kind.PERMANENT, ExitCode.USAGE),
    /** An attachment that stands in the mail by reference only. */
    NOT_IN_THE_MAIL("EKDM0310-W", Kind.INFORMATION, ExitCode.WARNING),
    /** The file system did not take the attachment's name; it was saved under another one. */
    NAME_REPLACED("EKDM0311-I", Kind.INFORMATION, ExitCode.DONE);

    private final String id;
    private final Kind kind;
    private final ExitCode exit;

    SaveMessage(String id, Kind kind, ExitCode exit) {
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
