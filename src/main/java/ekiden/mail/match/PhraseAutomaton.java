package ekiden.mail.match;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds which of many phrases stand in a text, in one pass whatever they are (Aho and Corasick, 1975): a trie of all
 * phrases, whose states also know where to go on when a character does not fit. Its time depends on the length of the text alone, but each character
 * costs a look into large tables: {@link PhraseIndex} comes to it only for texts that are full of beginnings. Immutable.
 */
final class PhraseAutomaton {
    private static final int PAIRS = 1 << 16;
    private static final int ROOT = 0;
    private static final int NONE = -1;
    private static final long EMPTY = -1;

    private final int phrases;
    private int states = 1;
    /** Per state: its first child, the next child of its parent, the character that leads to it. */
    private int[] child = {NONE};

    private int[] sibling = {NONE};
    private char[] letter = {0};
    /** Per state: where to go on, the phrase that ends here, the nearest state along {@link #fail} where one ends. */
    private int[] fail = {ROOT};

    private int[] ends = {NONE};
    private int[] shorter = {NONE};
    /** State and character → next state: a table with open addressing. */
    private long[] keys = new long[0];

    private int[] values = new int[0];
    /** Which two characters one after the other can begin a phrase, by a hash: most of a text is passed over by it. */
    private final BitSet pairs = new BitSet(PAIRS);

    /** Which characters are phrases by themselves. */
    private final BitSet single = new BitSet();

    /**
     * @param phrases what is looked for, each not empty, all different; in NFC
     */
    PhraseAutomaton(List<String> phrases) {
        this.phrases = phrases.size();
        int room = 1 + phrases.stream().mapToInt(String::length).sum();
        child = grown(child, room);
        sibling = grown(sibling, room);
        fail = grown(fail, room);
        ends = grown(ends, room);
        shorter = grown(shorter, room);
        letter = Arrays.copyOf(letter, room);
        int size = Integer.highestOneBit(Math.max(4, room)) * 4;
        keys = new long[size];
        values = new int[size];
        Arrays.fill(keys, EMPTY);
        for (int i = 0; i < phrases.size(); i++) {
            add(phrases.get(i), i);
        }
        link();
    }

    private static int[] grown(int[] of, int room) {
        int[] more = Arrays.copyOf(of, room);
        Arrays.fill(more, of.length, room, NONE);
        return more;
    }

    private void add(String phrase, int number) {
        int at = ROOT;
        for (int i = 0; i < phrase.length(); i++) {
            char c = phrase.charAt(i);
            int next = next(at, c);
            if (next == NONE) {
                next = states;
                states++;
                letter[next] = c;
                sibling[next] = child[at];
                child[at] = next;
                int slot = slot(at, c);
                keys[slot] = key(at, c);
                values[slot] = next;
            }
            at = next;
        }
        ends[at] = number;
        if (phrase.length() == 1) {
            single.set(phrase.charAt(0));
        } else {
            pairs.set(pair(phrase.charAt(0), phrase.charAt(1)));
        }
    }

    private static int pair(char c, char next) {
        return ((c * 31) ^ ((next * 0x9e3779b1) >>> 7)) & (PAIRS - 1);
    }

    /** Whether a phrase can begin here. */
    private boolean begins(String text, int at) {
        char c = text.charAt(at);
        return (at + 1 < text.length() && pairs.get(pair(c, text.charAt(at + 1)))) || single.get(c);
    }

    /** Level by level: a state goes on where the state of its longest shorter end goes. */
    private void link() {
        int[] queue = new int[states];
        int tail = 1;
        for (int head = 0; head < tail; head++) {
            int state = queue[head];
            for (int next = child[state]; next != NONE; next = sibling[next]) {
                int back = state == ROOT ? ROOT : step(fail[state], letter[next]);
                fail[next] = back;
                shorter[next] = ends[back] != NONE ? back : shorter[back];
                queue[tail] = next;
                tail++;
            }
        }
    }

    private static long key(int state, char c) {
        return (long) state << 16 | c;
    }

    private int slot(int state, char c) {
        long key = key(state, c);
        long mixed = key * 0x9e3779b97f4a7c15L;
        int slot = (int) (mixed >>> 40) & keys.length - 1;
        while (keys[slot] != EMPTY && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private int next(int state, char c) {
        int slot = slot(state, c);
        return keys[slot] == EMPTY ? NONE : values[slot];
    }

    private int step(int from, char c) {
        int state = from;
        int next = next(state, c);
        while (next == NONE && state != ROOT) {
            state = fail[state];
            next = next(state, c);
        }
        return next == NONE ? ROOT : next;
    }

    /** {@return the numbers of the phrases that stand in the text} */
    BitSet in(String text) {
        BitSet found = new BitSet(phrases);
        int state = ROOT;
        for (int i = 0; phrases > 0 && i < text.length(); i++) {
            if (state == ROOT && !begins(text, i)) {
                continue;
            }
            state = step(state, text.charAt(i));
            collect(state, found);
        }
        return found;
    }

    /**
     * How near a text comes to the only phrase.
     *
     * @return of the phrase's characters, from the first, how many stand in the text one after the other, and behind which character of the text they
     *     end first; 0 and 0 where not even one does
     */
    int[] nearest(String text) {
        int state = ROOT;
        int[] best = {0, 0};
        for (int i = 0; i < text.length(); i++) {
            state = step(state, text.charAt(i));
            // of one phrase the states are numbered by their depth
            if (state > best[0]) {
                best[0] = state;
                best[1] = i + 1;
            }
        }
        return best;
    }

    /** What ends here; behind a phrase that was found before, its shorter ends were found too. */
    private void collect(int state, BitSet found) {
        int at = ends[state] != NONE ? state : shorter[state];
        while (at != NONE && !found.get(ends[at])) {
            found.set(ends[at]);
            at = shorter[at];
        }
    }
}
