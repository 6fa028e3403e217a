package ekiden.store;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** What the store says. Texts: {@code ekiden/message/store_en.properties} and {@code _ja}. */
public enum StoreMessage implements MessageId {
    /** No room where the database lies; values: {@code place}. */
    NO_ROOM("EKDD0001-E", Kind.RETRYABLE),
    /** Others kept the database busy for longer than is waited; values: {@code place}, {@code seconds}. */
    BUSY("EKDD0002-E", Kind.RETRYABLE),
    /** The database server cannot be reached, or went away before the commit; values: {@code place}, {@code reason}. */
    NOT_REACHABLE("EKDD0003-E", Kind.RETRYABLE),
    /** The commit was sent and not answered; values: {@code place}, {@code reason}. */
    COMMIT_UNKNOWN("EKDD0004-E", Kind.UNKNOWN),
    /** A statement failed for another reason; values: {@code place}, {@code reason}. */
    FAILED("EKDD0005-E", Kind.PERMANENT),
    /** The database is damaged; values: {@code place}, {@code reason}. */
    DAMAGED("EKDD0006-E", Kind.PERMANENT),
    /** A newer Ekiden made the database; values: {@code place}, {@code version}, {@code known}. */
    NEWER("EKDD0007-E", Kind.PERMANENT),
    /** A migration that was carried out once reads differently now; values: {@code place}, {@code version}. */
    CHANGED_MIGRATION("EKDD0008-E", Kind.PERMANENT),
    /** There is a file that is no database of Ekiden; values: {@code place}. */
    FOREIGN("EKDD0009-E", Kind.PERMANENT),
    /** The database cannot be opened; values: {@code place}, {@code reason}. */
    NOT_OPENED("EKDD0010-E", Kind.PERMANENT),
    /** The database refuses user or password; values: {@code place}, {@code reason}. */
    REFUSED("EKDD0011-E", Kind.PERMANENT),
    /** The store is closed; values: {@code place}. */
    CLOSED("EKDD0012-E", Kind.RETRYABLE),
    /** Another home uses the database; values: {@code place}, {@code holder}. */
    IN_USE("EKDD0013-E", Kind.RETRYABLE),
    /** The database belongs to another home; values: {@code home}, {@code owner}, {@code own} ({@code -} for none), {@code file}. */
    OTHER_HOME("EKDD0014-E", Kind.PERMANENT),
    /** The id of the home cannot be read or written; values: {@code file}, {@code reason}. */
    HOME_ID("EKDD0015-E", Kind.PERMANENT);

    private final String id;
    private final Kind kind;

    StoreMessage(String id, Kind kind) {
        this.id = id;
        this.kind = kind;
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
        return switch (this) {
            case NO_ROOM,
                    BUSY,
                    FAILED,
                    DAMAGED,
                    NEWER,
                    CHANGED_MIGRATION,
                    FOREIGN,
                    NOT_OPENED,
                    REFUSED,
                    IN_USE,
                    OTHER_HOME,
                    HOME_ID -> ExitCode.SETTINGS;
            case NOT_REACHABLE, CLOSED -> ExitCode.NOT_REACHABLE;
            case COMMIT_UNKNOWN -> ExitCode.UNCERTAIN;
        };
    }
}
