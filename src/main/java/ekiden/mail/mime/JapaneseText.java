package ekiden.mail.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects characters of the Japanese sets by row and cell. JIS X 0208 goes by way of windows-31j, so that the characters
 * of NEC and IBM that mails carry under the name of ISO-2022-JP or EUC-JP are read (circled digits, (株), 髙).
 */
final class JapaneseText {
    private static final Charset WINDOWS_31J = Charset.forName("windows-31j");
    private static final int MAX_CELL = 94;
    private static final int CELLS = 128;

    private final StringBuilder text;
    private final byte[] pending = new byte[1024];
    private final Map<String, Known> known = new HashMap<>();
    private @Nullable Known last;
    private int filled;
    private int bad;

    /** The characters of a set that came so far: each is decoded by itself, so that one that is none takes no other with it, and once. */
    private static final class Known {
        private static final @Nullable String[] NONE = {};

        private final String name;
        private final Charset charset;
        private final List<@Nullable String[]> rows = new ArrayList<>(Collections.nCopies(MAX_CELL + 1, NONE));

        Known(String name, Charset charset) {
            this.name = name;
            this.charset = charset;
        }

        /** {@return the character of a row 0–94 and a cell 0–127} */
        String decoded(int row, int cell, byte[] encoded) {
            @Nullable String[] cells = rows.get(row);
            if (cells.length == 0) {
                cells = new @Nullable String[CELLS];
                rows.set(row, cells);
            }
            String one = cells[cell];
            if (one == null) {
                one = new String(encoded, charset);
                cells[cell] = one;
            }
            return one;
        }
    }

    JapaneseText(int expected) {
        this.text = new StringBuilder(expected / 2 + 16);
    }

    /** A character of ASCII, or a half-width katakana 0xA1–0xDF. */
    void single(int value) {
        room(1);
        pending[filled] = (byte) value;
        filled++;
    }

    /** A character of which it is known what it is. */
    void character(char known) {
        flush();
        text.append(known);
    }

    /** JIS X 0208 with its extensions; row and cell 1–94. */
    void jis0208(int row, int cell) {
        if (outside(row, cell)) {
            bad();
            return;
        }
        room(2);
        single((row + (row <= 62 ? 0x101 : 0x181)) / 2);
        single(trail(row, cell));
    }

    private void room(int bytes) {
        if (filled + bytes > pending.length) {
            flush();
        }
    }

    private static int trail(int row, int cell) {
        if (row % 2 == 0) {
            return cell + 0x9e;
        }
        return cell + (cell <= 63 ? 0x3f : 0x40);
    }

    /** JIS X 0212, with the characters of IBM that eucJP-ms has there; row and cell 1–94. */
    void jis0212(int row, int cell) {
        byte[] euc = {(byte) 0x8f, (byte) (row + 0xa0), (byte) (cell + 0xa0)};
        other(row, cell, euc, known("x-eucJP-Open", "x-eucJP-Open"));
    }

    /** A set of 94 by 94 of another language; row and cell 1–94. */
    void euc(int row, int cell, String charset) {
        other(row, cell, new byte[] {(byte) (row + 0xa0), (byte) (cell + 0xa0)}, known(charset, charset));
    }

    /** The upper half of ISO-8859-1 or -7. */
    void upper(byte value, boolean greek) {
        flush();
        String charset = greek ? "iso-8859-7" : "iso-8859-1";
        text.append(known(charset, charset).decoded(0, value & 0x7f, new byte[] {(byte) (value | 0x80)}));
    }

    /** JIS X 0213; row and cell 1–94. */
    void jis0213(int plane, int row, int cell) {
        int lead = (row + (row <= 62 ? 0x101 : 0x181)) / 2;
        if (plane == 2) {
            lead = row <= 15 ? (row + 0x1df) / 2 - row / 8 * 3 : (row + 0x19b) / 2;
        }
        other(
                row,
                cell,
                new byte[] {(byte) lead, (byte) trail(row, cell)},
                known(plane == 2 ? "plane 2" : "plane 1", "x-SJIS_0213"));
    }

    private Known known(String name, String charset) {
        Known now = last;
        if (now == null || !now.name.equals(name)) {
            now = known.computeIfAbsent(name, set -> new Known(set, Charset.forName(charset)));
            last = now;
        }
        return now;
    }

    private void other(int row, int cell, byte[] encoded, Known set) {
        if (outside(row, cell)) {
            bad();
            return;
        }
        flush();
        String decoded = set.decoded(row, cell, encoded);
        text.append(decoded);
        bad += TextCodec.bad(decoded);
    }

    private static boolean outside(int row, int cell) {
        return row < 1 || row > MAX_CELL || cell < 1 || cell > MAX_CELL;
    }

    void bad() {
        flush();
        text.append(TextCodec.BAD);
        bad++;
    }

    private void flush() {
        if (filled == 0) {
            return;
        }
        Charset charset = ascii() ? StandardCharsets.ISO_8859_1 : WINDOWS_31J;
        String decoded = new String(pending, 0, filled, charset);
        text.append(decoded);
        bad += TextCodec.bad(decoded);
        filled = 0;
    }

    private boolean ascii() {
        for (int i = 0; i < filled; i++) {
            if (pending[i] < 0) {
                return false;
            }
        }
        return true;
    }

    TextCodec.Text finish() {
        flush();
        return new TextCodec.Text(text.toString(), bad);
    }
}
