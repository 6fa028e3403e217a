package ekiden.store.memory;

import ekiden.model.run.Claim;
import ekiden.store.Claims;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Claims in memory. */
record MemoryClaims(MemoryTransaction transaction) implements Claims {
    private Tables tables() {
        return transaction.tables();
    }

    @Override
    public void insert(Claim claim) {
        boolean taken = tables().claims.get(claim.id()) != null
                || tables().claims.values().stream()
                        .anyMatch(
                                old -> old.mail() == claim.mail() && old.watch().equals(claim.watch()));
        if (taken) {
            throw transaction.conflict("claim " + claim.id());
        }
        tables().claims.put(claim.id(), claim);
    }

    @Override
    public void update(Claim claim) {
        if (tables().claims.get(claim.id()) == null) {
            throw new IllegalStateException("no claim " + claim.id());
        }
        tables().claims.put(claim.id(), claim);
    }

    @Override
    public Optional<Claim> find(String id) {
        return Optional.ofNullable(tables().claims.get(id));
    }

    @Override
    public List<Claim> of(long mail) {
        return where(claim -> claim.mail() == mail);
    }

    @Override
    public List<Claim> of(UUID run) {
        return where(claim -> claim.run().equals(run));
    }

    private List<Claim> where(Predicate<Claim> wanted) {
        return tables().claims.values().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(Claim::at).thenComparing(claim -> claim.id()))
                .toList();
    }
}
