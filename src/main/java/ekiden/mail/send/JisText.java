package ekiden.mail.send;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.text.Normalizer;

/**
 * Text as ISO-2022-JP (RFC 1468): ASCII and JIS X 0208, which starts and ends each line, and each piece, in ASCII. By request with the characters that windows-31j
 * has beyond that, in the rows of JIS where the mail programs of Windows put them: those of NEC in row 13, those of IBM in rows 89 to 92.
 *
 * <p>Characters with two code points, that of JIS and that of Windows (wave dash U+301C and U+FF5E, minus U+2212 and U+FF0D, and so on), become the one that
 * JIS has. Not carried are half-width katakana (see {@link #widened}), ESC, SO and SI, and everything else. Pure.
 */
final class JisText {
    private static final char ESC = 0x1b;
    private static final byte[] TO_JIS = {ESC, '$', 'B'};
    private static final byte[] TO_ASCII = {ESC, '(', 'B'};
    /** What a change from or to JIS takes. */
    static final int SHIFT = TO_JIS.length;

    private static final int NEC_ROW = 13;
    private static final int IBM_ROWS = 89;
    private static final char HALF_FIRST = '\uff61';
    private static final char HALF_LAST = '\uff9f';

    private JisText() {}

    /** {@return whether ISO-2022-JP has every character; with those of NEC and IBM where {@code extras}} */
    static boolean carries(String text, boolean extras) {
        return lost(text, extras) < 0;
    }

    /** {@return the first character that is not carried, or -1} */
    static int lost(String text, boolean extras) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean carried = c < 0x80 ? c != ESC && c != 0x0e && c != 0x0f : isJis(c, extras);
            if (!carried) {
                return text.codePointAt(i);
            }
        }
        return -1;
    }

    private static boolean isJis(char c, boolean extras) {
        int row = (Table.CODES[c] >> 8) - 0x20;
        boolean extra = row == NEC_ROW || row >= IBM_ROWS;
        return row > 0 && (extras || !extra);
    }

    /** {@return the bytes of a text that is carried} */
    static byte[] bytes(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() * 2 + 2 * SHIFT);
        boolean wide = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isWide(c) != wide) {
                wide = !wide;
                out.writeBytes(wide ? TO_JIS : TO_ASCII);
            }
            if (wide) {
                out.write(Table.CODES[c] >> 8);
                out.write(Table.CODES[c]);
            } else {
                out.write(c);
            }
        }
        if (wide) {
            out.writeBytes(TO_ASCII);
        }
        return out.toByteArray();
    }

    /** {@return whether a character that is carried takes two bytes} */
    static boolean isWide(int c) {
        return c >= 0x80;
    }

    /** {@return the text with full-width katakana for half-width, voice marks joined to their letters} */
    static String widened(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && isHalf(text.charAt(end))) {
                end++;
            }
            if (end == at) {
                out.append(text.charAt(at));
                at++;
            } else {
                // A mark behind a letter that has no voiced form, or none in JIS, stays a mark of its own.
                out.append(Normalizer.normalize(text.substring(at, end), Normalizer.Form.NFKC)
                        .replace("\u30f7", "\u30ef\u309b")
                        .replace("\u30fa", "\u30f2\u309b")
                        .replace('\u3099', '\u309b')
                        .replace('\u309a', '\u309c'));
                at = end;
            }
        }
        return out.toString();
    }

    private static boolean isHalf(char c) {
        return c >= HALF_FIRST && c <= HALF_LAST;
    }

    /** By character the two bytes of JIS, or 0; made when first needed. */
    private static final class Table {
        static final char[] CODES = codes();

        private static char[] codes() {
            Charset windows = Charset.forName("windows-31j");
            char[] codes = new char[0x10000];
            for (int row = 1; row <= 94; row++) {
                for (int cell = 1; cell <= 94; cell++) {
                    String decoded = new String(shiftJis(row, cell), windows);
                    char c = decoded.charAt(0);
                    // What stands in several rows is written as of the first: JIS before NEC before IBM.
                    if (decoded.length() == 1 && c != '\ufffd' && codes[c] == 0) {
                        codes[c] = (char) (((row + 0x20) << 8) | (cell + 0x20));
                    }
                }
            }
            String windowsTwins = "\uff5e\uff0d\u2225\u2015\uffe0\uffe1\uffe2";
            String twins = "\u301c\u2212\u2016\u2014\u00a2\u00a3\u00ac";
            for (int i = 0; i < twins.length(); i++) {
                codes[twins.charAt(i)] = codes[windowsTwins.charAt(i)];
            }
            return codes;
        }

        private static byte[] shiftJis(int row, int cell) {
            int lead = (row + (row <= 62 ? 0x101 : 0x181)) / 2;
            int trail = row % 2 == 0 ? cell + 0x9e : cell + (cell <= 63 ? 0x3f : 0x40);
            return new byte[] {(byte) lead, (byte) trail};
        }
    }
}
