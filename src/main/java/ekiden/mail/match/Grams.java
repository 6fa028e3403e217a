package ekiden.mail.match;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Phrases by runs of a few of their characters. Phrases of seven characters and more are looked for at every fourth place of a text only: each
 * waits under four runs that follow one another, of which one begins at such a place; those of five and six at every second place, shorter ones at every place. Of the
 * runs that a phrase has it waits under those that the fewest others have. A small table of bits says of most places at once that no run begins there, and
 * another one of most of the rest that what stands before or behind the run is not that of a phrase. Immutable.
 */
final class Grams {
    private static final int NONE = -1;
    private static final long MIX = 0x9e3779b97f4a7c15L;
    private static final int MOST_COUNTS = 20;
    /**
     * Numbers of an entry: its phrase, how far from the phrase's beginning its run begins, the next entry of the same list, and what stands around the run ({@link #around}):
     * it says of nearly all phrases that they do not stand there, without a look at the phrase.
     */
    private static final int PER_ENTRY = 4;
    /** Bits for how many characters of a phrase, up to four, stand before or behind a run. */
    private static final int SIDE = 3;

    private static final int SIDES = (1 << (2 * SIDE)) - 1;

    /**
     * What phrases of some lengths have in common.
     *
     * @param length of their runs: at most four characters, which fit a long
     * @param stride how many runs one after the other
     * @param wide how many characters before or behind a run are looked at together with it; 0 for none
     * @param narrow how many where a phrase has not so many on either side: so many it has
     */
    record Kind(int length, int stride, int wide, int narrow) {
        static final List<Kind> ALL = List.of(
                new Kind(1, 1, 0, 0),
                new Kind(2, 1, 0, 0),
                new Kind(3, 1, 0, 0),
                new Kind(4, 1, 0, 0),
                new Kind(4, 2, 1, 1),
                new Kind(4, 4, 4, 2));

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
    /** Runs with what is looked at together with them; empty where that is nothing. */
    private final GramFilter contexts;
    /** Hash of a run with what is looked at together with it → the first entry of its list. */
    private final int[] first;

    private final int firstShift;
    private final int strideBits;
    private final int[] entries;
    private int count;

    private Grams(Kind kind, List<String> phrases, int most) {
        this.kind = kind;
        this.mask = low(kind.length());
        this.phrases = phrases;
        this.filter = new GramFilter(most);
        this.contexts = new GramFilter(kind.wide() == 0 ? 0 : most);
        int size = Integer.highestOneBit(Math.max(4, most)) * 4;
        this.firstShift = Long.numberOfLeadingZeros(size) + 1;
        this.strideBits = Integer.numberOfTrailingZeros(kind.stride());
        this.first = new int[size];
        Arrays.fill(first, NONE);
        this.entries = new int[PER_ENTRY * most];
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
        return count == 0;
    }

    /** So many characters, the first ones of a long. */
    private static long low(int characters) {
        return characters == 4 ? -1L : (1L << (Character.SIZE * characters)) - 1;
    }

    /** The last ones. */
    private static long high(int characters) {
        return ~low(4 - characters);
    }

    private long roll(long window, char c) {
        return (window >>> Character.SIZE) | ((long) c << (Character.SIZE * (kind.length() - 1)));
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
        int start = last - kind.length() + 1;
        for (int i = start - kind.stride() + 1; i <= start; i++) {
            put(four(text, i) & mask, number, i);
        }
    }

    /** Four characters of a phrase, zeros where it has none. */
    private static long four(String text, int from) {
        long four = 0;
        for (int i = Math.max(0, -from); i < 4 && from + i < text.length(); i++) {
            four |= (long) text.charAt(from + i) << (Character.SIZE * i);
        }
        return four;
    }

    private void put(long run, int number, int start) {
        filter.add(run * MIX);
        long hash = run * MIX;
        if (kind.wide() > 0) {
            hash = hash(run, context(phrases.get(number), start));
            contexts.add(hash);
        }
        int slot = (int) (hash >>> firstShift);
        entries[PER_ENTRY * count] = number;
        entries[PER_ENTRY * count + 1] = start;
        entries[PER_ENTRY * count + 2] = first[slot];
        entries[PER_ENTRY * count + 3] = around(phrases.get(number), start);
        first[slot] = PER_ENTRY * count;
        count++;
    }

    /** What is looked at together with the run that begins there. */
    private long context(String text, int start) {
        int behind = text.length() - start - kind.length();
        int most = Math.max(start, behind) < kind.wide() ? kind.narrow() : kind.wide();
        return start >= most ? four(text, start - 4) & high(most) : four(text, start + 4) & low(most);
    }

