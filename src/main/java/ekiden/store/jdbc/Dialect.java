package ekiden.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** What differs between the databases. */
interface Dialect {
    /** {@return the folder of its migrations} */
    String migrations();

    /** {@return for messages: the file, or the address without a password} */
    String place();

    /**
     * Makes a connection.
     *
     * @param writer whether it is to write; the others must not
     * @return it, outside any transaction
     * @throws SQLException when that fails
     */
    Session connect(boolean writer) throws SQLException;

    /**
     * Begins a transaction in which nobody else writes, in no process.
     *
     * @param session a writer
     * @throws SQLException when that fails
     */
    void beginWrite(Session session) throws SQLException;

    /**
     * Begins a transaction on one consistent view.
     *
     * @param session a reader
     * @throws SQLException when that fails
     */
    void beginRead(Session session) throws SQLException;

    /**
     * Binds an id.
     *
     * @param statement the statement
     * @param index counts from 1
     * @param id the id
     * @throws SQLException when that fails
     */
    void bind(PreparedStatement statement, int index, UUID id) throws SQLException;

    /**
     * @param error what the driver said
     * @return what it means
     */
    Trouble trouble(SQLException error);

    /**
     * @param error what the driver said to COMMIT
     * @return whether nothing of the transaction is there, now and after a crash
     */
    boolean surelyRolledBack(SQLException error);
}
