package ekiden.mail.match;

import ekiden.regex.Escape;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Letters whose other case is several letters ({@code ß} and {@code SS}): the library knows letters one by one, so expressions get both where case does
 * not matter. In rows of such letters that overlap it looks at a few at a time.
 */
final class PatternCases {
    /** Characters that are written out together; longer rows of letters that overlap are rare, and the ways to read them many. */
    private static final int TOGETHER = 6;
    /** The most characters that one letter becomes. */
    private static final int LONGEST = 3;

    private PatternCases() {}

    /** What is several characters without its case → the characters that become it. */
    private static final class Lengthened {
        private static final Map<String, Set<String>> ALL = all();

        private static Map<String, Set<String>> all() {
            Map<String, Set<String>> all = new TreeMap<>();
            for (int c = 0x80; c <= Character.MAX_VALUE; c++) {
                boolean letter = Character.isLetter(c) && !Character.isSurrogate((char) c);
                String small = letter ? Folding.lower(Character.toString(c)) : "";
                if (small.length() > 1) {
                    all.computeIfAbsent(small, added -> new LinkedHashSet<>()).add(Character.toString(c));
                }
            }
            return all;
        }
    }

    /**
     * Characters in a row.
     *
     * @param characters each of them as values have it
     * @param anyWidth whether values are in NFKC
     * @return an expression for the row in any case
     */
    static String of(List<String> characters, boolean anyWidth) {
        StringBuilder of = new StringBuilder();
        int at = 0;
        while (at < characters.size()) {
            int end = at + 1;
            boolean other = false;
            for (int i = at; i < end; i++) {
                for (int length = 1; length <= LONGEST && i + length <= characters.size(); length++) {
                    boolean one = i + length <= at + TOGETHER
                            && !spans(characters.subList(i, i + length), anyWidth)
                                    .isEmpty();
                    end = one ? Math.max(end, i + length) : end;
                    other |= one;
                }
            }
            List<String> row = characters.subList(at, end);
            of.append(other ? either(readings(row, anyWidth)) : Escape.literal(row.getFirst()));
            at = end;
        }
        return of.toString();
    }

    /** What else one character is in any case: only what is not found by looking at each of its letters. */
    static Set<String> others(String character, boolean anyWidth) {
        return spans(List.of(character), anyWidth);
    }

    static String either(Iterable<String> readings) {
        StringBuilder either = new StringBuilder("(?:");
        for (String reading : readings) {
            either.append(either.length() == 3 ? "" : "|").append(Escape.literal(reading));
        }
        return either.append(')').toString();
    }

    private static Set<String> readings(List<String> row, boolean anyWidth) {
        Set<String> readings = new LinkedHashSet<>();
        if (row.isEmpty()) {
            readings.add("");
        }
        for (int length = 1; length <= Math.min(LONGEST, row.size()); length++) {
            Set<String> begins = new LinkedHashSet<>();
            if (length == 1) {
                begins.add(row.getFirst());
            }
            begins.addAll(spans(row.subList(0, length), anyWidth));
            for (String rest :
                    begins.isEmpty() ? Set.<String>of() : readings(row.subList(length, row.size()), anyWidth)) {
                begins.forEach(begin -> readings.add(begin + rest));
            }
        }
        return readings;
    }

    /** Other ways to write characters, all of them together. */
    private static Set<String> spans(List<String> characters, boolean anyWidth) {
        String own = String.join("", characters);
        String small = Folding.lower(own);
        List<String> ways = new ArrayList<>(Lengthened.ALL.getOrDefault(small, Set.of()));
        // the capital of a letter without a dot is that of another one
        if (characters.size() == 1 && own.indexOf(Folding.DOTLESS) < 0) {
            ways.add(Normalizer.normalize(own.toUpperCase(Locale.ROOT), Normalizer.Form.NFC));
            ways.add(Normalizer.normalize(own.toLowerCase(Locale.ROOT), Normalizer.Form.NFC));
            ways.add(Normalizer.normalize(small, Normalizer.Form.NFC));
        }
        Set<String> spans = new LinkedHashSet<>();
        for (String way : ways) {
            boolean known = alike(way, own) || spans.stream().anyMatch(span -> alike(way, span));
            if (!known && (!anyWidth || Normalizer.isNormalized(way, Normalizer.Form.NFKC))) {
                spans.add(way);
            }
        }
        return spans;
    }

    /** Whether the library takes them for one. */
    private static boolean alike(String one, String other) {
        return one.equalsIgnoreCase(other);
    }
}
