package ekiden.store.jdbc;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.LockFile;
import ekiden.store.Store;
import ekiden.store.StoreMessage;
import ekiden.store.Transaction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The store on SQLite or PostgreSQL. */
public final class JdbcStore implements Store {
    private final Writer writer;
    private final Sessions readers;
    private final @Nullable LockFile lock;
    private volatile Consumer<Instant> timersSet = at -> {};

    private JdbcStore(Writer writer, Sessions readers, @Nullable LockFile lock) {
        this.writer = writer;
        this.readers = readers;
        this.lock = lock;
    }

    /**
     * Opens a SQLite database, making and bringing up its tables as needed. The caller sees to it that it does not lie on a network file
     * system.
     *
     * @param file the database, absolute; its folder must exist
     * @param limits how much, how long
     * @param clock for the dates of migrations
     * @param hold whether others may open it
     * @return the store, or why it cannot be used
     */
    public static Result<JdbcStore> sqlite(Path file, StoreLimits limits, Clock clock, Hold hold) {
        return switch (hold) {
            case SHARED -> sqlite(file, limits, clock, (LockFile) null);
            case ALONE -> alone(file, limits, clock);
        };
    }

    /**
     * As with {@link Hold#SHARED}.
     *
     * @param file the database, absolute; its folder must exist
     * @param limits how much, how long
     * @param clock for the dates of migrations
     * @return the store, or why it cannot be used
     */
    public static Result<JdbcStore> sqlite(Path file, StoreLimits limits, Clock clock) {
        return sqlite(file, limits, clock, Hold.SHARED);
    }

    private static Result<JdbcStore> alone(Path file, StoreLimits limits, Clock clock) {
        Problems problems = new Problems(file.toString(), limits.patience());
        return switch (LockFile.take(SqliteFile.lock(file))) {
            case LockFile.Taken.Held(LockFile lock) -> {
                Result<JdbcStore> opened = sqlite(file, limits, clock, lock);
                if (opened instanceof Result.Failed<JdbcStore>) {
                    lock.close();
                }
                yield opened;
            }
            case LockFile.Taken.InUse(String pid) -> Result.failed(problems.inUse("process " + pid));
            case LockFile.Taken.NotLocked(String reason) ->
                Result.failed(problems.with(StoreMessage.NOT_OPENED, reason));
        };
    }

    private static Result<JdbcStore> sqlite(Path file, StoreLimits limits, Clock clock, @Nullable LockFile lock) {
        SqliteLibrary.beside(file);
        SqliteDialect dialect = new SqliteDialect(file, limits.patience());
        Problem problem = SqliteFile.check(dialect, limits);
        return problem != null ? Result.failed(problem) : open(dialect, limits, clock, lock);
    }

    /**
     * Opens a PostgreSQL database, making and bringing up its tables as needed.
     *
     * @param place where it is
     * @param limits how much, how long
     * @param clock for the dates of migrations
     * @param hold whether others may open it
     * @return the store, or why it cannot be used
     */
    public static Result<JdbcStore> postgres(PostgresPlace place, StoreLimits limits, Clock clock, Hold hold) {
        return open(new PostgresDialect(place, limits.patience(), hold), limits, clock);
    }

    /**
     * As with {@link Hold#SHARED}.
     *
     * @param place where it is
     * @param limits how much, how long
     * @param clock for the dates of migrations
     * @return the store, or why it cannot be used
     */
    public static Result<JdbcStore> postgres(PostgresPlace place, StoreLimits limits, Clock clock) {
        return postgres(place, limits, clock, Hold.SHARED);
    }

    /** For tests: any dialect. */
    static Result<JdbcStore> open(Dialect dialect, StoreLimits limits, Clock clock) {
        return open(dialect, limits, clock, null);
    }

    private static Result<JdbcStore> open(Dialect dialect, StoreLimits limits, Clock clock, @Nullable LockFile lock) {
        Session session = null;
        try {
            session = dialect.connect(true);
            Problem problem = new Migrations(session, clock).run();
            if (problem == null) {
                Writer writer = new Writer(dialect, session, limits, clock);
                JdbcStore store = new JdbcStore(writer, new Sessions(dialect, limits), lock);
                session = null;
                return Result.ok(store);
            }
            return Result.failed(problem);
        } catch (SQLException error) {
            return Result.failed(notOpened(dialect, limits, error));
        } finally {
            if (session != null) {
                Sessions.closeQuietly(session);
            }
        }
    }

    private static Problem notOpened(Dialect dialect, StoreLimits limits, SQLException error) {
        Problems problems = new Problems(dialect.place(), limits.patience());
        Trouble trouble = dialect.trouble(error);
        return switch (trouble) {
            case NO_ROOM, BUSY, LOST, IN_USE, REFUSED, DAMAGED -> problems.of(trouble, error.getMessage());
            case CONFLICT, OTHER -> problems.with(StoreMessage.NOT_OPENED, error.getMessage());
        };
    }

    @Override
    public <T> Outcome<T> write(Function<Transaction, T> work) {
        Pending<T> done = writer.write(work);
        Outcome<T> outcome = done.outcome();
        Instant earliest = done.earliestTimer();
        if (earliest != null) {
            timersSet.accept(earliest);
        }
        return outcome;
    }

    /** For tests: how many transactions wait for their turn. */
    int waiting() {
        return writer.waiting();
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        if (writer.working()) {
            throw new IllegalStateException("a transaction inside a transaction");
        }
        return readers.read(work);
    }

    @Override
    public void whenTimersSet(Consumer<Instant> listener) {
        timersSet = listener;
    }

    /** Readers first: the last connection of a SQLite database folds its log into it. */
    @Override
    public void close() {
        readers.close();
        writer.close();
        if (lock != null) {
            lock.close();
        }
    }
}
