package ekiden.definition;

import ekiden.model.definition.Jobnet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What differs between two jobnets, by key instead of by line, so that order and spelling of the file do not matter. Pure. */
public final class UnitDiff {
    private UnitDiff() {}

    /** One difference. */
    public sealed interface Change {
        /** {@return the key it is about, for example {@code jobs.load.timeout}} */
        String key();
    }

    /**
     * Only the new one has it.
     *
     * @param key what
     * @param now its value
     */
    public record Added(String key, String now) implements Change {}

    /**
     * Only the old one has it.
     *
     * @param key what
     * @param before its value
     */
    public record Removed(String key, String before) implements Change {}

    /**
     * Both have it, with different values.
     *
     * @param key what
     * @param before its old value
     * @param now its new value
     */
    public record Changed(String key, String before, String now) implements Change {}

    /**
     * @param before the old jobnet
     * @param now the new one
     * @return the differences in the order of the old one, added keys last; empty where the two mean the same
     */
    public static List<Change> between(Jobnet before, Jobnet now) {
        Map<String, String> old = flat(before);
        Map<String, String> fresh = flat(now);
        Set<String> keys = new LinkedHashSet<>(old.keySet());
        keys.addAll(fresh.keySet());
        List<Change> changes = new ArrayList<>();
        for (String key : keys) {
            String a = old.get(key);
            String b = fresh.get(key);
            if (a == null && b != null) {
                changes.add(new Added(key, b));
            } else if (a != null && b == null) {
                changes.add(new Removed(key, a));
            } else if (a != null && b != null && !a.equals(b)) {
                changes.add(new Changed(key, a, b));
            }
        }
        return changes;
    }

    /**
     * @param changes as {@link #between} gives them
     * @return a line each, {@code + - ~} in front; empty where there are none
     */
    public static String show(List<Change> changes) {
        StringBuilder out = new StringBuilder();
        for (Change change : changes) {
            String line = switch (change) {
                case Added(String key, String now) -> "+ " + key + ": " + now;
                case Removed(String key, String before) -> "- " + key + ": " + before;
                case Changed(String key, String before, String now) -> "~ " + key + ": " + before + " → " + now;
            };
            out.append(line).append('\n');
        }
        return out.toString();
    }

    private static Map<String, String> flat(Jobnet jobnet) {
        Map<String, String> lines = new LinkedHashMap<>();
        JobnetTree.of(jobnet).forEach((key, value) -> flat(key, value, lines));
        List<String> order = new ArrayList<>();
        jobnet.jobs().forEach(job -> order.add(job.name()));
        lines.put("jobs", String.join(", ", order));
        return lines;
    }

    private static void flat(String key, Object value, Map<String, String> lines) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((k, v) -> flat(key + "." + k, v, lines));
        } else {
            lines.put(key, shown(value));
        }
    }

    private static String shown(Object value) {
        return switch (value) {
            case List<?> list ->
                "[" + String.join(", ", list.stream().map(UnitDiff::shown).toList()) + "]";
            case String text -> text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
            default -> String.valueOf(value);
        };
    }
}
