package ekiden.mail.mime;

import ekiden.base.Ascii;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value with parameters (RFC 2045 §5.1, RFC 2183) and their continuations and character sets (RFC 2231): continuations
 * are joined as bytes before they are decoded, encoded words are read in quotes too, values without quotes may hold
 * spaces, backslashes before other characters than {@code " \} are part of a path.
 */
final class Parameters {
    /** So far is looked behind a quote for its counterpart. */
    private static final int MOST_BEHIND = 1_000;

    static final Parameters NONE = new Parameters("", Map.of());

    /** Pieces of parameters that are looked at; more are passed over. */
    private static final int MAX_PIECES = 1000;

    private final String value;
    private final Map<String, String> values;

    private Parameters(String value, Map<String, String> values) {
        this.value = value;
        this.values = values;
    }

    /** {@return what stands before the first parameter, in lower case} */
    String value() {
        return value;
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    String getOr(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** A piece of a parameter: {@code name*index*=text}; index -1 where there is none. */
    private record Piece(int index, boolean extended, String text) {}

    static Parameters parse(String raw, HeaderText header) {
        int end = semicolon(raw, 0);
        String head = raw.substring(0, end).strip();
        int word = 0;
        while (word < head.length() && head.charAt(word) > ' ' && head.charAt(word) != '(') {
            word++;
        }
        Map<String, List<Piece>> pieces = new HashMap<>();
        // A semicolon is missing behind the value.
        piece(head.substring(word), pieces);
        int count = 0;
        int at = end + 1;
        while (at < raw.length() && count < MAX_PIECES) {
            int next = semicolon(raw, at);
            piece(raw.substring(at, next), pieces);
            at = next + 1;
            count++;
        }
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<String, List<Piece>> entry : pieces.entrySet()) {
            String joined = header.cut(HeaderText.oneLine(join(entry.getValue(), header)));
            if (!joined.isEmpty()) {
                values.put(entry.getKey(), joined);
            }
        }
        return new Parameters(Ascii.lower(head.substring(0, word)), values);
    }

    /** {@return where the next semicolon outside quotes stands, or the end}; a quotation mark inside a value is none */
    private static int semicolon(String raw, int from) {
        int plain = -1;
        char before = ';';
        for (int i = from; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '"' && before == '=') {
                int end = closing(raw, i + 1);
                i = end < 0 ? i : end;
            } else if (c == ';') {
                plain = i;
                break;
            }
            before = c <= ' ' ? before : c;
        }
        return plain < 0 ? raw.length() : plain;
    }

    /** {@return where the quotation mark that closes stands, or -1}; of backslashes in front of it each second one is escaped itself */
    private static int closing(String raw, int from) {
        boolean escaping = false;
        for (int i = from; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '"' && (!escaping || endsAt(raw, i))) {
                return i;
            }
            escaping = c == '\\' && !escaping;
        }
        return -1;
    }

    /**
     * Whether a quotation mark behind a backslash ends its value all the same, because the backslash is the end of a path: then the header ends there or a
     * semicolon follows, and the marks behind it that are not escaped come in pairs; one that is left over is the end of this value.
     */
    private static boolean endsAt(String raw, int quote) {
        boolean even = true;
        boolean escaping = false;
        boolean blank = true;
        int most = Math.min(raw.length(), quote + MOST_BEHIND);
        for (int i = quote + 1; i < most; i++) {
            char c = raw.charAt(i);
            if (blank && c != ' ' && c != ';') {
                return false;
            }
            blank &= c == ' ';
            even ^= c == '"' && !escaping;
            escaping = c == '\\' && !escaping;
        }
        return even;
    }

    private static void piece(String text, Map<String, List<Piece>> pieces) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            return;
        }
        String name = Ascii.lower(text.substring(0, equals).strip());
        boolean extended = name.endsWith("*");
        if (extended) {
            name = name.substring(0, name.length() - 1);
        }
        int star = name.lastIndexOf('*');
        int index = star < 0 ? -1 : number(name.substring(star + 1));
        if (index >= 0) {
            name = name.substring(0, star);
        }
        if (!name.isEmpty()) {
            pieces.computeIfAbsent(name, n -> new ArrayList<>())
                    .add(new Piece(
                            index, extended, unquoted(text.substring(equals + 1).strip())));
        }
    }

    private static int number(String digits) {
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9' || value > MAX_PIECES) {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return digits.isEmpty() ? -1 : value;
    }

    private static String unquoted(String text) {
        if (text.isEmpty() || text.charAt(0) != '"') {
            return text;
        }
        int end = text.lastIndexOf('"');
        String inner = end > 0 ? text.substring(1, end) : text.substring(1);
        return inner.indexOf('\\') < 0 ? inner : unescaped(inner);
    }

    private static String unescaped(String inner) {
        StringBuilder plain = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            char next = i + 1 < inner.length() ? inner.charAt(i + 1) : 0;
            if (c == '\\' && (next == '"' || next == '\\')) {
                plain.append(next);
                i++;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /** RFC 2231 forms win over the plain one; of equal ones the first counts. */
    private static String join(List<Piece> pieces, HeaderText header) {
        List<Piece> numbered = new ArrayList<>();
        Piece plain = null;
        Piece whole = null;
        for (Piece piece : pieces) {
            if (piece.index >= 0) {
                numbered.add(piece);
            } else if (piece.extended && whole == null) {
                whole = piece;
            } else if (!piece.extended && plain == null) {
                plain = piece;
            }
        }
        if (whole != null) {
            return extended(List.of(whole), header);
        }
        if (!numbered.isEmpty()) {
            numbered.sort((a, b) -> Integer.compare(a.index, b.index));
            if (gap(numbered)) {
                header.oddities().add(MimeMessage.PIECE_MISSING);
            }
            return numbered.stream().anyMatch(Piece::extended)
                    ? extended(numbered, header)
                    : EncodedWords.decode(
                            String.join("", numbered.stream().map(Piece::text).toList()), header.oddities());
        }
        if (plain != null && looksExtended(plain.text)) {
            return extended(List.of(new Piece(-1, true, plain.text)), header);
        }
        return plain == null ? "" : EncodedWords.decode(plain.text, header.oddities());
    }

    /** Whether a piece is missing, of those from number 0 on. */
    private static boolean gap(List<Piece> sorted) {
        int expected = 0;
        for (Piece piece : sorted) {
            if (piece.index > expected) {
                return true;
            }
            expected = piece.index + 1;
        }
        return false;
    }

    private static String extended(List<Piece> pieces, HeaderText header) {
        String charset = null;
        boolean first = true;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int before = -1;
        for (Piece piece : pieces) {
            if (piece.index >= 0 && piece.index == before) {
                continue;
            }
            before = piece.index;
            String text = piece.text;
            int prefix = piece.extended && first ? prefix(text) : -1;
            if (prefix >= 0) {
                charset = text.substring(0, text.indexOf('\''));
                text = text.substring(prefix);
            }
            first &= !piece.extended;
            bytes.writeBytes(piece.extended ? percent(text) : text.getBytes(StandardCharsets.UTF_8));
        }
        TextDecoder.Decoded decoded = TextDecoder.decode(bytes.toByteArray(), 0, bytes.size(), charset);
        if (decoded.oddity() != null) {
            header.oddities().add(decoded.oddity());
        }
        return EncodedWords.decode(decoded.text(), header.oddities());
    }

    /** {@return where the text behind {@code charset'language'} begins, or -1 where there is no such thing in front} */
    private static int prefix(String text) {
        int first = text.indexOf('\'');
        int second = first < 0 ? -1 : text.indexOf('\'', first + 1);
        int percent = text.indexOf('%');
        return second >= 0 && (percent < 0 || percent > second) ? second + 1 : -1;
    }

    /** A value of the extended form whose name lacks the star. */
    private static boolean looksExtended(String text) {
        int prefix = prefix(text);
        return prefix > 2 && text.indexOf('%') >= 0 && Charsets.find(text.substring(0, text.indexOf('\''))) != null;
    }

    private static byte[] percent(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[raw.length];
        int put = 0;
        for (int i = 0; i < raw.length; i++) {
            int high = raw[i] == '%' && i + 2 < raw.length ? QuotedPrintableDecoder.hex(raw[i + 1]) : -1;
            int low = high >= 0 ? QuotedPrintableDecoder.hex(raw[i + 2]) : -1;
            out[put] = low >= 0 ? (byte) (high << 4 | low) : raw[i];
            i += low >= 0 ? 2 : 0;
            put++;
        }
        return Arrays.copyOf(out, put);
    }
}
