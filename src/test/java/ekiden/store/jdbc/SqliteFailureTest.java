package ekiden.store.jdbc;

import static ekiden.store.StoreSamples.id;
import static ekiden.store.StoreSamples.mail;
import static ekiden.store.StoreSamples.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.store.Store;
import ekiden.store.Store.Outcome;
import ekiden.store.StoreMessage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteFailureTest {
    private static final StoreLimits LIMITS = new StoreLimits(Duration.ofMillis(300), 4, 1, 1 << 20, 1 << 20);

    @TempDir
    private Path folder;

    private Path file;
    private SqliteDialect dialect;

    @BeforeEach
    void place() {
        file = folder.resolve("ekiden.db");
        dialect = new SqliteDialect(file, LIMITS.patience());
    }

    private Result<JdbcStore> open() {
        return JdbcStore.sqlite(file, LIMITS, new SystemClock());
    }

    private Result<JdbcStore> alone(Path place) {
        return JdbcStore.sqlite(place, LIMITS, new SystemClock(), Hold.ALONE);
    }

    @Test
    void secondHomeOnTheSameStoreIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("another.db"), file);
        try (JdbcStore first = opened(alone(file))) {
            assertThat(insert(first, 1)).isEqualTo(new Outcome.Committed<>(true));
            for (Path name : List.of(file, link, folder.resolve("../" + folder.getFileName() + "/ekiden.db"))) {
                assertThat(alone(name)).isInstanceOfSatisfying(Result.Failed.class, refused -> {
                    assertThat(refused.problem().id()).isEqualTo(StoreMessage.IN_USE.id());
                    assertThat(refused.problem().values())
                            .containsEntry(
                                    "holder",
                                    "process " + ProcessHandle.current().pid());
                });
            }
            assertThat(StoreMessage.IN_USE.exit()).isEqualTo(ExitCode.SETTINGS);
            assertThat(insert(first, 2)).isEqualTo(new Outcome.Committed<>(true));
        }
        try (JdbcStore next = opened(alone(link))) {
            assertThat(there(next, 2)).isTrue();
        }
    }

    @Test
    void storeThatCouldNotBeOpenedIsNotHeld() throws IOException {
        Files.writeString(file, "no database");
        assertThat(alone(file)).isInstanceOf(Result.Failed.class);
        Files.delete(file);
        opened(alone(file)).close();
    }

    private static JdbcStore opened(Result<JdbcStore> result) {
        return switch (result) {
            case Result.Ok<JdbcStore>(JdbcStore store) -> store;
            case Result.Failed<JdbcStore>(Problem problem) -> throw new AssertionError("not opened: " + problem);
        };
    }

    private void refusedWith(StoreMessage message) {
        assertThat(open()).isInstanceOfSatisfying(Result.Failed.class, failed -> {
            assertThat(failed.problem().id()).isEqualTo(message.id());
            assertThat(failed.problem().values()).containsEntry("place", file.toString());
        });
    }

    private static Outcome<Boolean> insert(Store store, long number) {
        return store.write(t -> {
            t.runs().insert(run(number, "/a", number));
            return true;
        });
    }

    private static boolean there(Store store, long number) {
        return store.read(t -> t.runs().find(id(number))).isPresent();
    }

    private static void rolledBack(Outcome<Boolean> outcome, StoreMessage message) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.RolledBack.class,
                        back -> assertThat(back.problem().id()).isEqualTo(message.id()));
    }

    private void once(String... statements) throws SQLException {
        try (Session session = dialect.connect(true)) {
            for (String statement : statements) {
                session.once(statement);
            }
        }
    }

    private static SQLException error(SQLiteErrorCode code) {
        return new SQLiteException("scripted", code);
    }

    @Test
    void aFullDiskRollsBackAndItGoesOnWhenThereIsRoom() throws SQLException {
        try (JdbcStore store = opened(JdbcStore.open(new Small(dialect), LIMITS, new SystemClock()))) {
            Outcome<Boolean> outcome = new Outcome.Committed<>(true);
            long number = 0;
            while (outcome instanceof Outcome.Committed && number < 2_000) {
                number++;
                outcome = insert(store, number);
            }
            rolledBack(outcome, StoreMessage.NO_ROOM);
            assertThat(there(store, number)).isFalse();
            assertThat(there(store, number - 1)).isTrue();
            // The connection that met the limit is given up for a new one, which has none.
            assertThat(insert(store, number)).isEqualTo(new Outcome.Committed<>(true));
        }
    }

    @Test
    void aDiskThatStaysFullIsLoggedOnceAndWithoutAStackUntilThereWasRoom() throws SQLException {
        List<LogRecord> logged = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (record.getLevel().intValue() >= Level.INFO.intValue()) {
                    logged.add(record);
                }
            }

            @Override
            public void flush() {
                // nothing is kept back
            }

            @Override
            public void close() {
                // nor held
            }
        };
        Logger logger = Logger.getLogger(Writer.class.getName());
        logger.addHandler(handler);
        Faulty faulty = new Faulty(dialect);
        try (JdbcStore store = opened(JdbcStore.open(faulty, LIMITS, new SystemClock()))) {
            for (int number = 1; number <= 3; number++) {
                faulty.failBefore(error(SQLiteErrorCode.SQLITE_FULL));
                rolledBack(insert(store, number), StoreMessage.NO_ROOM);
            }
            assertThat(logged).hasSize(1).allMatch(record -> record.getThrown() == null);
            assertThat(insert(store, 4)).isEqualTo(new Outcome.Committed<>(true));
            faulty.failBefore(error(SQLiteErrorCode.SQLITE_FULL));
            rolledBack(insert(store, 5), StoreMessage.NO_ROOM);
            assertThat(logged).hasSize(2);
        } finally {
            logger.removeHandler(handler);
        }
    }

    /** The first connection that writes may grow the database by a few pages only. */
    private static final class Small extends Forwarding {
        private boolean limited;

        Small(Dialect real) {
            super(real);
        }

        @Override
        public Session connect(boolean writer) throws SQLException {
            Session session = real().connect(writer);
            if (writer && !limited) {
                session.once("PRAGMA max_page_count = 80");
                limited = true;
            }
            return session;
        }
    }

    @Test
    void aCommitWhoseForceFailedIsUnknownAndReadAfterwards() throws SQLException {
        Faulty faulty = new Faulty(dialect);
        try (JdbcStore store = opened(JdbcStore.open(faulty, LIMITS, new SystemClock()))) {
            faulty.failAfter(error(SQLiteErrorCode.SQLITE_IOERR_FSYNC));
            assertThat(insert(store, 1)).isInstanceOf(Outcome.Unknown.class);
            assertThat(there(store, 1)).isTrue();
            faulty.failBefore(error(SQLiteErrorCode.SQLITE_IOERR_FSYNC));
            assertThat(insert(store, 2)).isInstanceOf(Outcome.Unknown.class);
            assertThat(there(store, 2)).isFalse();
            assertThat(insert(store, 2)).isEqualTo(new Outcome.Committed<>(true));
        }
    }

    @Test
    void aCommitThatFoundNoRoomIsSurelyRolledBack() throws SQLException {
        Faulty faulty = new Faulty(dialect);
        try (JdbcStore store = opened(JdbcStore.open(faulty, LIMITS, new SystemClock()))) {
            faulty.failBefore(error(SQLiteErrorCode.SQLITE_FULL));
            rolledBack(insert(store, 1), StoreMessage.NO_ROOM);
            assertThat(there(store, 1)).isFalse();
        }
    }

    @Test
    void aDatabaseThatAnotherProcessHoldsIsBusyAndFreeAgainAfterwards() throws SQLException {
        try (JdbcStore store = opened(open());
                Session other = dialect.connect(true)) {
            other.once("BEGIN IMMEDIATE");
            rolledBack(insert(store, 1), StoreMessage.BUSY);
            other.once("ROLLBACK");
            assertThat(insert(store, 1)).isEqualTo(new Outcome.Committed<>(true));
        }
    }

    @Test
    void aTableThatIsGoneIsToldAndDoesNotEndTheStore() throws SQLException {
        try (JdbcStore store = opened(open())) {
            once("DROP TABLE run");
            rolledBack(insert(store, 1), StoreMessage.FAILED);
            assertThatThrownBy(() -> there(store, 1)).isInstanceOf(Store.Unavailable.class);
            assertThat(store.write(t -> t.mails().nextId())).isEqualTo(new Outcome.Committed<>(1L));
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsDamaged() throws IOException {
        Files.write(file, "these are not the bytes of a database".getBytes(StandardCharsets.UTF_8));
        refusedWith(StoreMessage.DAMAGED);
        assertThat(Files.readString(file)).startsWith("these are not");
    }

    @Test
    void aDatabaseWithOverwrittenPagesIsDamaged() throws IOException {
        try (JdbcStore store = opened(open())) {
            for (long n = 1; n <= 50; n++) {
                insert(store, n);
            }
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(4096);
            bytes.write(new byte[8 * 4096]);
        }
        refusedWith(StoreMessage.DAMAGED);
    }

    @Test
    void aDatabaseThatWasCutIsDamaged() throws IOException {
        try (JdbcStore store = opened(open())) {
            for (long n = 1; n <= 50; n++) {
                insert(store, n);
            }
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(bytes.length() - 3 * 4096);
        }
        refusedWith(StoreMessage.DAMAGED);
    }

    @Test
    void aDatabaseLargerThanTheLimitIsNotReadThroughAtEveryStart() throws IOException {
        try (JdbcStore store = opened(open())) {
            for (long n = 1; n <= 50; n++) {
                insert(store, n);
            }
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() - 4096);
            bytes.write(new byte[4096]);
        }
        StoreLimits tight = new StoreLimits(LIMITS.patience(), 4, 1, Files.size(file) - 1, 1 << 20);
        opened(JdbcStore.sqlite(file, tight, new SystemClock())).close();
        StoreLimits enough = new StoreLimits(LIMITS.patience(), 4, 1, Files.size(file), 1 << 20);
        assertThat(JdbcStore.sqlite(file, enough, new SystemClock())).isInstanceOf(Result.Failed.class);
    }

    @Test
    void aDatabaseOfAnotherProgramIsLeftAlone() throws SQLException {
        once("CREATE TABLE songs (name TEXT)");
        refusedWith(StoreMessage.FOREIGN);
        try (Session session = dialect.connect(false)) {
            Sql sql = new Sql(session, false);
            assertThat(sql.list("SELECT name FROM sqlite_schema", row -> row.getString(1)))
                    .isEqualTo(List.of("songs"));
        }
    }

    @Test
    void aDatabaseOfANewerReleaseIsRefused() throws SQLException {
        opened(open()).close();
        once("INSERT INTO schema_version VALUES (99, 'x', 0)");
        refusedWith(StoreMessage.NEWER);
    }

    @Test
    void aMigrationThatReadsDifferentlyIsRefused() throws SQLException {
        opened(open()).close();
        once("UPDATE schema_version SET checksum = 'x'");
        refusedWith(StoreMessage.CHANGED_MIGRATION);
    }

    @Test
    void aFolderThatIsMissingIsTold() {
        file = folder.resolve("missing/ekiden.db");
        dialect = new SqliteDialect(file, LIMITS.patience());
        refusedWith(StoreMessage.NOT_OPENED);
    }

    @Test
    void openedAgainNothingIsMigratedTwice() throws SQLException {
        opened(open()).close();
        opened(open()).close();
        try (Session session = dialect.connect(false)) {
            assertThat(new Sql(session, false).number("SELECT count(*) FROM schema_version"))
                    .isEqualTo(Migrations.NEWEST);
        }
    }

    @Test
    void aCommitIsForcedToTheDisk() throws SQLException {
        try (Session session = dialect.connect(true)) {
            Sql sql = new Sql(session, false);
            assertThat(sql.list("PRAGMA journal_mode", row -> row.getString(1))).isEqualTo(List.of("wal"));
            assertThat(sql.number("PRAGMA synchronous")).isEqualTo(2);
            assertThat(sql.number("PRAGMA foreign_keys")).isEqualTo(1);
        }
    }

    @Test
    void lookingForOneMailReadsNoTable() throws SQLException {
        try (JdbcStore store = opened(open())) {
            store.write(t -> {
                t.mails().insert(mail(1, "orders", "a"));
                return true;
            });
            assertThat(plan("SELECT body FROM mail WHERE identity = 'a' AND mailbox = 'o' ORDER BY id DESC LIMIT 1"))
                    .contains("mail_identity")
                    .doesNotContain("SCAN");
            assertThat(plan("SELECT max(id) FROM mail WHERE mailbox = 'o'")).contains("mail_mailbox");
            assertThat(plan("SELECT id FROM timer WHERE at <= 7 ORDER BY at, id LIMIT 1"))
                    .contains("timer_at")
                    .doesNotContain("TEMP B-TREE");
            assertThat(plan("SELECT min(number) FROM run WHERE unit = '/a' AND status = 'QUEUED'"))
                    .as("the first of a queue is found however many runs have ended before it")
                    .contains("run_status (unit=? AND status=?)");
        }
    }

    private String plan(String query) throws SQLException {
        try (Session session = dialect.connect(false)) {
            return String.join(
                    "; ", new Sql(session, false).list("EXPLAIN QUERY PLAN " + query, row -> row.getString(4)));
        }
    }
}
