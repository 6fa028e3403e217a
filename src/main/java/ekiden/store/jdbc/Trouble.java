package ekiden.store.jdbc;

/** What a database means by an error. */
enum Trouble {
    /** Somebody else has, or has changed, the same row. */
    CONFLICT,
    /** No room. */
    NO_ROOM,
    /** Others hold it for longer than is waited. */
    BUSY,
    /** The connection is gone. */
    LOST,
    /** It belongs to somebody else ({@link Hold#ALONE}). */
    IN_USE,
    /** It refuses the user or the password. */
    REFUSED,
    /** Its bytes are not what they should be. */
    DAMAGED,
    /** Anything else: a bug, or a machine that fails. */
    OTHER
}
