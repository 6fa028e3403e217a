package ekiden.mail.receive.smtpd;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** What the listener has to say. Texts in {@code ekiden/message/smtpd_*.properties}. */
public enum SmtpdMessage implements MessageId {
    /** Another process listens there. */
    PORT_IN_USE("EKDM0100-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** This host has no such address. */
    NO_SUCH_ADDRESS("EKDM0101-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The system does not let this user listen there. */
    PORT_NOT_ALLOWED("EKDM0102-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** Listening failed for another reason. */
    CANNOT_LISTEN("EKDM0103-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The certificate or its key could not be read. */
    TLS_NOT_READABLE("EKDM0104-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The key is not in a form that is understood. */
    TLS_KEY_FORM("EKDM0105-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** RFC 2033 §5 forbids LMTP on port 25. */
    LMTP_ON_PORT_25("EKDM0106-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** A configured recipient is neither an address nor {@code *@domain}. */
    BAD_RECIPIENT("EKDM0107-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** No verdict in time. */
    DELIVERY_LATE("EKDM0108-W", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** The receiver broke. */
    DELIVERY_FAILED("EKDM0109-E", Kind.RETRYABLE, ExitCode.INTERNAL),
    /** A mail was over the size limit. */
    MAIL_TOO_LARGE("EKDM0110-W", Kind.PERMANENT, ExitCode.REFUSED),
    /** More connections than the limit. */
    TOO_MANY_CONNECTIONS("EKDM0111-W", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** A client has more connections than one client may. */
    TOO_MANY_OF_CLIENT("EKDM0113-W", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** A connection could not be accepted, for want of files or memory. */
    NOT_ACCEPTED("EKDM0114-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** The listener can be reached. */
    LISTENING("EKDM0112-I", Kind.INFORMATION, ExitCode.DONE);

    private final String id;
    private final Kind kind;
    private final ExitCode exit;

    SmtpdMessage(String id, Kind kind, ExitCode exit) {
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
