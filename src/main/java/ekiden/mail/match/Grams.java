package ekiden.mail.match;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Phrases by runs of a few of their characters. Phrases of seven characters and more are looked for at every fourth place of a text only: each
 * waits under four runs that follow one another, of which one ends at such a place; those of five and six at every second place, shorter ones at every place. Of the
 * runs that a phrase has it waits under those that the fewest others have. A small table of bits says of most places at once that no run ends there, and
 * another one of most of the rest that the four characters before the run are not those of a phrase. Immutable.
 */
final class Grams {
    private static final int NONE = -1;
    private static final long MIX = 0x9e3779b97f4a7c15L;
    private static final int MOST_COUNTS = 20;
    /** Of a chunk with the one before: a multiple of each stride, and what a run needs beside its last character. */
    private static final int OVERLAP = 4;
    /** A run with what stands before it. */
    private static final int CONTEXT = 8;

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
    private final GramFilter filter;
    /** Runs with the characters before them, of which they are eight together; those before which the phrase has not so many with nothing. */
    private final GramFilter contexts;
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
        this.filter = new GramFilter(count);
        this.contexts = new GramFilter(kind.stride() < 4 ? 0 : count);
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
        char[] characters = text.toCharArray();
        for (int i = last - kind.stride() + 1; i <= last; i++) {
            long run = run(characters, i);
            put(run, number, i);
            if (kind.stride() == 4) {
                contexts.add(hash(run, i < CONTEXT - 1 ? 0 : run(characters, i - 4)));
            }
        }
    }

    private void put(long run, int number, int at) {
        int slot = slot(run);
        filter.add(run * MIX);
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
    long find(String text, long budget, Numbers found) {
        Fours fours = new Fours(text);
        char[] places = new char[fours.characters().length / kind.stride() + 1];
        long left = budget;
        int at = kind.length() - 1;
        for (int from = 0; from + at < text.length() && left >= 0; from += Fours.PIECE - OVERLAP) {
            int count = fours.read(from);
            int passed = kind.length() < 4
                    ? rolled(fours.characters(), at, count, places)
                    : places(fours, at, count, places);
            for (int i = 0; i < passed && left >= 0; i++) {
                if (likely(fours, places[i])) {
                    long run = kind.length() < 4 ? run(fours.characters(), places[i]) : fours.ending(places[i]);
                    left -= compare(run, text, from + places[i], found);
                }
            }
            at = OVERLAP + kind.stride() - 1;
        }
        return left;
    }

    /** Notes the places that the filter lets pass; returns how many. Without a branch, since none could be foreseen. */
    private int rolled(char[] chunk, int first, int count, char[] places) {
        long window = 0;
        for (int i = first - kind.length() + 1; i < first; i++) {
            window = roll(window, chunk[i]);
        }
        int passed = 0;
        for (int i = first; i < count; i++) {
            window = roll(window, chunk[i]);
            places[passed] = (char) i;
            passed += filter.one(window * MIX);
        }
        return passed;
    }

    /** The same of runs of four. Each stride has its own loop, because only of a fixed one the compiler knows where it looks. */
    private int places(Fours fours, int first, int count, char[] places) {
        return switch (kind.stride()) {
            case 1 -> everyPlace(fours, first, count, places);
            case 2 -> everySecond(fours, first, count, places);
            default -> everyFourth(fours.longs(), first, count, places);
        };
    }

    private int everyPlace(Fours fours, int first, int count, char[] places) {
        int passed = 0;
        for (int i = first; i < count; i++) {
            places[passed] = (char) i;
            passed += filter.one(fours.ending(i) * MIX);
        }
        return passed;
    }

    private int everySecond(Fours fours, int first, int count, char[] places) {
        int passed = 0;
        for (int i = first; i < count; i += 2) {
            places[passed] = (char) i;
            passed += filter.one(fours.ending(i) * MIX);
        }
        return passed;
    }

    /** These runs are the longs of the piece themselves. */
    private int everyFourth(long[] longs, int first, int count, char[] places) {
        int passed = 0;
        for (int i = first / 4; i < count / 4; i++) {
            places[passed] = (char) (4 * i + 3);
            passed += filter.one(longs[i] * MIX);
        }
        return passed;
    }

    private long run(char[] chunk, int end) {
        if (kind.length() == 4) {
            return MemorySegment.ofArray(chunk)
                    .get(ValueLayout.JAVA_LONG_UNALIGNED, (long) Character.BYTES * (end - 3));
        }
        long run = 0;
        for (int i = end - kind.length() + 1; i <= end; i++) {
            run = roll(run, chunk[i]);
        }
        return run;
    }

    /** Whether what stands before a run is what stands before it in a phrase. */
    private boolean likely(Fours fours, int end) {
        if (kind.stride() < 4 || end < CONTEXT - 1) {
            return true;
        }
        long run = fours.ending(end);
        return contexts.one(hash(run, fours.ending(end - 4))) + contexts.one(hash(run, 0)) > 0;
    }

    private static long hash(long run, long before) {
        return ((run * MIX) ^ before) * MIX;
    }

    /** Compares the phrases of a run that ends at a place; returns the steps that it took. */
    private int compare(long run, String text, int at, Numbers found) {
        int steps = 1;
        for (int entry = first[slot(run)]; entry != NONE; entry = next[entry]) {
            steps++;
            String wanted = phrases.get(phrase[entry]);
            int from = at - end[entry];
            if (from >= 0 && text.charAt(from) == wanted.charAt(0) && !found.has(phrase[entry])) {
                steps += wanted.length();
                if (text.startsWith(wanted, from)) {
                    found.add(phrase[entry]);
                }
            }
        }
        return steps;
    }
}
