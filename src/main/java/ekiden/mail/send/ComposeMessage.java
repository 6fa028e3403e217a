package ekiden.mail.send;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** Messages about composing mail, EKDM0600 to EKDM0699 EKDM0380 and EKDM0381. Texts: {@code ekiden/message/compose_en.properties} and {@code _ja}. */
public enum ComposeMessage implements MessageId {
    /** Not an address. */
    BAD_ADDRESS("EKDM0600-E", ExitCode.USAGE),
    /** A line break or NUL where a header field would be torn. */
    LINE_BREAK("EKDM0601-E", ExitCode.USAGE),
    /** Nobody to send to. */
    NO_RECIPIENT("EKDM0602-E", ExitCode.USAGE),
    /** More recipients than the limit. */
    TOO_MANY_RECIPIENTS("EKDM0603-E", ExitCode.USAGE),
    /** An attachment that is not there. */
    NO_ATTACHMENT("EKDM0604-E", ExitCode.USAGE),
    /** An attachment that cannot be read. */
    ATTACHMENT_UNREADABLE("EKDM0605-E", ExitCode.SETTINGS),
    /** A pattern that fits no file. */
    NOTHING_FITS("EKDM0606-E", ExitCode.USAGE),
    /** A pattern that cannot be read. */
    BAD_PATTERN("EKDM0607-E", ExitCode.USAGE),
    /** More attachments than the limit. */
    TOO_MANY_ATTACHMENTS("EKDM0608-E", ExitCode.USAGE),
    /** A pattern that makes us look at more files than the limit. */
    PATTERN_TOO_WIDE("EKDM0609-E", ExitCode.USAGE),
    /** The mail would be larger than the limit. */
    TOO_LARGE("EKDM0610-E", ExitCode.USAGE),
    /** Half a character: text that no charset can carry. */
    BROKEN_TEXT("EKDM0611-E", ExitCode.USAGE),
    /** A header field longer than the limit. */
    FIELD_TOO_LONG("EKDM0612-E", ExitCode.USAGE),
    /** Not a Message-ID. */
    BAD_MESSAGE_ID("EKDM0613-E", ExitCode.USAGE),
    /** The composed mail cannot be written. */
    CANNOT_WRITE("EKDM0614-E", ExitCode.SETTINGS),
    /** No room for the composed mail. */
    NO_ROOM("EKDM0615-E", ExitCode.SETTINGS),
    /** Written in UTF-8, because the character set that was wanted has not every character. */
    OTHER_CHARSET("EKDM0677-W", ExitCode.WARNING),
    /** A file with text that is not in UTF-8. */
    NOT_UTF8("EKDM0380-E", ExitCode.USAGE),
    /** A list of files to attach that cannot be read. */
    LIST_UNREADABLE("EKDM0381-E", ExitCode.USAGE);

    private final String id;
    private final ExitCode exit;

    ComposeMessage(String id, ExitCode exit) {
        this.id = id;
        this.exit = exit;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Kind kind() {
        return this == NO_ROOM ? Kind.RETRYABLE : Kind.PERMANENT;
    }

    @Override
    public ExitCode exit() {
        return exit;
    }
}
