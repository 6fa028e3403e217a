package ekiden.yaml;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Collects all problems of one file. Each carries the values {@code file}, {@code line} and {@code column}. Belongs to one thread.
 */
public final class YamlProblems {
    private record Found(Place at, Problem problem) {}

    private final String file;
    private final Function<YamlFault, MessageId> ids;
    private final int limit;
    private final List<Found> found = new ArrayList<>();
    private int more;

    /**
     * @param file the name that messages show
     * @param ids the message id of each fault
     * @param limits bounds the number of problems told
     */
    public YamlProblems(String file, Function<YamlFault, MessageId> ids, YamlLimits limits) {
        this.file = file;
        this.ids = ids;
        this.limit = limits.problems();
    }

    /**
     * Notes a fault of the file's form.
     *
     * @param fault which
     * @param at where
     * @param namesAndValues what fills the holes of its text besides file, line and column
     */
    public void fault(YamlFault fault, Place at, Object... namesAndValues) {
        add(ids.apply(fault), at, namesAndValues);
    }

    /**
     * Notes a problem of the file's meaning.
     *
     * @param id which
     * @param at where
     * @param namesAndValues what fills the holes of its text besides file, line and column
     */
    public void add(MessageId id, Place at, Object... namesAndValues) {
        if (found.size() >= limit) {
            more++;
            return;
        }
        Object[] all = new Object[namesAndValues.length + 6];
        System.arraycopy(namesAndValues, 0, all, 0, namesAndValues.length);
        Object[] place = {"file", file, "line", at.line(), "column", at.column()};
        System.arraycopy(place, 0, all, namesAndValues.length, place.length);
        found.add(new Found(at, Problem.of(id, all)));
    }

    /** {@return how many were noted so far, those above the limit too} */
    public int count() {
        return found.size() + more;
    }

    /** {@return whether nothing is wrong so far} */
    public boolean none() {
        return found.isEmpty();
    }

    /** {@return all problems in the order of the file; a last one counts those above the limit} */
    public List<Problem> all() {
        List<Problem> sorted = new ArrayList<>(found.stream()
                .sorted(Comparator.comparing(Found::at))
                .map(Found::problem)
                .toList());
        if (more > 0) {
            sorted.add(Problem.of(ids.apply(YamlFault.TOO_MANY), "file", file, "line", 1, "column", 1, "more", more));
        }
        return List.copyOf(sorted);
    }
}
