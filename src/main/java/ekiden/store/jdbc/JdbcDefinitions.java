package ekiden.store.jdbc;

import static ekiden.store.jdbc.JdbcTransaction.body;

import ekiden.store.Definitions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Definitions in tables {@code definition} and {@code unit}. */
record JdbcDefinitions(Sql sql) implements Definitions {
    private static final Sql.Row<Definition> ROW = body(Definition.class);

    @Override
    public void put(Definition definition) {
        String unit = definition.jobnet().name().value();
        sql.update(
                "INSERT INTO definition (id, unit, version, body) VALUES (?, ?, ?, ?)",
                definition.id(),
                unit,
                definition.version(),
                body(definition));
        sql.update(
                "INSERT INTO unit (name, definition) VALUES (?, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET definition = excluded.definition",
                unit,
                definition.id());
    }

    @Override
    public Optional<Definition> current(String unit) {
        return sql.one(
                "SELECT d.body FROM unit u JOIN definition d ON d.id = u.definition WHERE u.name = ?", ROW, unit);
    }

    @Override
    public Optional<Definition> find(UUID id) {
        return sql.one("SELECT body FROM definition WHERE id = ?", ROW, id);
    }

    @Override
    public List<Definition> list() {
        return sql.list("SELECT d.body FROM unit u JOIN definition d ON d.id = u.definition ORDER BY u.name", ROW);
    }

    @Override
    public void delete(String unit) {
        sql.update("DELETE FROM unit WHERE name = ?", unit);
    }

    @Override
    public long versions(String unit) {
        return sql.number("SELECT count(*) FROM definition WHERE unit = ?", unit);
    }
}
