package ekiden.mail.match;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A text piece by piece, four characters in a long, in the order of the machine: what looks at all of a text looks at it several times as fast so. Belongs to one thread. */
final class Fours {
    /** Characters of a piece: few enough to stay near the processor. */
    static final int PIECE = 512;

    private final String text;
    private final char[] characters;
    private final MemorySegment segment;
    private final long[] longs;

    Fours(String text) {
        this.text = text;
        this.characters = new char[(Math.min(PIECE, text.length()) + 3) & -4];
        this.segment = MemorySegment.ofArray(characters);
        this.longs = new long[characters.length / 4];
    }

    /** Reads the piece that begins at a place of the text; what it has behind the end of the text is nothing. Returns its characters. */
    int read(int from) {
        int count = Math.min(characters.length, text.length() - from);
        text.getChars(from, from + count, characters, 0);
        for (int i = count; i < ((count + 3) & -4); i++) {
            characters[i] = 0;
        }
        MemorySegment.copy(segment, ValueLayout.JAVA_LONG_UNALIGNED, 0, longs, 0, (count + 3) / 4);
        return count;
    }

    /** The characters of the piece. */
    char[] characters() {
        return characters;
    }

    /** The same, by fours. */
    long[] longs() {
        return longs;
    }

    /** The four characters of the piece of which the last is at a place. */
    long ending(int at) {
        return segment.get(ValueLayout.JAVA_LONG_UNALIGNED, (long) Character.BYTES * (at - 3));
    }
}
