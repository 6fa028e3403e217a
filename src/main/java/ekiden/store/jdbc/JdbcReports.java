package ekiden.store.jdbc;

import ekiden.store.Reports;
import java.time.Instant;
import java.util.UUID;

/** Ids of reports in table {@code report}. */
record JdbcReports(Sql sql) implements Reports {
    @Override
    public boolean takeIn(UUID id, Instant at) {
        return sql.update("INSERT INTO report (id, at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", id, at) == 1;
    }

    @Override
    public int forget(Instant before, int limit) {
        return sql.update(
                "DELETE FROM report WHERE id IN (SELECT id FROM report WHERE at < ? ORDER BY at, id LIMIT ?)",
                before,
                limit);
    }
}
