package ekiden.store.jdbc;

/** Whether others may open the same database. */
public enum Hold {
    /**
     * The database belongs to who opened it until it is closed; a second one is refused with {@link ekiden.store.StoreMessage#IN_USE}. What a
     * home starts is noted in its attempt folders, so two homes that carry out the assignments of one database would start each command
     * twice.
     *
     * <p>SQLite: a lock file beside the database. PostgreSQL: an advisory lock of the session that writes, one for each schema, taken again
     * whenever that session is made anew: who lost it to somebody else can write nothing any more. A lock was chosen over a row with the
     * owner's name because it ends with its process: a home that is moved to another machine, or restored, needs no permission to use its
     * own database.
     */
    ALONE,
    /** Several may have it open, for example to look at it. */
    SHARED
}
