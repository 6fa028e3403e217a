package ekiden.store.jdbc;

import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;

/** PostgreSQL 13 and later. Writers hold one lock until they have committed, so what they read does not change under them. */
record PostgresDialect(PostgresPlace at, Duration patience, Hold hold) implements Dialect {
    /** A manager that hangs or is cut off in the middle of a transaction must not keep the others waiting for ever. */
    private static final String OPTIONS = " -c statement_timeout=60s -c idle_in_transaction_session_timeout=30s"
            // a host that was lost must not hold the database for hours
            + " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

    private static final int LOCK_KIND = 0x454b4944;
    private static final String TAKE = "SELECT pg_advisory_lock(" + LOCK_KIND + ", hashtext(current_schema()))";
    private static final String HOLDER =
            "SELECT a.application_name || ' at ' || coalesce(host(a.client_addr), 'localhost')"
                    + " FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted"
                    + " AND a.datname = current_database() AND l.classid = " + LOCK_KIND
                    + " AND l.objid::bigint = hashtext(current_schema())::bigint & 4294967295";
    private static final String LOCK_TIMEOUT = "55P03";

    /** Somebody else has the lock of the database; the message says who. */
    static final class InUse extends SQLException {
        private static final long serialVersionUID = 1;

        InUse(String holder) {
            super(holder);
        }
    }

    @Override
    public String migrations() {
        return "postgresql";
    }

    @Override
    public String place() {
        int parameters = at.url().indexOf('?');
        return parameters < 0 ? at.url() : at.url().substring(0, parameters);
    }

    @Override
    public Session connect(boolean writer) throws SQLException {
        if (!at.url().startsWith("jdbc:postgresql:")) {
            throw new SQLException("not an address of PostgreSQL: " + place());
        }
        Properties wishes = new Properties();
        wishes.setProperty("user", at.user());
        wishes.setProperty("password", at.password());
        boolean owns = writer && hold == Hold.ALONE;
        wishes.setProperty(
                "ApplicationName", owns ? "ekiden " + ProcessHandle.current().pid() : "ekiden");
        wishes.setProperty("connectTimeout", "10");
        wishes.setProperty("socketTimeout", "90");
        wishes.setProperty("tcpKeepAlive", "true");
        wishes.setProperty("options", "-c lock_timeout=" + patience.toMillis() + OPTIONS);
        Session session = new Session(DriverManager.getConnection(at.url(), wishes), this);
        if (owns) {
            own(session);
        }
        return session;
    }

    /** The server frees the lock with the session; that it notices the end of the one before may take a moment. */
    private static void own(Session session) throws SQLException {
        boolean mine = false;
        try {
            session.once(TAKE);
            mine = true;
        } catch (SQLException error) {
            throw LOCK_TIMEOUT.equals(error.getSQLState()) ? new InUse(holder(session)) : error;
        } finally {
            if (!mine) {
                Sessions.closeQuietly(session);
            }
        }
    }

    private static String holder(Session session) throws SQLException {
        try (ResultSet row = session.prepare(HOLDER).executeQuery()) {
            return row.next() ? row.getString(1) : "?";
        }
    }

    @Override
    public void beginWrite(Session session) throws SQLException {
        session.say("BEGIN ISOLATION LEVEL READ COMMITTED; LOCK TABLE schema_version IN EXCLUSIVE MODE");
    }

    @Override
    public void beginRead(Session session) throws SQLException {
        session.say("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }

    @Override
    public void bind(PreparedStatement statement, int index, UUID id) throws SQLException {
        statement.setObject(index, id);
    }

    /** Codes: PostgreSQL documentation, appendix A. */
    @Override
    public Trouble trouble(SQLException error) {
        if (error instanceof InUse) {
            return Trouble.IN_USE;
        }
        String state = error.getSQLState();
        if (state == null) {
            return Trouble.OTHER;
        }
        return switch (state) {
            case "23505", "40001", "40P01" -> Trouble.CONFLICT;
            case "53100" -> Trouble.NO_ROOM;
            case "55P03", "57014", "53300", "53200" -> Trouble.BUSY;
            case "57P01", "57P02", "57P03", "57P05", "25P03", "25006" -> Trouble.LOST;
            case "XX001", "XX002" -> Trouble.DAMAGED;
            default -> {
                if (state.startsWith("08")) {
                    yield Trouble.LOST;
                }
                yield state.startsWith("28") ? Trouble.REFUSED : Trouble.OTHER;
            }
        };
    }

    /** The server answered: where it answers a COMMIT with an error it has rolled back. */
    @Override
    public boolean surelyRolledBack(SQLException error) {
        return switch (trouble(error)) {
            case NO_ROOM, BUSY, CONFLICT -> true;
            case LOST, IN_USE, REFUSED, DAMAGED, OTHER -> false;
        };
    }
}
