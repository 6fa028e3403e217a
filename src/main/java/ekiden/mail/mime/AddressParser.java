package ekiden.mail.mime;

import ekiden.model.mail.Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Address lists (RFC 5322 §3.4 with its obsolete forms): groups, comments, quoted local parts, routes, semicolons for
 * commas, names without an address. Raw bytes are decoded before, encoded words after the list is cut.
 */
final class AddressParser {
    private static final int MAX_ADDRESS = 998;
    private static final int MAX_COMMENTS = 50;
    private static final String MAILTO = "mailto:";

    private final String value;
    private final HeaderText header;
    private final int limit;
    private final List<Address> found;
    private int at;

    /** What is being collected for the present address. */
    private final StringBuilder display = new StringBuilder();

    private final StringBuilder spec = new StringBuilder();
    /** Whether {@link #spec} has an at sign. */
    private boolean atSign;

    private final StringBuilder comment = new StringBuilder();
    private @Nullable String angle;
    /** How long the name was when the address in brackets came. */
    private int nameBefore;
    /** A quotation mark or bracket that is opened and never closed is none, and neither are later ones. */
    private boolean quotesClose = true;

    private boolean commentsClose = true;

    private AddressParser(String value, HeaderText header, int limit, List<Address> found) {
        this.value = value;
        this.header = header;
        this.limit = limit;
        this.found = found;
    }

    /** Adds the addresses of one field to a list. */
    static void parse(String value, HeaderText header, int limit, List<Address> found) throws TooMuch {
        new AddressParser(value, header, limit, found).run();
    }

    private void run() throws TooMuch {
        while (at < value.length()) {
            char c = value.charAt(at);
            at++;
            switch (c) {
                case '"' -> quoted();
                case '(' -> comment();
                case '<' -> openAngle();
                case '>' -> {
                    // Closes nothing.
                }
                case ',', ';' -> emit();
                case ':' -> colon();
                default -> {
                    display.append(c);
                    spec.append(c);
                    atSign |= c == '@';
                }
            }
        }
        emit();
    }

    /** A second address in brackets without a comma before it is another address. */
    private void openAngle() throws TooMuch {
        if (angle != null && !angle.isEmpty()) {
            String next = display.substring(nameBefore);
            display.setLength(nameBefore);
            emit();
            display.append(next);
        }
        angle = upToAngle();
        nameBefore = display.length();
    }

    /** A colon ends the name of a group, unless an address has begun ({@code mailto:}, IPv6 literals). */
    private void colon() {
        boolean group = !atSign && angle == null;
        if (group) {
            clear();
        } else {
            display.append(':');
            spec.append(':');
        }
    }

    private void quoted() {
        int end = quotesClose ? closingQuote() : -1;
        if (end < 0) {
            quotesClose = false;
            return;
        }
        spec.append('"');
        while (at < end) {
            if (value.charAt(at) == '\\' && at + 1 < end) {
                spec.append('\\');
                at++;
            }
            display.append(value.charAt(at));
            spec.append(value.charAt(at));
            atSign |= value.charAt(at) == '@';
            at++;
        }
        spec.append('"');
        at++;
    }

    private int closingQuote() {
        int end = at;
        while (end < value.length() && value.charAt(end) != '"') {
            end += value.charAt(end) == '\\' ? 2 : 1;
        }
        return end < value.length() ? end : -1;
    }

    private void comment() {
        StringBuilder inner = new StringBuilder();
        int end = commentsClose ? closingBracket(inner) : -1;
        if (end < 0) {
            commentsClose = false;
            return;
        }
        if (comment.isEmpty()) {
            comment.append(inner);
        }
        at = end;
    }

    /** {@return where the text behind the comment begins, or -1} */
    private int closingBracket(StringBuilder inner) {
        int depth = 1;
        int end = at;
        while (end < value.length()) {
            char c = value.charAt(end);
            end++;
            if (c == '\\' && end < value.length()) {
                c = value.charAt(end);
                end++;
            } else if (c == '(' && depth < MAX_COMMENTS) {
                depth++;
            } else if (c == ')') {
                depth--;
            }
            if (depth == 0) {
                return end;
            }
            inner.append(c);
        }
        return -1;
    }

    /** Reads up to the closing bracket or, where that is missing, a comma; a route before the address falls away. */
    private String upToAngle() {
        StringBuilder inner = new StringBuilder();
        boolean quoted = false;
        while (at < value.length()) {
            char c = value.charAt(at);
            boolean route = !inner.isEmpty() && inner.charAt(0) == '@';
            if (!quoted && (c == ',' || c == ';') && !route) {
                break;
            }
            at++;
            if (c == '>' && !quoted) {
                break;
            }
            quoted ^= c == '"' && quotesClose;
            if ((c > ' ' && c != '<') || quoted) {
                inner.append(c);
            }
        }
        return withoutRoute(inner.toString());
    }

    private static String withoutRoute(String text) {
        if (text.regionMatches(true, 0, MAILTO, 0, MAILTO.length())) {
            return text.substring(MAILTO.length());
        }
        int route = text.startsWith("@") ? text.indexOf(':') : -1;
        return text.substring(route + 1);
    }

    private void emit() throws TooMuch {
        String phrase = display.toString();
        String address = angle;
        if (address == null) {
            String bare = spec.toString().strip();
            int blank = lastBlankOutsideQuotes(bare);
            boolean wholeIsOne = blank < 0 || bare.indexOf('@', blank + 1) <= blank + 1;
            phrase = wholeIsOne ? "" : bare.substring(0, blank).replace("\"", "");
            address = wholeIsOne ? withoutBlanks(bare) : bare.substring(blank + 1);
            if (address.indexOf('@') < 0 && (blank >= 0 || bare.startsWith("\"") || bare.startsWith("=?"))) {
                phrase = display.toString();
                address = "";
            }
        }
        String name = name(phrase);
        add(name.isEmpty() ? name(comment.toString()) : name, address);
        clear();
    }

    private String name(String phrase) {
        return header.decoded(phrase.strip());
    }

    private void add(String name, String address) throws TooMuch {
        if (name.isEmpty() && address.isEmpty()) {
            return;
        }
        if (found.size() == limit) {
            throw new TooMuch(MimeMessage.TOO_MANY_ADDRESSES, "limit", limit);
        }
        String line = HeaderText.oneLine(address);
        found.add(new Address(
                name.isEmpty() ? null : name, line.length() > MAX_ADDRESS ? line.substring(0, MAX_ADDRESS) : line));
    }

    private void clear() {
        display.setLength(0);
        spec.setLength(0);
        atSign = false;
        comment.setLength(0);
        angle = null;
        nameBefore = 0;
    }

    private static int lastBlankOutsideQuotes(String text) {
        int last = -1;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c <= ' ' && !quoted) {
                last = i;
            }
        }
        return last;
    }

    private static String withoutBlanks(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c > ' ' || quoted) {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
