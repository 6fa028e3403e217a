package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** Messages of {@code mail wait} and {@code mail send}, EKDC0140 to EKDC0179 and EKDM0681 to EKDM0684, EKDM0689, EKDM0690, EKDM0698, EKDM0699. Texts: {@code mailcommand_en.properties} and {@code _ja}. */
enum MailCommandMessage implements MessageId {
    /** A profile that no reader of this process watches at a server. */
    NO_SERVER("EKDC0158-E", Kind.PERMANENT, ExitCode.USAGE),
    /** The server did not say in time what is in its folders. */
    NO_SURVEY("EKDC0159-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** Not an address of a mail server: {@code {reason}}. */
    BAD_URL("EKDC0141-E", Kind.PERMANENT, ExitCode.USAGE),
    /** Nobody is named as the author. */
    NO_AUTHOR("EKDC0142-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A user without a password: {@code {user}}. */
    NO_PASSWORD("EKDC0143-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A process has the home and answers no request: {@code {home}}, {@code {pid}}, {@code {profile}}. */
    HOME_RUNS("EKDC0144-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** The listener's mails belong to the jobnets of the home, and nobody is there who would start them: {@code {home}}, {@code {profile}}. */
    LISTENER_OF_HOME("EKDC0178-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** Nobody listens where our listener should: {@code {address}}, {@code {reason}}. */
    NOTHING_LISTENS("EKDC0145-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** Something else listens there: {@code {address}}. */
    OTHER_LISTENER("EKDC0146-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** Another call works on the batch: {@code {file}}. */
    BATCH_IN_USE("EKDC0147-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** A line that is no mail: {@code {line}}, {@code {reason}}. */
    BATCH_LINE("EKDC0148-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A line longer than the limit: {@code {line}}, {@code {limit}}. */
    BATCH_LINE_TOO_LONG("EKDC0149-E", Kind.PERMANENT, ExitCode.USAGE),
    /** More mails than the limit: {@code {limit}}. */
    BATCH_TOO_MANY("EKDC0150-E", Kind.PERMANENT, ExitCode.USAGE),
    /** An id stands twice: {@code {line}}, {@code {id}}. */
    BATCH_ID_TWICE("EKDC0151-E", Kind.PERMANENT, ExitCode.USAGE),
    /** The mail system cannot be used, so the rest was not tried: {@code {line}}. */
    BATCH_STOPPED("EKDC0152-W", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** Results cannot be kept: {@code {file}}, {@code {reason}}. */
    BATCH_RESULTS("EKDC0153-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** An earlier call ended between the end of a mail and the answer: {@code {id}}, {@code {line}}, {@code {messageId}}. */
    BATCH_INTERRUPTED("EKDC0154-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** The end of a batch: {@code {accepted}}, {@code {some}}, {@code {refused}}, {@code {uncertain}}, {@code {failed}}, {@code {before}}. */
    BATCH_DONE("EKDC0155-I", Kind.INFORMATION, ExitCode.DONE),
    /** The process is asked to end; mails that have begun may end: {@code {seconds}}. */
    BATCH_ENDING("EKDM0689-I", Kind.INFORMATION, ExitCode.DONE),
    /** The process was asked to end before the batch was through: {@code {left}}, {@code {unended}}. */
    BATCH_ENDED_EARLY("EKDM0690-W", Kind.RETRYABLE, ExitCode.STOPPED),
    /** Not enough memory for a mail: {@code {line}}. */
    BATCH_NO_MEMORY("EKDM0681-E", Kind.RETRYABLE, ExitCode.BAD_MAIL),
    /** A fault of ours: {@code {line}}, {@code {reason}}. */
    BATCH_BROKE("EKDM0682-E", Kind.RETRYABLE, ExitCode.INTERNAL),
    /** A fault of ours behind the end of the data: {@code {line}}, {@code {id}}, {@code {reason}}. */
    BATCH_BROKE_AT_END("EKDM0683-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** Mails without a result, which nothing explains: {@code {count}}. */
    BATCH_NOT_WHOLE("EKDM0684-E", Kind.RETRYABLE, ExitCode.INTERNAL),
    /** Mails that were to be sent again are as uncertain as before: {@code {count}}. */
    BATCH_STAYS_UNCERTAIN("EKDM0699-W", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** No answer to the end of a mail has come: {@code {messageId}}. */
    MAY_BE_DELIVERED("EKDM0698-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** Time is up: {@code {mails}}, {@code {count}}. */
    WAITED("EKDC0161-W", Kind.RETRYABLE, ExitCode.TIMED_OUT),
    /** A profile that does not receive: {@code {profile}}. */
    CANNOT_RECEIVE("EKDC0162-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The mailbox in the state folder cannot do what was asked for: {@code {action}}. */
    AFTER("EKDC0163-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** Names for files, and no folder for them. */
    NO_SAVE("EKDC0168-E", Kind.PERMANENT, ExitCode.USAGE),
    /** Another call has the state folder: {@code {folder}}, {@code {pid}}. */
    STATE_IN_USE("EKDC0172-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** No room for a call's own notes: {@code {folder}}. */
    NO_TEMPORARY_FOLDER("EKDC0169-E", Kind.RETRYABLE, ExitCode.SETTINGS);

    private final String id;
    private final Kind kind;
    private final ExitCode exit;

    MailCommandMessage(String id, Kind kind, ExitCode exit) {
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
