package ekiden.base;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A life as a literal table: state × event → state. What is not in the table does not happen. Tests ask
 * {@link #unvisited} after they have driven every transition; a diagram for {@code docs/} is drawn from {@link #rows}.
 *
 * <p>Immutable but for the note of visited rows; safe from any thread.
 *
 * @param <S> the states
 * @param <E> the events
 */
public final class StateTable<S extends Enum<S>, E extends Enum<E>> {
    /**
     * One transition.
     *
     * @param from the state before
     * @param on the event
     * @param to the state after
     * @param <S> the states
     * @param <E> the events
     */
    public record Row<S extends Enum<S>, E extends Enum<E>>(S from, E on, S to) {}

    private final String name;
    private final List<Row<S, E>> rows;
    private final Map<S, Map<E, Row<S, E>>> index;
    private final Set<Row<S, E>> visited = ConcurrentHashMap.newKeySet();

    private StateTable(Builder<S, E> builder) {
        this.name = builder.name;
        this.rows = List.copyOf(builder.rows);
        this.index = new EnumMap<>(builder.states);
        for (Row<S, E> row : rows) {
            Row<S, E> twin = index.computeIfAbsent(row.from(), s -> new EnumMap<>(builder.events))
                    .put(row.on(), row);
            if (twin != null) {
                throw new IllegalArgumentException(name + ": two rows for " + row.from() + " × " + row.on());
            }
        }
    }

    /**
     * @param name the word for this life, as in {@code docs/}, for example {@code "job"}
     * @param states the enum of states
     * @param events the enum of events
     * @param <S> the states
     * @param <E> the events
     * @return an empty table to fill
     */
    public static <S extends Enum<S>, E extends Enum<E>> Builder<S, E> of(
            String name, Class<S> states, Class<E> events) {
        return new Builder<>(name, states, events);
    }

    /**
     * @param from the present state
     * @param on what happens
     * @return the next state, or empty where the event does not apply in that state
     */
    public Optional<S> next(S from, E on) {
        Row<S, E> row = index.getOrDefault(from, Map.of()).get(on);
        if (row == null) {
            return Optional.empty();
        }
        visited.add(row);
        return Optional.of(row.to());
    }

    /** {@return the word for this life} */
    public String name() {
        return name;
    }

    /** {@return all transitions, in the order they were written} */
    public List<Row<S, E>> rows() {
        return rows;
    }

    /** {@return the transitions that {@link #next} has not yet given since the process began} */
    public Set<Row<S, E>> unvisited() {
        Set<Row<S, E>> rest = new LinkedHashSet<>(rows);
        rest.removeAll(visited);
        return rest;
    }

    /** {@return the table as a Mermaid state diagram} */
    public String diagram() {
        StringBuilder text = new StringBuilder("stateDiagram-v2\n");
        for (Row<S, E> row : rows) {
            text.append("    ").append(row.from()).append(" --> ").append(row.to());
            text.append(" : ").append(row.on()).append('\n');
        }
        return text.toString();
    }

    /**
     * Collects the rows of a table.
     *
     * @param <S> the states
     * @param <E> the events
     */
    public static final class Builder<S extends Enum<S>, E extends Enum<E>> {
        private final String name;
        private final Class<S> states;
        private final Class<E> events;
        private final List<Row<S, E>> rows = new ArrayList<>();

        private Builder(String name, Class<S> states, Class<E> events) {
            this.name = name;
            this.states = states;
            this.events = events;
        }

        /**
         * Adds a row.
         *
         * @param from the state before
         * @param on the event
         * @param to the state after
         * @return this
         */
        public Builder<S, E> row(S from, E on, S to) {
            rows.add(new Row<>(from, on, to));
            return this;
        }

        /** {@return the finished table} */
        public StateTable<S, E> build() {
            return new StateTable<>(this);
        }
    }
}
