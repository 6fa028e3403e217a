package ekiden.mail.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds which of many phrases stand in a text, in one pass: each phrase waits under a hash of its first two characters,
 * and only where the text shows those is it compared. Phrases of one character wait under that. Immutable.
 */
final class PhraseIndex {
    private static final int MIN_BITS = 10;
    private static final int MAX_BITS = 16;

    private final String[] phrases;
    private final int mask;
    /** Phrases by the hash of their beginning; null where none begins so. */
    private final int[][] buckets;

    private final int[] singles;

    /**
     * @param phrases what is looked for, each not empty; in NFC
     */
    PhraseIndex(List<String> phrases) {
        this.phrases = phrases.toArray(String[]::new);
        int bits = Math.clamp(32 - Integer.numberOfLeadingZeros(phrases.size() * 4), MIN_BITS, MAX_BITS);
        this.mask = (1 << bits) - 1;
        Map<Integer, List<Integer>> byHash = new HashMap<>();
        List<Integer> short1 = new ArrayList<>();
        for (int i = 0; i < this.phrases.length; i++) {
            String phrase = this.phrases[i];
            if (phrase.length() == 1) {
                short1.add(i);
            } else {
                byHash.computeIfAbsent(hash(phrase.charAt(0), phrase.charAt(1)), h -> new ArrayList<>())
                        .add(i);
            }
        }
        this.buckets = new int[mask + 1][];
        byHash.forEach(
                (hash, list) -> buckets[hash] = list.stream().mapToInt(i -> i).toArray());
        this.singles = short1.stream().mapToInt(i -> i).toArray();
    }

    private int hash(char first, char second) {
        int mixed = first * 0x9e3779b1 + second * 0x85ebca6b;
        return (mixed ^ mixed >>> 15) & mask;
    }

    /** {@return the numbers of the phrases that stand in the text} */
    BitSet in(String text) {
        BitSet found = new BitSet(phrases.length);
        if (phrases.length == 0) {
            return found;
        }
        for (int single : singles) {
            if (text.indexOf(phrases[single].charAt(0)) >= 0) {
                found.set(single);
            }
        }
        for (int i = 0; i + 1 < text.length(); i++) {
            int[] bucket = buckets[hash(text.charAt(i), text.charAt(i + 1))];
            if (bucket != null) {
                compare(text, i, bucket, found);
            }
        }
        return found;
    }

    private void compare(String text, int at, int[] bucket, BitSet found) {
        for (int number : bucket) {
            if (!found.get(number) && text.startsWith(phrases[number], at)) {
                found.set(number);
            }
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(phrases);
    }
}
