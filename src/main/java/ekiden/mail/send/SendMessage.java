package ekiden.mail.send;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** Messages about submitting mail, EKDM0150 to EKDM0179 and EKDM0500 to EKDM0599, and to a mail command EKDM0640 to EKDM0659. Texts: {@code ekiden/message/send_en.properties} and {@code _ja}. */
public enum SendMessage implements MessageId {
    /** No TCP connection. */
    NO_CONNECTION("EKDM0500-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** The host has no address. */
    UNKNOWN_HOST("EKDM0501-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** Connection lost before the end of data. */
    LOST("EKDM0502-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** No answer in time, before the end of data. */
    STALLED("EKDM0503-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** What came is not SMTP. */
    NOT_SMTP("EKDM0504-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** 421. */
    CLOSING("EKDM0505-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** 4xx. */
    NOT_NOW("EKDM0506-E", Kind.RETRYABLE, ExitCode.REFUSED),
    /** 5xx. */
    REFUSED("EKDM0507-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** Each recipient 5xx. */
    ALL_REFUSED("EKDM0508-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** No recipient accepted, at least one 4xx. */
    ALL_PUT_OFF("EKDM0509-E", Kind.RETRYABLE, ExitCode.REFUSED),
    /** Connection lost after the end of data. */
    UNCERTAIN_LOST("EKDM0510-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** No answer to the end of data. */
    UNCERTAIN_STALLED("EKDM0511-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** The answer to the end of data is not SMTP. */
    UNCERTAIN_NOT_SMTP("EKDM0512-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** User or password refused. */
    LOGIN_REFUSED("EKDM0513-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** No mechanism in common. */
    NO_LOGIN("EKDM0514-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The password would travel unencrypted. */
    CLEAR_PASSWORD("EKDM0515-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The settings want STARTTLS, the server has none. */
    NO_STARTTLS("EKDM0516-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** Certificate expired, of another name, or not trusted. */
    CERTIFICATE("EKDM0517-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The TLS handshake failed. */
    TLS("EKDM0518-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The CA certificates of the settings cannot be read. */
    CA_UNREADABLE("EKDM0519-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** Larger than the server's SIZE. */
    TOO_LARGE("EKDM0520-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** An address needs SMTPUTF8. */
    NO_SMTPUTF8("EKDM0521-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** The content needs 8BITMIME. */
    NO_8BITMIME("EKDM0522-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** An envelope address that cannot be written. */
    BAD_ADDRESS("EKDM0523-E", Kind.PERMANENT, ExitCode.USAGE),
    /** More recipients than the limit. */
    TOO_MANY_RECIPIENTS("EKDM0524-E", Kind.PERMANENT, ExitCode.USAGE),
    /** The content cannot be read. */
    CONTENT_UNREADABLE("EKDM0525-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** {@link SendProgress#endingData} said no. */
    CALLED_OFF("EKDM0526-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** Some recipients did not get it. */
    SOME_REFUSED("EKDM0527-W", Kind.INFORMATION, ExitCode.WARNING),
    /** Accepted for all. */
    ACCEPTED("EKDM0528-I", Kind.INFORMATION, ExitCode.DONE),
    /** The token of a sending side ends and there is no other. */
    TOKEN_ENDS("EKDM0672-W", Kind.RETRYABLE, ExitCode.WARNING),
    /** A mail was sent, and its copy cannot be kept. */
    NO_SENT_COPY("EKDM0673-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A mail that is sent now would get no copy: {@code {profile}}, {@code {folder}}, {@code {reason}}. */
    NO_PLACE_FOR_COPIES("EKDM0688-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** It was not the only one: {@code {profile}}, {@code {count}}. */
    SENT_COPIES_MISSING("EKDM0692-W", Kind.INFORMATION, ExitCode.WARNING),
    /** Copies of sent mails cannot be removed from a server. */
    SENT_COPY_STAYS("EKDM0674-W", Kind.INFORMATION, ExitCode.WARNING),
    /** Some 5xx, and the mail goes to all or to nobody. */
    NOT_ALL_REFUSED("EKDM0670-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** Some 4xx, and the mail goes to all or to nobody. */
    NOT_ALL_PUT_OFF("EKDM0671-E", Kind.RETRYABLE, ExitCode.REFUSED),
    /** All connections were in use, or the server rested, for too long. */
    NO_TURN("EKDM0150-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** An access token refused. */
    TOKEN_REFUSED("EKDM0151-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The server did not prove in the login that it is the right one. */
    FALSE_SERVER("EKDM0152-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The mail command is not there, or cannot be run. */
    COMMAND_NOT_STARTED("EKDM0640-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** The mail command names a reason that passes. */
    COMMAND_NOT_NOW("EKDM0641-E", Kind.RETRYABLE, ExitCode.REFUSED),
    /** The mail command names a reason that does not pass. */
    COMMAND_REFUSED("EKDM0642-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** The mail command did not end in time, with the mail in its hands. */
    COMMAND_LATE("EKDM0643-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** The mail command ended in a way that tells nothing, with the mail in its hands. */
    COMMAND_UNCLEAR("EKDM0644-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** In the queue of this machine. */
    QUEUED("EKDM0645-I", Kind.INFORMATION, ExitCode.DONE),
    /** No place for the mail while the mail command starts. */
    NO_SCRATCH("EKDM0646-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** Too many mail commands run. */
    COMMAND_BUSY("EKDM0647-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** The mail command does not even tell its queue by itself. */
    COMMAND_ASKS("EKDM0648-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The mail command cannot tell its queue. */
    COMMAND_UNUSABLE("EKDM0649-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** Nobody can say what becomes of a queued mail. */
    NOT_FOLLOWED("EKDM0650-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** The mail log cannot be read. */
    LOG_UNREADABLE("EKDM0651-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** The queue cannot be listed. */
    QUEUE_UNREADABLE("EKDM0652-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE);

    private final String id;
    private final Kind kind;
    private final ExitCode exit;

    SendMessage(String id, Kind kind, ExitCode exit) {
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
