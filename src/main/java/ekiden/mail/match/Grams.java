package ekiden.mail.match;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Phrases by runs of a few of their characters. Phrases of seven characters and more are looked for at every fourth place of a text only: each
 * waits under four runs that follow one another, of which one ends at such a place; those of five and six at every second place, shorter ones at every place. Of the
 * runs that a phrase has it waits under those that the fewest others have. A small table of bits says of most places at once that no run ends there. Immutable.
 */
final class Grams {
    private static final int NONE = -1;
    private static final long MIX = 0x9e3779b97f4a7c15L;
    private static final int MOST_COUNTS = 20;
    private static final int CHUNK = 512;
    /** Of the filter for each run, of which it sets two: one place of seventy is looked at in vain. */
    private static final int BITS = 16;

    /**
     * What phrases of some lengths have in common.
     *
     * @param length of their runs: at most four characters, which fit a long
     * @param stride how many runs one after the other
     */
    record Kind(int length, int stride) {
        static final List<Kind> ALL =
                List.of(new Kind(1, 1), new Kind(2, 1), new Kind(3, 1), new Kind(4, 1), new Kind(4, 2), new Kind(4, 4));

        /** That of phrases of a length. */
        static Kind of(int characters) {
            return ALL.get(characters <= 4 ? characters - 1 : characters < 7 ? 4 : 5);
        }
    }

    private final Kind kind;
    /** The characters of a run in a long. */
    private final long mask;

    private final List<String> phrases;
    /** Two bits of one word for each hash of a run. */
    private final long[] filter;

    private final int filterShift;
    /** Run → the first entry of its list: a table with open addressing, empty where there is no list. */
    private final long[] runs;

    private final int slotShift;
    private final int[] first;
    /** Per entry: the next one of the same run, the number of its phrase, how far from the phrase's beginning its run ends. */
    private final int[] next;

    private final int[] phrase;
    private final int[] end;
    private int entries;

