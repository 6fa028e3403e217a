package ekiden.mail.match;

import java.util.Map;

/** Words that are all of a value, found by hash: one look into one table for nearly all values that are no such word. Immutable. */
final class WholeWords {
    /** Answers that a value is none of the words. */
    static final int NONE = -1;

    private static final int MIX = 0x9e3779b1;

    /** A table with open addressing, at most half full: the hash of a word above, its number and one below, so that zero is a free place. */
    private final long[] places;
    /** The words at the same places; null where there is none. */
    private final String[] words;

    private final int shift;

    /** @param numbers words → their numbers, not negative */
    WholeWords(Map<String, Integer> numbers) {
        int size = Integer.highestOneBit(Math.max(1, numbers.size())) * 4;
        this.places = new long[size];
        this.words = new String[size];
        this.shift = Integer.numberOfLeadingZeros(size) + 1;
        numbers.forEach(this::add);
    }

    private void add(String word, int number) {
        int place = first(word.hashCode());
        while (places[place] != 0) {
            place = next(place);
        }
        places[place] = (long) word.hashCode() << Integer.SIZE | (number + 1);
        words[place] = word;
    }

    private int first(int hash) {
        return (hash * MIX) >>> shift;
    }

    private int next(int place) {
        return (place + 1) & (places.length - 1);
    }

    /** {@return the number of a word, or {@link #NONE}} */
    int of(String value) {
        int hash = value.hashCode();
        for (int place = first(hash); places[place] != 0; place = next(place)) {
            // of two words with one hash the words themselves say which it is
            if ((int) (places[place] >>> Integer.SIZE) == hash && words[place].equals(value)) {
                return (int) places[place] - 1;
            }
        }
        return NONE;
    }
}
