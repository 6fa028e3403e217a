package ekiden.store.jdbc;

import ekiden.store.Owner;
import java.util.Optional;
import java.util.UUID;

/** The home that the store belongs to, in table {@code home}. */
record JdbcOwner(Sql sql) implements Owner {
    @Override
    public Optional<UUID> find() {
        return sql.one("SELECT id FROM home WHERE single = 1", row -> UUID.fromString(row.getString(1)));
    }

    @Override
    public void take(UUID home) {
        sql.update("INSERT INTO home (single, id) VALUES (1, ?) ON CONFLICT (single) DO NOTHING", home.toString());
    }
}