    private Grams(Kind kind, List<String> phrases, int count) {
        this.kind = kind;
        this.mask = kind.length() == 4 ? -1L : (1L << (Character.SIZE * kind.length())) - 1;
        this.phrases = phrases;
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(2 * Long.SIZE, count * BITS) - 1);
        this.filter = new long[1 << (bits - 6)];
        this.filterShift = Long.SIZE - (bits - 6);
        int size = Integer.highestOneBit(Math.max(4, count)) * 4;
        this.slotShift = Long.numberOfLeadingZeros(size) + 1;
        this.runs = new long[size];
        this.first = new int[size];
        Arrays.fill(first, NONE);
        this.next = new int[count];
        this.phrase = new int[count];
        this.end = new int[count];
    }

    /** Those of the phrases that are of this kind. */
    static Grams of(Kind kind, List<String> phrases) {
        int[] own = IntStream.range(0, phrases.size())
                .filter(i -> Kind.of(phrases.get(i).length()).equals(kind))
                .toArray();
        Grams grams = new Grams(kind, phrases, own.length * kind.stride());
        int[] counts = grams.counts(own);
        for (int number : own) {
            grams.add(number, counts);
        }
        return grams;
    }

    boolean empty() {
        return entries == 0;
    }

    private long roll(long window, char c) {
        return ((window << Character.SIZE) | c) & mask;
    }

    /** How many runs have a hash; of two runs with the same one the sum, which does no harm. */
    private int[] counts(int[] own) {
        long all = 0;
        for (int number : own) {
            all += phrases.get(number).length();
        }
        int bits = Math.min(MOST_COUNTS, Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, all)) + 1);
        int[] counts = new int[1 << bits];
        for (int number : own) {
            String text = phrases.get(number);
            long window = 0;
            for (int i = 0; i < text.length(); i++) {
                window = roll(window, text.charAt(i));
                if (i >= kind.length() - 1) {
                    counts[(int) ((window * MIX) >>> (Long.SIZE - bits))]++;
                }
            }
        }
        return counts;
    }

    private void add(int number, int[] counts) {
        String text = phrases.get(number);
        int shift = Long.numberOfLeadingZeros(counts.length) + 1;
        int[] others = new int[text.length()];
        long window = 0;
        int sum = 0;
        int fewest = Integer.MAX_VALUE;
        int last = 0;
        for (int i = 0; i < text.length(); i++) {
            window = roll(window, text.charAt(i));
            others[i] = i < kind.length() - 1 ? 0 : counts[(int) ((window * MIX) >>> shift)];
            sum += others[i] - (i < kind.stride() ? 0 : others[i - kind.stride()]);
            // of equals the last: phrases begin alike more often than they end
            if (i >= kind.length() + kind.stride() - 2 && sum <= fewest) {
                fewest = sum;
                last = i;
            }
        }
        for (int i = 0; i <= last; i++) {
            window = roll(i == 0 ? 0 : window, text.charAt(i));
            if (i > last - kind.stride()) {
                put(window, number, i);
            }
        }
    }

    private void put(long run, int number, int at) {
        int slot = slot(run);
        long hash = run * MIX;
        filter[(int) (hash >>> filterShift)] |= bits(hash);
        runs[slot] = run;
        phrase[entries] = number;
        end[entries] = at;
        next[entries] = first[slot];
        first[slot] = entries;
        entries++;
    }

    private int slot(long run) {
        // the high bits of the product depend on all characters
        int slot = (int) ((run * MIX) >>> slotShift);
        while (first[slot] != NONE && runs[slot] != run) {
            slot = (slot + 1) & (runs.length - 1);
        }
        return slot;
    }

    /**
     * Notes the phrases that stand in a text.
     *
     * @param budget steps that comparing may take
     * @param found the numbers of phrases
     * @return what is left of the budget; negative where it did not suffice, then not all was looked at
     */
    long find(String text, long budget, BitSet found) {
        char[] chunk = new char[Math.min(CHUNK, text.length())];
        long left = budget;
        long window = 0;
        int count = 0;
        for (int from = 0; from + count < text.length() && left >= 0; ) {
            // a run that ends at the beginning of a chunk begins in the one before
            from += Math.max(0, kind.stride() > 1 ? count - 4 : count);
            count = Math.min(chunk.length, text.length() - from);
            text.getChars(from, from + count, chunk, 0);
            if (kind.stride() > 1) {
                left = jump(chunk, count, text, from, left, found);
                continue;
            }
            for (int i = 0; i < count && left >= 0; i++) {
                window = roll(window, chunk[i]);
                long hash = window * MIX;
                long bits = bits(hash);
                if ((filter[(int) (hash >>> filterShift)] & bits) == bits) {
                    left -= compare(window, text, from + i, found);
                }
            }
        }
        return left;
    }

    /** Looks at the runs that end before places that the stride divides. */
    private long jump(char[] chunk, int count, String text, int from, long budget, BitSet found) {
        long[] words = filter;
        int shift = filterShift;
        int stride = kind.stride();
        long left = budget;
        for (int i = 3; i < count && left >= 0; i += stride) {
            long run =
                    ((long) chunk[i - 3] << 48) | ((long) chunk[i - 2] << 32) | ((long) chunk[i - 1] << 16) | chunk[i];
            long hash = run * MIX;
            long bits = bits(hash);
            if ((words[(int) (hash >>> shift)] & bits) == bits) {
                left -= compare(run, text, from + i, found);
            }
        }
        return left;
    }

    /** Which bits of its word a hash has; the word is told by higher ones. */
    private static long bits(long hash) {
        return (1L << (hash >>> 36)) | (1L << (hash >>> 30));
    }

    /** Compares the phrases of a run that ends at a place; returns the steps that it took. */
    private int compare(long run, String text, int at, BitSet found) {
        int steps = 1;
        for (int entry = first[slot(run)]; entry != NONE; entry = next[entry]) {
            steps++;
            String wanted = phrases.get(phrase[entry]);
            int from = at - end[entry];
            if (from >= 0 && text.charAt(from) == wanted.charAt(0) && !found.get(phrase[entry])) {
                steps += wanted.length();
                if (text.startsWith(wanted, from)) {
                    found.set(phrase[entry]);
                }
            }
        }
        return steps;
    }
}
