package ekiden.mail.receive;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/**
 * Why a mailbox cannot be watched, or something in it cannot be done. Texts in {@code ekiden/message/receive_*.properties}. The kind is the
 * literal table of DESIGN's life of a reader: a retryable cause lets waiting jobs go on waiting (an alarm, and back-off); a permanent one ends waiting
 * jobs abnormally once a person should act. A start condition never dies of either: it alarms and resumes.
 */
public enum ReceiveMessage implements MessageId {
    /** No TCP connection. */
    NO_CONNECTION("EKDM0700-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** The host has no address. */
    UNKNOWN_HOST("EKDM0701-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** The connection ended in the middle. */
    LOST("EKDM0702-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** No answer in time. */
    STALLED("EKDM0703-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** BYE: the server ends the session. */
    CLOSING("EKDM0704-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** Rate limit, OVERQUOTA, too many connections, UNAVAILABLE, INUSE. */
    NOT_NOW("EKDM0705-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** What came is not IMAP and no protocol we know. */
    NOT_UNDERSTOOD("EKDM0706-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** The greeting is one of another protocol, which is named. */
    OTHER_PROTOCOL("EKDM0707-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** User, password or token refused. */
    LOGIN_REFUSED("EKDM0708-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The account is disabled, expired, or has no licence for this access. */
    DISABLED("EKDM0709-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** No mechanism in common. */
    NO_LOGIN("EKDM0710-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The password would travel unencrypted. */
    CLEAR_PASSWORD("EKDM0711-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The settings want STARTTLS, the server has none, or mixes it with other answers. */
    NO_STARTTLS("EKDM0712-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** Nobody we believe vouches for the server's certificate. */
    CERTIFICATE("EKDM0713-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The TLS handshake failed. */
    TLS("EKDM0714-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The folder does not exist, or may not be opened. */
    NO_FOLDER("EKDM0715-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The server sent more than a limit allows. */
    TOO_MUCH("EKDM0716-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** Refused for another reason (NO, BAD). */
    REFUSED("EKDM0717-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** The folder can only be read. */
    READ_ONLY("EKDM0718-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** The server cannot remove just one mail (no UIDPLUS). */
    NO_UID_EXPUNGE("EKDM0719-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** The server says that it removed mails, or copied them, and did not. */
    NOT_REMOVED("EKDM0660-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** The folder to move to does not exist. */
    NO_TARGET("EKDM0720-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** The server keeps no such keyword. */
    NO_KEYWORD("EKDM0721-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** The mail at the server is not the one that was read. */
    ANOTHER_MAIL("EKDM0722-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** No answer to a search within the deadline of the profile. */
    SILENT("EKDM0723-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** The folder has another UIDVALIDITY than before. */
    NEW_UIDVALIDITY("EKDM0724-W", Kind.INFORMATION, ExitCode.WARNING),
    /** The server announces a mail that cannot be fetched yet. */
    ANNOUNCED_ONLY("EKDM0725-W", Kind.RETRYABLE, ExitCode.WARNING),
    /** The server gives UIDs a second time under one UIDVALIDITY. */
    USED_AGAIN("EKDM0630-W", Kind.INFORMATION, ExitCode.WARNING),
    /** The server gives UIDs a second time, and mails that come under them are taken for those that were printed. */
    TAKEN_FOR_KNOWN("EKDM0631-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A mail would be moved into a folder where it is taken again as a new one. */
    MOVED_IN_CIRCLE("EKDM0632-E", Kind.PERMANENT, ExitCode.REFUSED),
    /** The server ends the connection, or refuses for now, each time that it is to hand out this mail. */
    ENDS_SESSIONS("EKDM0752-E", Kind.RETRYABLE, ExitCode.BAD_MAIL),
    /** The mail is larger than the profile takes. */
    TOO_LARGE("EKDM0726-E", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** The server's certificate has run out, or does not hold yet. */
    CERTIFICATE_EXPIRED("EKDM0727-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The server's certificate is one for another name. */
    CERTIFICATE_NAME("EKDM0728-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The CA certificates of the settings cannot be read. */
    CA_UNREADABLE("EKDM0729-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The settings want TLS from the first byte, and the server speaks without. */
    NOT_TLS("EKDM0730-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The server did not prove that it knows the password (SCRAM), or asked for what is unsafe. */
    FALSE_SERVER("EKDM0731-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The folder has no UIDVALIDITY, so that its mails have no lasting identity. */
    NO_UIDVALIDITY("EKDM0739-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The folder is not there, and these are. */
    OTHER_FOLDERS("EKDM0740-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** As many bytes were fetched from the server as the profile allows. */
    BUDGET_USED("EKDM0745-W", Kind.RETRYABLE, ExitCode.WARNING),
    /** An access token ends soon, and there is no other. */
    TOKEN_ENDS("EKDM0746-W", Kind.RETRYABLE, ExitCode.WARNING),
    /** The canary mail for a mailbox cannot be sent. */
    CANARY_UNSENT("EKDM0750-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** The canary mail for a mailbox was sent and did not arrive. */
    CANARY_OVERDUE("EKDM0751-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE);

    private final String id;
    private final Kind kind;
    private final ExitCode exit;

    ReceiveMessage(String id, Kind kind, ExitCode exit) {
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
