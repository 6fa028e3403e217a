package ekiden.mail.send;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The body text on its way into a mail: CRLF, ended by a line end; as it is where that is safe, otherwise quoted-printable
 * or base64, whichever is shorter (RFC 2045 §6); ISO-2022-JP base64, for its escapes are what quoted-printable is worst at.
 */
final class BodyText {
    private static final int QP_LINE = 76;
    private static final int MAX_LINE = 998;
    private static final byte ESC = 0x1b;
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] SOFT_END = {'=', '\r', '\n'};
    private static final String HEX = "0123456789ABCDEF";

    /** What a byte of a text may be: nothing to look at, an end of a line, the first byte of an escape, or one that may not go as it is. */
    private static final byte ENDS = 1;

    private static final byte ESCAPES = 2;
    private static final byte ODD = 3;
    private static final byte[] KINDS = kinds();

    private final String encoding;
    private final byte[] bytes;

    private BodyText(String encoding, byte[] bytes) {
        this.encoding = encoding;
        this.bytes = bytes;
    }

    /** {@return the value of Content-Transfer-Encoding} */
    String encoding() {
        return encoding;
    }

    /** {@return the text encoded, ending with CRLF; not to be changed} */
    byte[] bytes() {
        return bytes;
    }

    static BodyText of(String text, Coding coding) {
        byte[] plain = coding.bytes(canonical(text));
        boolean jis = coding == Coding.ISO_2022_JP;
        if (isSafe(plain, jis)) {
            return new BodyText("7bit", plain);
        }
        if (jis) {
            return new BodyText("base64", base64(plain));
        }
        // measured first: of a long text three times as much would be held for nothing
        int most = base64Length(plain);
        int quotedLength = quoted(plain, null, most);
        if (quotedLength > most) {
            return new BodyText("base64", base64(plain));
        }
        byte[] quoted = new byte[quotedLength];
        quoted(plain, quoted, most);
        return new BodyText("quoted-printable", quoted);
    }

    /** Every line end becomes CRLF; a text that has any character ends with one. Line by line, since most of a text needs no look of ours. */
    static String canonical(String text) {
        StringBuilder out = new StringBuilder(text.length() + text.length() / 32 + 64);
        int at = 0;
        int cr = text.indexOf('\r');
        int lf = text.indexOf('\n');
        while (cr >= 0 || lf >= 0) {
            boolean together = cr >= 0 && lf == cr + 1;
            int end = cr < 0 || (lf >= 0 && lf < cr) ? lf : cr;
            out.append(text, at, end).append("\r\n");
            at = end + (together ? 2 : 1);
            cr = cr >= 0 && cr < at ? text.indexOf('\r', at) : cr;
            lf = lf >= 0 && lf < at ? text.indexOf('\n', at) : lf;
        }
        if (at < text.length()) {
            out.append(text, at, text.length()).append("\r\n");
        }
        return out.toString();
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        for (int b = 0; b < kinds.length; b++) {
            kinds[b] = b < ' ' || b >= 127 ? ODD : 0;
        }
        kinds['\t'] = 0;
        kinds['\r'] = ENDS;
        kinds['\n'] = ENDS;
        kinds[ESC] = ESCAPES;
        return kinds;
    }

    /** Whether it may go as it is; its lines end with CRLF. */
    private static boolean isSafe(byte[] plain, boolean escapes) {
        int line = 0;
        boolean safe = !isFrom(plain, 0);
        for (int i = 0; safe && i < plain.length; i++) {
            byte kind = KINDS[plain[i] & 0xff];
            if (kind == ENDS) {
                safe = endsWell(plain, line, i);
                line = plain[i] == '\n' ? i + 1 : line;
            } else if (kind != 0) {
                safe = escapes && kind == ESCAPES;
            }
        }
        return safe && plain.length - line <= MAX_LINE;
    }

    /** Blanks before a line end get lost on the way, "From " at the beginning gets a sign in front, and long lines are broken. */
    private static boolean endsWell(byte[] plain, int line, int at) {
        boolean fragile = plain[at] == '\r' && at > 0 && (plain[at - 1] == ' ' || plain[at - 1] == '\t');
        return !fragile && at - line <= MAX_LINE && !(plain[at] == '\n' && isFrom(plain, at + 1));
    }

    private static boolean isFrom(byte[] plain, int i) {
        return i + 4 < plain.length
                && plain[i] == 'F'
                && plain[i + 1] == 'r'
                && plain[i + 2] == 'o'
                && plain[i + 3] == 'm'
                && plain[i + 4] == ' ';
    }

    /** Writes it, or measures it where there is nothing to write to, no further than up to the first length above {@code most}. {@return how long it is} */
    private static int quoted(byte[] plain, byte @Nullable [] out, int most) {
        int length = 0;
        int column = 0;
        for (int i = 0; i < plain.length && length <= most; i++) {
            byte b = plain[i];
            if (b == '\r' && i + 1 < plain.length && plain[i + 1] == '\n') {
                length = put(CRLF, out, length);
                i++;
                column = 0;
                continue;
            }
            boolean asIs = staysInQuoted(plain, i, column);
            int width = asIs ? 1 : 3;
            if (column + width > QP_LINE - 1) {
                length = put(SOFT_END, out, length);
                column = 0;
                // What stood inside the line may now begin one.
                asIs = staysInQuoted(plain, i, column);
                width = asIs ? 1 : 3;
            }
            if (out != null) {
                put(b, asIs, out, length);
            }
            length += width;
            column += width;
        }
        return length;
    }

    private static int put(byte[] end, byte @Nullable [] out, int at) {
        if (out != null) {
            System.arraycopy(end, 0, out, at, end.length);
        }
        return at + end.length;
    }

    private static void put(byte b, boolean asIs, byte[] out, int at) {
        if (asIs) {
            out[at] = b;
            return;
        }
        out[at] = '=';
        out[at + 1] = (byte) HEX.charAt((b >> 4) & 15);
        out[at + 2] = (byte) HEX.charAt(b & 15);
    }

    private static boolean staysInQuoted(byte[] plain, int i, int column) {
        byte b = plain[i];
        if (b == ' ' || b == '\t') {
            return i + 1 < plain.length && plain[i + 1] != '\r';
        }
        boolean lineDanger = column == 0 && (b == '.' || isFrom(plain, i));
        return b > ' ' && b < 127 && b != '=' && !lineDanger;
    }

    private static int base64Length(byte[] plain) {
        return (plain.length + 56) / 57 * 2 + (plain.length + 2) / 3 * 4;
    }

    private static byte[] base64(byte[] plain) {
        byte[] lines = new byte[base64Length(plain)];
        int length = Base64.getMimeEncoder(76, CRLF).encode(plain, lines);
        System.arraycopy(CRLF, 0, lines, length, Math.min(CRLF.length, lines.length - length));
        return lines;
    }
}
