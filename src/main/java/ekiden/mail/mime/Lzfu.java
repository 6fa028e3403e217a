package ekiden.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Compressed RTF (MS-OXRTFCP): LZ with a dictionary of 4096 bytes that begins with words of RTF. */
final class Lzfu {
    private static final int HEADER = 16;
    private static final int COMPRESSED = 0x75465A4C;
    private static final int PLAIN = 0x414C454D;
    private static final int DICTIONARY = 4096;

    private static final byte[] BEGINNING = ("{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}"
                    + "{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier"
                    + "{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx")
            .getBytes(StandardCharsets.US_ASCII);

    private final byte[] packed;
    private final int limit;
    private final byte[] dictionary = Arrays.copyOf(BEGINNING, DICTIONARY);
    private int at = HEADER;
    private int write = BEGINNING.length;
    private byte[] out;
    private int filled;
    private boolean ended;

    private Lzfu(byte[] packed, int limit) {
        this.packed = packed;
        this.limit = limit;
        this.out = new byte[Math.min(limit, 4 * packed.length)];
    }

    /**
     * @param packed the property's value, at most a quarter of what an array can hold
     * @param limit bytes of RTF at most; what is more is left out
     * @return the RTF, as far as it is sound; null where it is none
     */
    static byte @Nullable [] unpacked(byte[] packed, int limit) {
        if (packed.length < HEADER) {
            return null;
        }
        return switch (number(packed, 8)) {
            case PLAIN -> Arrays.copyOfRange(packed, HEADER, HEADER + Math.min(packed.length - HEADER, limit));
            case COMPRESSED -> new Lzfu(packed, limit).run();
            default -> null;
        };
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }

    private byte[] run() {
        while (at < packed.length && !ended) {
            int flags = packed[at];
            at++;
            for (int bit = 0; bit < 8 && !ended; bit++) {
                one((flags >> bit & 1) != 0);
            }
        }
        return Arrays.copyOf(out, filled);
    }

    private void one(boolean copied) {
        if (at + (copied ? 1 : 0) >= packed.length) {
            ended = true;
        } else if (copied) {
            int pair = (packed[at] & 0xff) << 8 | (packed[at + 1] & 0xff);
            at += 2;
            copy(pair >> 4, (pair & 15) + 2);
        } else {
            put(packed[at]);
            at++;
        }
    }

    /** A piece that begins where the next byte would be written is the end. */
    private void copy(int from, int count) {
        ended = from == write;
        for (int i = 0; i < count && !ended; i++) {
            put(dictionary[(from + i) % DICTIONARY]);
        }
    }

    private void put(byte b) {
        if (filled == limit) {
            ended = true;
            return;
        }
        if (filled == out.length) {
            out = Arrays.copyOf(out, (int) Math.min(2L * out.length, limit));
        }
        out[filled] = b;
        filled++;
        dictionary[write] = b;
        write = (write + 1) % DICTIONARY;
    }
}
