package ekiden.mail.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All words that the conditions of many watches look for, numbered, by the facet they are looked for in. Whole values are found by hash, parts by one pass over
 * the value. Built once, then {@link #close}d; from then on immutable.
 */
final class Terms {
    private final List<Facet> facets = new ArrayList<>();
    private final Map<Facet, Integer> numbers = new HashMap<>();
    private final List<Words> words = new ArrayList<>();
    private int count;

    /** The terms of one facet: whole values, and parts; of the parts also their numbers in the order of the index. */
    private static final class Words {
        private final Map<String, Integer> whole = new HashMap<>();
        private final Map<String, Integer> parts = new LinkedHashMap<>();
        private int[] partNumbers = {};
        private @Nullable PhraseIndex index;
    }

    /** A word of a facet. */
    record Term(int facet, int number) {}

    int facet(Facet facet) {
        return numbers.computeIfAbsent(facet, added -> {
            facets.add(added);
            words.add(new Words());
            return facets.size() - 1;
        });
    }

    Facet facet(int number) {
        return facets.get(number);
    }

    int facets() {
        return facets.size();
    }

    /** A word that must be all of a value. */
    Term whole(Facet facet, String phrase) {
        int at = facet(facet);
        return new Term(at, words.get(at).whole.computeIfAbsent(phrase, added -> count++));
    }

    /** A word that must be a part of a value; not empty. */
    Term part(Facet facet, String phrase) {
        int at = facet(facet);
        return new Term(at, words.get(at).parts.computeIfAbsent(phrase, added -> count++));
    }

    int count() {
        return count;
    }

    /** All words are known. */
    void close() {
        for (Words one : words) {
            one.index = one.parts.isEmpty() ? null : new PhraseIndex(List.copyOf(one.parts.keySet()));
            one.partNumbers =
                    one.parts.values().stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /** Notes the terms of a facet that its values have. */
    void find(int facet, List<String> values, Numbers found) {
        Words own = words.get(facet);
        for (String value : values) {
            Integer whole = own.whole.isEmpty() ? null : own.whole.get(value);
            if (whole != null) {
                found.add(whole);
            }
            PhraseIndex index = own.index;
            if (index != null) {
                index.in(value).forEach(part -> found.add(own.partNumbers[part]));
            }
        }
    }
}
