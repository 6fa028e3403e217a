package ekiden.mail.send;

import ekiden.model.mail.Address;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes header fields: folded at 76 characters where there is a place to (RFC 2047 §2; of other lines RFC 5322 §2.1.1 wants 78), encoded words for what is not
 * ASCII, RFC 2231 for parameters. Values must have passed {@link DraftCheck}. One thread.
 */
final class HeaderWriter {
    private static final int LINE = 76;
    private static final int MAX_QUOTED = 60;
    private static final String ATOM = "!#$%&'*+-/=?^_`{|}~";
    private static final String ATTRIBUTE_CHARS = "!#$&+-.^_`{|}~";
    private static final String HEX = "0123456789ABCDEF";

    private final StringBuilder out = new StringBuilder(1024);
    private final Coding coding;
    private int column;

    /** A writer whose texts are all carried by {@code coding}. */
    HeaderWriter(Coding coding) {
        this.coding = coding;
    }

    /** A field of words that stand as they are, folded at its spaces. */
    void field(String name, String value) {
        begin(name);
        words(value);
        end();
    }

    /** A field of text that people read: Subject. */
    void text(String name, String value) {
        begin(name);
        if (isPlain(value)) {
            words(value);
        } else {
            encoded(value, LINE - column);
        }
        end();
    }

    /** A field of addresses. */
    void addresses(String name, List<Address> addresses) {
        begin(name);
        for (int i = 0; i < addresses.size(); i++) {
            address(addresses.get(i), i + 1 < addresses.size() ? "," : "");
        }
        end();
    }

    /** A field of Message-IDs, which are never torn. */
    void ids(String name, List<String> ids) {
        begin(name);
        ids.forEach(this::token);
        end();
    }

    /** A field with a value and one parameter that names a file, for Content-Disposition (RFC 2183, RFC 2231). */
    void fileName(String name, String value, String fileName) {
        begin(name);
        token(value + ";");
        if (TextRules.ascii(fileName) && fileName.length() <= MAX_QUOTED && isPlain(fileName)) {
            token("filename=" + quoted(fileName));
        } else {
            extended("filename", fileName);
        }
        end();
    }

    /** As {@link #fileName} with the older {@code name=} of Content-Type, for readers that know no RFC 2231. */
    void legacyName(String name, String value, String fileName) {
        begin(name);
        token(value + ";");
        if (TextRules.ascii(fileName) && fileName.length() <= MAX_QUOTED && isPlain(fileName)) {
            token("name=" + quoted(fileName));
        } else {
            newLine();
            raw("name=\"");
            encoded(fileName, LINE - column - 1);
            raw("\"");
        }
        end();
    }

    /** {@return all fields so far, without the empty line} */
    byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void begin(String name) {
        out.append(name).append(':');
        column = name.length() + 1;
    }

    private void end() {
        out.append("\r\n");
        column = 0;
    }

    private void newLine() {
        out.append("\r\n ");
        column = 1;
    }

    private void raw(String text) {
        out.append(text);
        column += text.length();
    }

    /** Something that must stay whole, after a space or on a new line. */
    private void token(String token) {
        if (column + 1 + token.length() > LINE && column > 1) {
            newLine();
        } else {
            raw(" ");
        }
        raw(token);
    }

    // Each space either stays or becomes a fold with that same space, so that unfolding gives the text back.
    private void words(String value) {
        int begin = 0;
        while (begin <= value.length()) {
            int space = value.indexOf(' ', begin);
            int end = space < 0 ? value.length() : space;
            String word = value.substring(begin, end);
            if (!word.isEmpty()) {
                token(word);
            } else {
                raw(" ");
            }
            begin = end + 1;
        }
    }

    private void encoded(String value, int room) {
        boolean first = true;
        int firstRoom = room - 1;
        if (firstRoom < coding.minRoom()) {
            newLine();
            first = false;
            firstRoom = LINE - 1;
        }
        for (String word : EncodedWords.of(value, firstRoom, coding)) {
            if (first) {
                raw(column > 1 && out.charAt(out.length() - 1) == ':' ? " " : "");
            } else if (column > 1) {
                newLine();
            }
            raw(word);
            first = false;
        }
    }

    private void address(Address address, String after) {
        String wire = MailAddresses.wire(address.address()).orElseThrow();
        String name = address.name();
        if (name == null || name.isEmpty()) {
            token(wire + after);
            return;
        }
        if (!isPlain(name) || (name.length() > MAX_QUOTED && !isAtoms(name))) {
            List<String> words = EncodedWords.of(name, Math.max(LINE - column - 1, coding.minRoom()), coding);
            words.forEach(this::token);
        } else if (isAtoms(name)) {
            words(name);
        } else {
            token(quoted(name));
        }
        token("<" + wire + ">" + after);
    }

    // RFC 2231 §3 and §4: percent-encoded, in numbered pieces where it does not fit one line. Some readers decode piece
    // by
    // piece, so none is cut inside a character or begins in the middle of a shift.
    private void extended(String name, String value) {
        String whole = name + "*=" + coding.label() + "''" + percent(value);
        if (whole.length() < LINE - 1) {
            token(whole);
            return;
        }
        int number = 0;
        for (int from = 0; from < value.length(); number++) {
            String head = name + "*" + number + "*=" + (number == 0 ? coding.label() + "''" : "");
            int to = fitting(value, from, LINE - 4 - head.length());
            token(head + percent(value.substring(from, to)) + (to < value.length() ? ";" : ""));
            from = to;
        }
    }

    private int fitting(String value, int from, int room) {
        int to = from;
        while (to < value.length()) {
            int next = to + Character.charCount(value.codePointAt(to));
            if (to > from && percent(value.substring(from, next)).length() > room) {
                return to;
            }
            to = next;
        }
        return to;
    }

    private String percent(String text) {
        byte[] bytes = coding.bytes(text);
        StringBuilder all = new StringBuilder(bytes.length * 3);
        for (byte b : bytes) {
            if (isAttributeChar(b)) {
                all.append((char) b);
            } else {
                all.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
            }
        }
        return all.toString();
    }

    private static boolean isAttributeChar(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || (b > 0 && ATTRIBUTE_CHARS.indexOf(b) >= 0);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean isAtoms(String name) {
        return name.chars()
                .allMatch(c -> c == ' '
                        || (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || ATOM.indexOf(c) >= 0);
    }

    /** Whether text can stand in a header as it is: printable ASCII that folds, and that no reader takes for encoded words. */
    private static boolean isPlain(String text) {
        if (text.startsWith(" ") || text.endsWith(" ") || text.contains("  ") || text.contains("=?")) {
            return false;
        }
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
            run = c == ' ' ? 0 : run + 1;
            if (run > LINE - 4) {
                return false;
            }
        }
        return true;
    }
}
