package ekiden.store.jdbc;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.store.StoreMessage;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is looked at before a SQLite file is used. Nothing is changed, except that an unfinished log is taken in. */
final class SqliteFile {
    private static final Logger LOG = LazyLogger.of(SqliteFile.class);
    /** The header string of the file format, section 1.3.1. */
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private SqliteFile() {}

    /** The file beside the database that whoever uses it alone holds; the same by whatever link the database is named. */
    static Path lock(Path database) {
        Path real = database;
        try {
            real = database.toRealPath();
        } catch (IOException absent) {
            LOG.log(Level.DEBUG, "{0} is not there yet", database);
        }
        return real.resolveSibling(real.getFileName() + ".lock");
    }

    /** Returns why the file cannot be used, or null; a file that is absent or empty can be. */
    static @Nullable Problem check(SqliteDialect dialect, StoreLimits limits) {
        File file = dialect.file().toFile();
        Problems problems = new Problems(dialect.place(), limits.patience());
        if (file.length() == 0) {
            return null;
        }
        try {
            if (!hasMagic(file)) {
                return problems.with(StoreMessage.DAMAGED, "the file does not begin as a SQLite database does");
            }
            try (Session session = dialect.connect(false)) {
                return checkInside(new Sql(session, false), file, limits, problems);
            }
        } catch (SQLException | SqlFailure error) {
            Trouble trouble =
                    error instanceof SqlFailure failure ? failure.trouble() : dialect.trouble((SQLException) error);
            return trouble == Trouble.DAMAGED
                    ? problems.of(trouble, error.getMessage())
                    : problems.with(StoreMessage.NOT_OPENED, error.getMessage());
        } catch (IOException unreadable) {
            return problems.with(StoreMessage.NOT_OPENED, unreadable.getMessage());
        }
    }

    private static boolean hasMagic(File file) throws IOException {
        try (InputStream in = new FileInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    private static @Nullable Problem checkInside(Sql sql, File file, StoreLimits limits, Problems problems) {
        long tables = sql.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table'");
        long ours = sql.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'");
        if (tables > 0 && ours == 0) {
            return Problem.of(StoreMessage.FOREIGN, "place", problems.place());
        }
        boolean crashed = new File(file.getPath() + "-wal").length() > 0;
        long limit = crashed ? limits.checkAfterCrash() : limits.checkAlways();
        if (file.length() > limit) {
            LOG.log(Level.INFO, "not checked, because it is larger than {0} bytes: {1}", limit, file);
            return null;
        }
        List<String> found = sql.list("PRAGMA quick_check(1)", row -> row.getString(1));
        return found.equals(List.of("ok")) ? null : problems.with(StoreMessage.DAMAGED, String.join(" ", found));
    }
}
