package ekiden.store.jdbc;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.store.Store;
import ekiden.store.StoreMessage;
import ekiden.store.Transaction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;

/** The store on SQLite or PostgreSQL. */
public final class JdbcStore implements Store {
    private final Writer writer;
    private final Sessions readers;
    private volatile Consumer<Instant> timersSet = at -> {};

    private JdbcStore(Writer writer, Sessions readers) {
        this.writer = writer;
        this.readers = readers;
    }

    /**
     * Opens a SQLite database, making and bringing up its tables as needed. The caller sees to it that no other process has
     * it open, and that it does not lie on a network file system.
     *
     * @param file the database, absolute; its folder must exist
     * @param limits how much, how long
     * @param clock for the dates of migrations
     * @return the store, or why it cannot be used
     */
    public static Result<JdbcStore> sqlite(Path file, StoreLimits limits, Clock clock) {
        SqliteDialect dialect = new SqliteDialect(file, limits.patience());
        Problem problem = SqliteFile.check(dialect, limits);
        return problem != null ? Result.failed(problem) : open(dialect, limits, clock);
    }

    /**
     * Opens a PostgreSQL database, making and bringing up its tables as needed.
     *
     * @param place where it is
     * @param limits how much, how long
     * @param clock for the dates of migrations
     * @return the store, or why it cannot be used
     */
    public static Result<JdbcStore> postgres(PostgresPlace place, StoreLimits limits, Clock clock) {
        return open(new PostgresDialect(place, limits.patience()), limits, clock);
    }

    /** For tests: any dialect. */
    static Result<JdbcStore> open(Dialect dialect, StoreLimits limits, Clock clock) {
        Session session = null;
        try {
            session = dialect.connect(true);
            Problem problem = new Migrations(session, clock).run();
            if (problem == null) {
                JdbcStore store =
                        new JdbcStore(new Writer(dialect, session, limits, clock), new Sessions(dialect, limits));
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
            case NO_ROOM, BUSY, LOST, REFUSED, DAMAGED -> problems.of(trouble, error.getMessage());
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
    }
}
