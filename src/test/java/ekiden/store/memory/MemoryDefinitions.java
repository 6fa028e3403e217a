package ekiden.store.memory;

import ekiden.store.Definitions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Definitions in memory. */
record MemoryDefinitions(MemoryTransaction transaction) implements Definitions {
    private Tables tables() {
        return transaction.tables();
    }

    @Override
    public void put(Definition definition) {
        String unit = definition.jobnet().name().value();
        boolean taken = tables().definitions.get(definition.id()) != null
                || tables().definitions.values().stream()
                        .anyMatch(old ->
                                old.jobnet().name().value().equals(unit) && old.version() == definition.version());
        if (taken) {
            throw transaction.conflict("definition of " + unit);
        }
        tables().definitions.put(definition.id(), definition);
        tables().current.put(unit, new Tables.Current(definition.id()));
    }

    @Override
    public Optional<Definition> current(String unit) {
        return Optional.ofNullable(tables().current.get(unit)).flatMap(current -> find(current.definition()));
    }

    @Override
    public Optional<Definition> find(UUID id) {
        return Optional.ofNullable(tables().definitions.get(id));
    }

    @Override
    public List<Definition> list() {
        return tables().current.values().stream()
                .map(current -> Objects.requireNonNull(tables().definitions.get(current.definition())))
                .toList();
    }

    @Override
    public void delete(String unit) {
        tables().current.remove(unit);
    }

    @Override
    public long versions(String unit) {
        return tables().definitions.values().stream()
                .filter(old -> old.jobnet().name().value().equals(unit))
                .count();
    }
}
