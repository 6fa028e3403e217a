package ekiden.mail.send;

import java.io.ByteArrayOutputStream;
import java.util.Base64;

/**
 * The body text on its way into a mail: CRLF, ended by a line end; as it is where that is safe, otherwise quoted-printable
 * or base64, whichever is shorter (RFC 2045 §6); ISO-2022-JP base64, for its escapes are what quoted-printable is worst at.
 */
final class BodyText {
    private static final int QP_LINE = 76;
    private static final int MAX_LINE = 998;
    private static final byte ESC = 0x1b;
    private static final byte[] CRLF = {'\r', '\n'};
    private static final String HEX = "0123456789ABCDEF";

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
        byte[] quoted = quoted(plain);
        int base64Length = (plain.length + 56) / 57 * 2 + (plain.length + 2) / 3 * 4;
        return quoted.length <= base64Length
                ? new BodyText("quoted-printable", quoted)
                : new BodyText("base64", base64(plain));
    }

    /** Every line end becomes CRLF; a text that has any character ends with one. */
    static String canonical(String text) {
        StringBuilder out = new StringBuilder(text.length() + 64);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                out.append("\r\n");
                if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
            } else {
                out.append(c);
            }
        }
        boolean ended = out.isEmpty() || out.charAt(out.length() - 1) == '\n';
        return ended ? out.toString() : out.append("\r\n").toString();
    }

    private static boolean isSafe(byte[] plain, boolean escapes) {
        int line = 0;
        byte last = 0;
        for (byte b : plain) {
            line = b == '\n' ? 0 : line + 1;
            boolean control = b < ' ' && b != '\t' && b != '\r' && b != '\n' && !(escapes && b == ESC);
            boolean odd = b < 0 || b == 127 || control;
            // Blanks before a line end get lost on the way, and "From " gets a sign in front.
            boolean fragile = b == '\r' && (last == ' ' || last == '\t');
            if (odd || fragile || line > MAX_LINE) {
                return false;
            }
            last = b;
        }
        return !startsLineWithFrom(plain);
    }

    private static boolean startsLineWithFrom(byte[] plain) {
        for (int i = 0; i + 4 < plain.length; i++) {
            boolean begins = i == 0 || plain[i - 1] == '\n';
            if (begins && isFrom(plain, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFrom(byte[] plain, int i) {
        return i + 4 < plain.length
                && plain[i] == 'F'
                && plain[i + 1] == 'r'
                && plain[i + 2] == 'o'
                && plain[i + 3] == 'm'
                && plain[i + 4] == ' ';
    }

    private static byte[] quoted(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length * 2);
        int column = 0;
        for (int i = 0; i < plain.length; i++) {
            byte b = plain[i];
            if (b == '\r' && i + 1 < plain.length && plain[i + 1] == '\n') {
                out.writeBytes(CRLF);
                i++;
                column = 0;
                continue;
            }
            boolean asIs = staysInQuoted(plain, i, column);
            int width = asIs ? 1 : 3;
            if (column + width > QP_LINE - 1) {
                out.write('=');
                out.writeBytes(CRLF);
                column = 0;
                // What stood inside the line may now begin one.
                asIs = staysInQuoted(plain, i, column);
                width = asIs ? 1 : 3;
            }
            if (asIs) {
                out.write(b);
            } else {
                out.write('=');
                out.write(HEX.charAt((b >> 4) & 15));
                out.write(HEX.charAt(b & 15));
            }
            column += width;
        }
        return out.toByteArray();
    }

    private static boolean staysInQuoted(byte[] plain, int i, int column) {
        byte b = plain[i];
        if (b == ' ' || b == '\t') {
            return i + 1 < plain.length && plain[i + 1] != '\r';
        }
        boolean lineDanger = column == 0 && (b == '.' || isFrom(plain, i));
        return b > ' ' && b < 127 && b != '=' && !lineDanger;
    }

    private static byte[] base64(byte[] plain) {
        byte[] lines = Base64.getMimeEncoder(76, CRLF).encode(plain);
        byte[] ended = new byte[lines.length + CRLF.length];
        System.arraycopy(lines, 0, ended, 0, lines.length);
        System.arraycopy(CRLF, 0, ended, lines.length, CRLF.length);
        return ended;
    }
}
