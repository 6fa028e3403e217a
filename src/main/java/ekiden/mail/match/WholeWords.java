package ekiden.mail.match;

import java.util.Map;

/** Words that are all of a value, found by hash: one look into one table for nearly all values that are no such word. Immutable. */
final class WholeWords {
    /** What {@link #of} answers instead of the number of a word where a value is none. */
    static final int NONE = -1;

    private static final int MIX = 0x9e3779b1;

    /** Numbers of a place: one look into memory is for both. */
    private static final int PER_PLACE = 2;

    /**
     * A table with open addressing, at most half full. Of each place the hash of a word above, its number and one below, so that zero is a free place; then where in
     * {@link #words} the word begins above, its length below.
     */
    private final long[] places;
    /** All words in a row: each by itself would lie anywhere in memory. */
    private final String words;

    private final int shift;

    /** @param numbers words → their numbers, not negative */
    WholeWords(Map<String, Integer> numbers) {
        int size = Integer.highestOneBit(Math.max(1, numbers.size())) * 4;
        this.places = new long[PER_PLACE * size];
        this.shift = Integer.numberOfLeadingZeros(size) + 1;
        StringBuilder all = new StringBuilder();
        numbers.forEach((word, number) -> {
            add(word, number, all.length());
            all.append(word);
        });
        this.words = all.toString();
    }

    private void add(String word, int number, int begin) {
        int place = first(word.hashCode());
        while (places[place] != 0) {
            place = next(place);
        }
        places[place] = ((long) word.hashCode() << Integer.SIZE) | (number + 1);
        places[place + 1] = ((long) begin << Integer.SIZE) | word.length();
    }

    private int first(int hash) {
        return PER_PLACE * ((hash * MIX) >>> shift);
    }

    private int next(int place) {
        return (place + PER_PLACE) & (places.length - 1);
    }

    int of(String value) {
        int hash = value.hashCode();
        for (int place = first(hash); places[place] != 0; place = next(place)) {
            // of two words with one hash the words themselves say which it is
            if ((int) (places[place] >>> Integer.SIZE) == hash && stands(value, places[place + 1])) {
                return (int) places[place] - 1;
            }
        }
        return NONE;
    }

    private boolean stands(String value, long where) {
        return value.length() == (int) where && words.startsWith(value, (int) (where >>> Integer.SIZE));
    }
}
