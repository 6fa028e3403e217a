package ekiden.store.jdbc;

import ekiden.json.Json;
import ekiden.store.Alarms;
import ekiden.store.Claims;
import ekiden.store.Cursors;
import ekiden.store.Definitions;
import ekiden.store.Mails;
import ekiden.store.Outbox;
import ekiden.store.Owner;
import ekiden.store.Reports;
import ekiden.store.Runs;
import ekiden.store.SentMails;
import ekiden.store.Transaction;
import ekiden.store.Watches;
import ekiden.timer.Timers;

/** One transaction; of no use once it has ended. */
record JdbcTransaction(Sql sql) implements Transaction {
    private static final ReadBodies LATELY = new ReadBodies();

    /** A row whose first column is the JSON of a record. */
    static <T> Sql.Row<T> body(Class<T> type) {
        return result -> LATELY.read(result.getString(1), type);
    }

    /** A record as the JSON of a column. Whoever reads it soon gets this record: its JSON says the same, which tests see to. */
    static Sql.Body body(Object row) {
        String json = Json.write(row);
        assert Json.read(json, row.getClass()).equals(row) : "not what was written: " + json;
        LATELY.remember(json, row);
        return new Sql.Body(json);
    }

    @Override
    public Definitions definitions() {
        return new JdbcDefinitions(sql);
    }

    @Override
    public Runs runs() {
        return new JdbcRuns(sql);
    }

    @Override
    public Mails mails() {
        return new JdbcMails(sql);
    }

    @Override
    public Cursors cursors() {
        return new JdbcCursors(sql);
    }

    @Override
    public Watches watches() {
        return new JdbcWatches(sql);
    }

    @Override
    public Claims claims() {
        return new JdbcClaims(sql);
    }

    @Override
    public Outbox outbox() {
        return new JdbcOutbox(sql);
    }

    @Override
    public SentMails sentMails() {
        return new JdbcSentMails(sql);
    }

    @Override
    public Alarms alarms() {
        return new JdbcAlarms(sql);
    }

    @Override
    public Reports reports() {
        return new JdbcReports(sql);
    }

    @Override
    public Owner owner() {
        return new JdbcOwner(sql);
    }

    @Override
    public Timers timers() {
        return new JdbcTimers(sql);
    }
}
