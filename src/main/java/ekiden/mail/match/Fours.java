package ekiden.mail.match;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A text piece by piece, four characters in a long, the first of them in the lowest bits: what looks at all of a text looks at it several times as fast so. With each piece
 * stands what is before and behind it in the text, zeros where that is nothing. Belongs to one thread.
 */
final class Fours {
    /** Characters of a piece: few enough to stay near the processor. */
    static final int PIECE = 512;
    /** Characters before a piece: what is looked at before a run. */
    static final int BEFORE = 4;
    /** Characters behind a piece: the rest of a run that begins with its last one, and what is looked at behind a run. */
    private static final int BEHIND = 8;

    private static final ValueLayout.OfLong FOUR = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String text;
    private final char[] characters;
    private final MemorySegment segment;
    private final long[] longs;
    private int from = -PIECE;
    private int end;

    Fours(String text) {
        this.text = text;
        this.characters = new char[BEFORE + rounded(Math.min(PIECE, text.length())) + BEHIND];
        this.segment = MemorySegment.ofArray(characters);
        this.longs = new long[characters.length / 4];
    }

    private static int rounded(int count) {
        return (count + 3) & -4;
    }

    /** Reads the next piece, first the first; false where there is none. */
    boolean next() {
        from += PIECE;
        if (from >= text.length()) {
            return false;
        }
        int count = Math.min(PIECE, text.length() - from);
        int first = Math.max(0, from - BEFORE);
        int last = Math.min(text.length(), from + PIECE + BEHIND);
        text.getChars(first, last, characters, first - from + BEFORE);
        end = BEFORE + count;
        int room = BEFORE + rounded(count) + BEHIND;
        Arrays.fill(characters, Math.min(room, last - from + BEFORE), room, '\0');
        MemorySegment.copy(segment, FOUR, 0, longs, 0, room / 4);
        return true;
    }

    String text() {
        return text;
    }

    /** Where in the text is what stands at a place of {@link #characters}. */
    int position(int place) {
        return from - BEFORE + place;
    }

    /** The characters of the piece from {@link #BEFORE} to before {@link #end}, and those around it. */
    char[] characters() {
        return characters;
    }

    /** The place behind the piece. */
    int end() {
        return end;
    }

    /** The same, by fours; where the piece ends in the middle of one, it ends with what is behind. */
    long[] longs() {
        return longs;
    }

    /** The four characters of which the first is at a place. */
    long at(int place) {
        return segment.get(FOUR, (long) Character.BYTES * place);
    }
}
