package ekiden.regex;

/**
 * Finds expressions that the library (re2j 1.8) would compile for ever where case does not matter: it goes from a character to the next one of another case
 * until it is back, and from U+1C80 to U+1C88 (old Cyrillic letters, the only ones of all) it never comes back. So no such character, and no range across
 * them, may reach it. One pass, no recursion; where the notation is wrong it tells anything, the compiler says so then.
 */
final class EndlessFold {
    private static final int FROM = 0x1C80;
    private static final int TO = 0x1C88;

    private final String text;
    private int at;
    private boolean inSet;
    /** The character before, where a range may begin with it; otherwise -1. */
    private int low = -1;

    private EndlessFold(String text) {
        this.text = text;
    }

    /** {@return whether it has such a character, or a range of a set that holds one} */
    static boolean in(String expression) {
        EndlessFold fold = new EndlessFold(expression);
        while (fold.at < expression.length()) {
            if (fold.step()) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether case does not matter in a part of it, by a flag of its own} */
    static boolean asked(String expression) {
        for (int from = expression.indexOf("(?"); from >= 0; from = expression.indexOf("(?", from + 2)) {
            int to = from + 2;
            while (to < expression.length()
                    && (Character.isLetter(expression.charAt(to)) || expression.charAt(to) == '-')) {
                to++;
            }
            if (expression.substring(from, to).contains("i")) {
                return true;
            }
        }
        return false;
    }

    private boolean step() {
        char c = text.charAt(at);
        if (!inSet && c == '[') {
            begin();
            return false;
        }
        if (inSet && c == ']') {
            inSet = false;
            low = -1;
            at++;
            return false;
        }
        if (inSet && text.startsWith("[:", at) && text.indexOf(":]", at) > 0) {
            at = text.indexOf(":]", at) + 2;
            low = -1;
            return false;
        }
        if (!inSet && text.startsWith("\\Q", at)) {
            return quoted();
        }
        return character();
    }

    private void begin() {
        inSet = true;
        low = -1;
        at++;
        if (text.startsWith("^", at)) {
            at++;
        }
        if (text.startsWith("]", at)) {
            low = ']';
            at++;
        }
    }

    private boolean quoted() {
        int end = text.indexOf("\\E", at);
        String inside = text.substring(at, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 2;
        return inside.codePoints().anyMatch(c -> across(c, c));
    }

    /** One character, or the upper end of a range. */
    private boolean character() {
        boolean range =
                inSet && low >= 0 && text.charAt(at) == '-' && at + 1 < text.length() && text.charAt(at + 1) != ']';
        at += range ? 1 : 0;
        int c = codePoint();
        boolean found = c != Escape.NONE && across(range ? low : c, c);
        low = range ? -1 : c;
        return found;
    }

    private static boolean across(int from, int to) {
        return from <= TO && to >= FROM;
    }

    /** {@return the next character, -1 for an escape that is none} */
    private int codePoint() {
        if (text.charAt(at) == '\\') {
            Escape escape = Escape.at(text, at);
            at = escape.end();
            return escape.character();
        }
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }
}