    /** What a phrase has around its run: a hash, below it how many characters before and behind it stands for. */
    private int around(String text, int start) {
        int before = Math.min(4, start);
        int behind = Math.clamp((long) text.length() - start - kind.length(), 0, 4);
        int sides = before | (behind << SIDE);
        return (around(four(text, start - 4), four(text, start + 4), sides) & ~SIDES) | sides;
    }

    /** The hash of what stands there around a run, as far as the phrase of an entry reaches. */
    private static int around(long before, long behind, int sides) {
        long seen = hash(before & high(sides & 7), behind & low((sides >>> SIDE) & 7));
        return (int) (seen >>> Integer.SIZE);
    }

    private static long hash(long run, long context) {
        return ((run * MIX) ^ context) * MIX;
    }

    /**
     * Notes the phrases of which runs begin in a piece of a text.
     *
     * @param budget steps that comparing may take
     * @param found the numbers of phrases
     * @return what is left of the budget; negative where it did not suffice, then not all was looked at
     */
    long find(Fours fours, long budget, Numbers found) {
        int all = (fours.end() - Fours.BEFORE + kind.stride() - 1) >> strideBits;
        long left = budget;
        for (int from = 0; from < all && left >= 0; from += Long.SIZE) {
            long places = places(fours, from, Math.min(all, from + Long.SIZE));
            while (places != 0 && left >= 0) {
                int place = Fours.BEFORE + ((from + Long.numberOfTrailingZeros(places)) << strideBits);
                left -= compare(fours, place, found);
                places &= places - 1;
            }
        }
        return left;
    }

    /**
     * Of up to 64 places those that the filter lets pass, a bit for each. Without a branch, since none could be foreseen. Each stride has its own loop, because only of a
     * fixed one the compiler knows where it looks.
     */
    private long places(Fours fours, int from, int to) {
        return switch (kind.stride()) {
            case 1 -> everyPlace(fours, from, to);
            case 2 -> everySecond(fours, from, to);
            default -> everyFourth(fours.longs(), from, to);
        };
    }

    private long everyPlace(Fours fours, int from, int to) {
        long places = 0;
        for (int i = from; i < to; i++) {
            places |= filter.one((fours.at(Fours.BEFORE + i) & mask) * MIX) << i;
        }
        return places;
    }

    private long everySecond(Fours fours, int from, int to) {
        long places = 0;
        for (int i = from; i < to; i++) {
            places |= filter.one(fours.at(Fours.BEFORE + 2 * i) * MIX) << i;
        }
        return places;
    }

    /** These runs are the longs of the piece themselves. */
    private long everyFourth(long[] longs, int from, int to) {
        long places = 0;
        for (int i = from; i < to; i++) {
            places |= filter.one(longs[Fours.BEFORE / 4 + i] * MIX) << i;
        }
        return places;
    }

    /** Compares the phrases of the run that begins at a place; returns the steps that it took. */
    private int compare(Fours fours, int place, Numbers found) {
        long run = fours.at(place) & mask;
        if (kind.wide() == 0) {
            return compare(run * MIX, fours, place, found);
        }
        long before = fours.at(place - 4);
        long behind = fours.at(place + 4);
        long wideBefore = hash(run, before & high(kind.wide()));
        long wideBehind = hash(run, behind & low(kind.wide()));
        long narrowBefore = hash(run, before & high(kind.narrow()));
        long narrowBehind = hash(run, behind & low(kind.narrow()));
        long wide = contexts.one(wideBefore) | contexts.one(wideBehind);
        long narrow = contexts.one(narrowBefore) | contexts.one(narrowBehind);
        // one branch for all four: nearly always it says no
        return (wide | narrow) == 0
                ? 1
                : ofContext(wideBefore, fours, place, found)
                        + ofContext(wideBehind, fours, place, found)
                        + ofContext(narrowBefore, fours, place, found)
                        + ofContext(narrowBehind, fours, place, found);
    }

    private int ofContext(long hash, Fours fours, int place, Numbers found) {
        return contexts.one(hash) == 0 ? 0 : compare(hash, fours, place, found);
    }

    private int compare(long hash, Fours fours, int place, Numbers found) {
        int steps = 1;
        int entry = first[(int) (hash >>> firstShift)];
        while (entry != NONE) {
            steps++;
            int around = entries[entry + 3];
            int number = entries[entry];
            int differs = around ^ around(fours.at(place - 4), fours.at(place + 4), around & SIDES);
            if ((differs & ~SIDES) == 0 && !found.has(number)) {
                steps += compare(fours, fours.position(place) - entries[entry + 1], number, found);
            }
            entry = entries[entry + 2];
        }
        return steps;
    }

    private int compare(Fours fours, int from, int number, Numbers found) {
        String wanted = phrases.get(number);
        if (from < 0 || fours.text().charAt(from) != wanted.charAt(0)) {
            return 1;
        }
        if (fours.text().startsWith(wanted, from)) {
            found.add(number);
        }
        return wanted.length();
    }
}
