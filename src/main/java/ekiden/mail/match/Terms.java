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
        /** Word → number, until all are known. */
        private Map<String, Integer> whole = new HashMap<>();

        private Map<String, Integer> parts = new LinkedHashMap<>();
        private @Nullable WholeWords wholes;
        private int[] partNumbers = {};
        private @Nullable PhraseIndex index;

        void close() {
            wholes = whole.isEmpty() ? null : new WholeWords(whole);
            index = parts.isEmpty() ? null : new PhraseIndex(List.copyOf(parts.keySet()));
            partNumbers = parts.values().stream().mapToInt(Integer::intValue).toArray();
            whole = Map.of();
            parts = Map.of();
        }

        /** Notes what a value has. */
        void find(String value, Numbers found) {
            note(value, index == null ? null : index.in(value), found);
        }

        /** Notes what a value has that is to be made alike by NFC, and returns it so. */
        String findNormal(PhraseIndex all, String value, Numbers found) {
            Numbers standing = all.inNormal(value);
            if (standing != null) {
                note(value, standing, found);
                return value;
            }
            String normal = Nfc.of(value);
            find(normal, found);
            return normal;
        }

        private void note(String value, @Nullable Numbers standing, Numbers found) {
            int whole = wholes == null ? WholeWords.NONE : wholes.of(value);
            if (whole != WholeWords.NONE) {
                found.add(whole);
            }
            for (int i = 0; standing != null && i < standing.count(); i++) {
                found.add(partNumbers[standing.get(i)]);
            }
        }
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
        words.forEach(Words::close);
    }

    /** The values of a facet, of which those terms are noted that they have; null where they are not known. */
    @Nullable
    List<String> look(int facet, MailValues mail, Numbers found) {
        Words own = words.get(facet);
        Facet of = facets.get(facet);
        PhraseIndex index = own.index;
        List<String> plain = index != null && of.normalOnly() && !mail.has(of) ? of.plain(mail.mail()) : null;
        if (index == null || plain == null) {
            List<String> values = mail.of(of);
            if (values != null) {
                values.forEach(value -> own.find(value, found));
            }
            return values;
        }
        List<String> values = new ArrayList<>(plain.size());
        for (String value : plain) {
            values.add(own.findNormal(index, value, found));
        }
        mail.put(of, values);
        return values;
    }
}
