package ekiden.store.jdbc;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * SQLite: write-ahead log, {@code synchronous=FULL} (an answer {@code Committed} means that the log was forced), one
 * writer.
 */
record SqliteDialect(Path file, Duration patience) implements Dialect {
    private static final int LOG_BYTES_KEPT = 64 * 1024 * 1024;

    @Override
    public String migrations() {
        return "sqlite";
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public Session connect(boolean writer) throws SQLException {
        Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
        Session session = new Session(connection, this);
        try {
            session.once("PRAGMA busy_timeout = " + patience.toMillis());
            if (writer) {
                session.once("PRAGMA journal_mode = WAL");
                session.once("PRAGMA journal_size_limit = " + LOG_BYTES_KEPT);
            } else {
                session.once("PRAGMA query_only = ON");
            }
            session.once("PRAGMA synchronous = FULL");
            session.once("PRAGMA foreign_keys = ON");
            session.once("PRAGMA cache_size = -16000");
            return session;
        } catch (SQLException failed) {
            session.close();
            throw failed;
        }
    }

    @Override
    public void beginWrite(Session session) throws SQLException {
        session.say("BEGIN IMMEDIATE");
    }

    @Override
    public void beginRead(Session session) throws SQLException {
        session.say("BEGIN");
    }

    @Override
    public void bind(PreparedStatement statement, int index, UUID id) throws SQLException {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        statement.setBytes(index, bytes);
    }

    @Override
    public Trouble trouble(SQLException error) {
        int code = error instanceof SQLiteException own ? own.getResultCode().code : error.getErrorCode();
        if (code == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY.code
                || code == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE.code
                || code == SQLiteErrorCode.SQLITE_CONSTRAINT_ROWID.code) {
            return Trouble.CONFLICT;
        }
        int primary = code & 0xff;
        if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
            return Trouble.NO_ROOM;
        }
        if (primary == SQLiteErrorCode.SQLITE_BUSY.code || primary == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return Trouble.BUSY;
        }
        if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return Trouble.DAMAGED;
        }
        if (primary == SQLiteErrorCode.SQLITE_IOERR.code) {
            return Trouble.LOST;
        }
        return Trouble.OTHER;
    }

    /**
     * A commit record that could not be written is torn, so recovery drops it. After a failed force it may be whole on the
     * disk: recovery after a crash would take it.
     */
    @Override
    public boolean surelyRolledBack(SQLException error) {
        return switch (trouble(error)) {
            case NO_ROOM, BUSY, CONFLICT -> true;
            case LOST, IN_USE, REFUSED, DAMAGED, OTHER -> false;
        };
    }
}
