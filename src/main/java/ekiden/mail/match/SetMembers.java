package ekiden.mail.match;

import ekiden.regex.Escape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a set of an expression has: characters, classes, and beside them what is several characters. It is written with as few ranges as there can be, however often they
 * were said. Where case does not matter it is written with both cases: the library would look at each character of each range to find the other one.
 */
final class SetMembers {
    /** Classes that are the same in any case. */
    private static final Set<String> CASELESS =
            Set.of("\\d", "\\D", "\\s", "\\S", "[:digit:]", "[:space:]", "[:blank:]");

    private final BitSet characters = new BitSet();
    private final Set<String> classes = new LinkedHashSet<>();
    private final Set<String> longer = new LinkedHashSet<>();

    /** Characters that the library takes for one where case does not matter. */
    private static final class Cases {
        /** Never written again. */
        private static final int[][] ALL = all();

        private static int[][] all() {
            Map<Integer, List<Integer>> all = new HashMap<>();
            IntStream.range('A', 0x20000)
                    .filter(Cases::hasCase)
                    .forEach(c -> all.computeIfAbsent(key(c), added -> new ArrayList<>())
                            .add(c));
            return all.values().stream()
                    .filter(alike -> alike.size() > 1)
                    .map(alike -> alike.stream().mapToInt(c -> c).toArray())
                    .toArray(int[][]::new);
        }

        /** Not those that the library must never see, nor the two for which Turkish has a rule of its own. */
        private static boolean hasCase(int c) {
            boolean one = Character.toLowerCase(c) == c && Character.toUpperCase(c) == c && key(c) == c;
            return !(one && !Character.isLetter(c)) && !(c >= 0x1C80 && c <= 0x1C88) && c != 0x130 && c != 0x131;
        }

        private static int key(int c) {
            return Character.toLowerCase(Character.toUpperCase(c));
        }
    }

    void add(int low, int high) {
        characters.set(low, high + 1);
    }

    void add(int c) {
        characters.set(c);
    }

    void addClass(String written) {
        classes.add(written);
    }

    void addLonger(String several) {
        longer.add(several);
    }

    /** An expression for it; {@code folds} where case does not matter in this place. */
    String written(boolean denied, boolean folds) {
        boolean closed = folds && (classes.isEmpty() || !denied || CASELESS.containsAll(classes));
        List<String> ways = new ArrayList<>();
        if (closed) {
            bothCases();
            boolean together = CASELESS.containsAll(classes);
            String inside = ranges() + (together ? String.join("", classes) : "");
            if (!inside.isEmpty()) {
                ways.add("(?-i:" + set(denied, inside) + ")");
            }
            if (!together) {
                ways.add(set(false, String.join("", classes)));
            }
        } else if (!characters.isEmpty() || !classes.isEmpty()) {
            ways.add(set(denied, String.join("", classes) + ranges()));
        }
        longer.forEach(one -> ways.add(Escape.literal(one)));
        return ways.size() == 1 && longer.isEmpty() ? ways.getFirst() : "(?:" + String.join("|", ways) + ")";
    }

    private void bothCases() {
        for (int[] alike : Cases.ALL) {
            if (any(alike)) {
                for (int c : alike) {
                    characters.set(c);
                }
            }
        }
    }

    private boolean any(int[] alike) {
        for (int c : alike) {
            if (characters.get(c)) {
                return true;
            }
        }
        return false;
    }

    private static String set(boolean denied, String inside) {
        return "[" + (denied ? "^" : "") + inside + "]";
    }

    private String ranges() {
        StringBuilder ranges = new StringBuilder();
        for (int from = characters.nextSetBit(0); from >= 0; from = characters.nextSetBit(from)) {
            int to = characters.nextClearBit(from);
            ranges.append(escaped(from));
            if (to - from > 1) {
                ranges.append(to - from > 2 ? "-" : "").append(escaped(to - 1));
            }
            from = to;
        }
        return ranges.toString();
    }

    /** Also a sign that begins a named class, and half characters, of which two side by side would be one. */
    private static String escaped(int c) {
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            return "\\x{" + Integer.toHexString(c) + "}";
        }
        return ("\\^[]-:".indexOf(c) >= 0 ? "\\" : "") + Character.toString(c);
    }
}
