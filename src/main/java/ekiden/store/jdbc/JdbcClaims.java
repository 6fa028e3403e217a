package ekiden.store.jdbc;

import static ekiden.store.jdbc.JdbcTransaction.body;

import ekiden.model.run.Claim;
import ekiden.store.Claims;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Claims in table {@code claim}. */
record JdbcClaims(Sql sql) implements Claims {
    private static final Sql.Row<Claim> ROW = body(Claim.class);

    @Override
    public void insert(Claim claim) {
        sql.update(
                "INSERT INTO claim (id, mail, watch, run, at, body) VALUES (?, ?, ?, ?, ?, ?)",
                claim.id(),
                claim.mail(),
                claim.watch(),
                claim.run(),
                claim.at(),
                body(claim));
    }

    @Override
    public void update(Claim claim) {
        int changed = sql.update(
                "UPDATE claim SET run = ?, at = ?, body = ? WHERE id = ?",
                claim.run(),
                claim.at(),
                body(claim),
                claim.id());
        if (changed != 1) {
            throw new IllegalStateException("no claim " + claim.id());
        }
    }

    @Override
    public Optional<Claim> find(String id) {
        return sql.one("SELECT body FROM claim WHERE id = ?", ROW, id);
    }

    @Override
    public List<Claim> of(long mail) {
        return sql.list("SELECT body FROM claim WHERE mail = ? ORDER BY at, id", ROW, mail);
    }

    @Override
    public List<Claim> of(UUID run) {
        return sql.list("SELECT body FROM claim WHERE run = ? ORDER BY at, id", ROW, run);
    }
}
