package ekiden.store.jdbc;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Sha256;
import ekiden.store.StoreMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Numbered migrations: {@code NUMBER.sql} in the folder of the dialect, each statement ended by a semicolon at the end of a
 * line. Carried out once, in one transaction, in the order of their numbers; what was carried out is noted with a checksum of
 * its text and never changed afterwards.
 */
final class Migrations {
    /** The newest migration. */
    static final int NEWEST = 6;

    private static final String TABLE = "CREATE TABLE IF NOT EXISTS schema_version"
            + " (version BIGINT NOT NULL PRIMARY KEY, checksum VARCHAR(64) NOT NULL, at BIGINT NOT NULL)";

    private final Session session;
    private final Clock clock;
    private final int newest;

    Migrations(Session session, Clock clock) {
        this(session, clock, NEWEST);
    }

    /** For tests: knows migrations up to another number. */
    Migrations(Session session, Clock clock, int newest) {
        this.session = session;
        this.clock = clock;
        this.newest = newest;
    }

    /**
     * Brings the database up.
     *
     * @return why it cannot be used, or null
     * @throws SQLException when a statement fails; then nothing was changed
     */
    @Nullable
    Problem run() throws SQLException {
        makeTable();
        session.dialect().beginWrite(session);
        boolean kept = false;
        try {
            Problem problem = inTransaction();
            if (problem == null) {
                session.say("COMMIT");
                kept = true;
            }
            return problem;
        } finally {
            if (!kept) {
                session.say("ROLLBACK");
            }
        }
    }

    /** Two that make it at the same moment: PostgreSQL refuses the second one, although it asks for "if not exists". */
    private void makeTable() throws SQLException {
        try {
            session.once(TABLE);
        } catch (SQLException error) {
            if (session.dialect().trouble(error) != Trouble.CONFLICT) {
                throw error;
            }
        }
    }

    private @Nullable Problem inTransaction() throws SQLException {
        String place = session.dialect().place();
        Map<Integer, String> done = done();
        int last = done.isEmpty() ? 0 : new TreeMap<>(done).lastKey();
        if (last > newest) {
            return Problem.of(StoreMessage.NEWER, "place", place, "version", last, "known", newest);
        }
        for (int version = 1; version <= newest; version++) {
            String text = text(version);
            String noted = done.get(version);
            if (noted == null) {
                carryOut(version, text);
            } else if (!noted.equals(checksum(text))) {
                return Problem.of(StoreMessage.CHANGED_MIGRATION, "place", place, "version", version);
            }
        }
        return null;
    }

    private Map<Integer, String> done() throws SQLException {
        Map<Integer, String> done = new TreeMap<>();
        try (ResultSet rows =
                session.prepare("SELECT version, checksum FROM schema_version").executeQuery()) {
            while (rows.next()) {
                done.put(rows.getInt(1), rows.getString(2));
            }
        }
        return done;
    }

    private void carryOut(int version, String text) throws SQLException {
        for (String statement : statements(text)) {
            session.once(statement);
        }
        Sql sql = new Sql(session, true);
        Instant now = clock.now();
        sql.update("INSERT INTO schema_version (version, checksum, at) VALUES (?, ?, ?)", version, checksum(text), now);
    }

    private String text(int version) {
        String name = "/ekiden/store/" + session.dialect().migrations() + "/" + version + ".sql";
        try (InputStream in = Migrations.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not in the program: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(name, broken);
        }
    }

    /** Statements end with a semicolon at the end of a line; comments are whole lines. */
    static List<String> statements(String text) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.startsWith("--") || line.isBlank()) {
                continue;
            }
            statement.append(line).append('\n');
            if (line.endsWith(";")) {
                statements.add(statement.substring(0, statement.length() - 2));
                statement.setLength(0);
            }
        }
        if (!statement.isEmpty()) {
            throw new IllegalStateException("the last statement of a migration does not end");
        }
        return statements;
    }

    private static String checksum(String text) {
        return Sha256.hex(text);
    }
}
