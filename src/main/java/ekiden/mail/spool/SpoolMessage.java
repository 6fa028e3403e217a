package ekiden.mail.spool;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** What the spool has to say. Texts in {@code ekiden/message/spool_*.properties}. */
public enum SpoolMessage implements MessageId {
    /** There is no room for a mail. */
    DISK_FULL("EKDM0400-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** A file of the spool could not be written. */
    NOT_WRITABLE("EKDM0401-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** A file of the spool could not be read. */
    NOT_READABLE("EKDM0402-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** No entry has that name. */
    NOT_FOUND("EKDM0403-E", Kind.PERMANENT, ExitCode.USAGE),
    /** An entry under its final name is not whole. */
    DAMAGED("EKDM0404-E", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** The envelope is longer than the limit. */
    HEADER_TOO_LONG("EKDM0406-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** In quarantine, but the note that says why is missing. */
    NO_NOTE("EKDM0407-W", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** Files that are none of ours lie in the spool; values: {@code folder}, {@code count}, {@code names}. */
    STRANGE_FILES("EKDM0408-W", Kind.PERMANENT, ExitCode.SETTINGS),
    /** Mails that were settled once are not in the catalogue; values: {@code folder}, {@code count}, {@code place}. */
    STORE_OLDER("EKDM0409-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** Mails of another spool cannot be taken over; values: {@code folder}, {@code to}, {@code reason}. */
    NOT_MOVED("EKDM0410-E", Kind.RETRYABLE, ExitCode.SETTINGS);

    private final String id;
    private final Kind kind;
    private final ExitCode exit;

    SpoolMessage(String id, Kind kind, ExitCode exit) {
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
