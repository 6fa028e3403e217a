package ekiden.regex;

/**
 * What a backslash begins in an expression in the syntax of RE2. Where the notation is wrong it tells anything; the compiler says so then.
 *
 * @param end behind it
 * @param character that it stands for, or {@link #NONE}: a class, a place, or nothing that is known
 */
public record Escape(int end, int character) {
    /** No character. */
    public static final int NONE = -1;

    private static final String CONTROLS = "afnrtv";
    private static final String MEANT = "\u0007\f\n\r\t\u000b";

    /**
     * The one that begins at a place. {@code \\Q} is one of its own here: what it quotes is not looked for.
     *
     * @param text an expression, or a piece of one
     * @param at where its backslash stands
     * @return it; behind the last character where nothing follows the backslash
     */
    public static Escape at(String text, int at) {
        if (at + 1 >= text.length()) {
            return new Escape(text.length(), NONE);
        }
        int c = text.codePointAt(at + 1);
        int next = at + 1 + Character.charCount(c);
        int control = CONTROLS.indexOf(c);
        if (control >= 0) {
            return new Escape(next, MEANT.charAt(control));
        }
        if (c < 0x80 && !Character.isLetterOrDigit(c)) {
            return new Escape(next, c);
        }
        return switch (c) {
            case 'x' -> hexadecimal(text, next);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(text, at + 1);
            case 'p', 'P' -> new Escape(named(text, next), NONE);
            default -> new Escape(next, NONE);
        };
    }

    private static int named(String text, int at) {
        if (text.startsWith("{", at)) {
            return Math.max(at, text.indexOf('}', at) + 1);
        }
        return at >= text.length() ? at : at + Character.charCount(text.codePointAt(at));
    }

    private static Escape hexadecimal(String text, int at) {
        boolean braced = text.startsWith("{", at);
        int from = braced ? at + 1 : at;
        // the library takes any number of zeros before a number
        while (braced && text.startsWith("00", from)) {
            from++;
        }
        int to = from;
        while (to < text.length() && to - from < (braced ? 15 : 2) && Character.digit(text.charAt(to), 16) >= 0) {
            to++;
        }
        boolean whole = braced ? to > from && text.startsWith("}", to) : to - from == 2;
        return whole ? known(braced ? to + 1 : to, Long.parseLong(text.substring(from, to), 16)) : new Escape(to, NONE);
    }

    /** One digit alone would mean a group, which is nothing here; but 0 is a character. */
    private static Escape octal(String text, int from) {
        int to = from;
        while (to < text.length() && to - from < 3 && text.charAt(to) >= '0' && text.charAt(to) <= '7') {
            to++;
        }
        return to - from == 1 && text.charAt(from) != '0'
                ? new Escape(to, NONE)
                : known(to, Long.parseLong(text.substring(from, to), 8));
    }

    private static Escape known(int end, long c) {
        return new Escape(end, c > Character.MAX_CODE_POINT ? NONE : (int) c);
    }

    /**
     * Whether a class for one character begins at a place.
     *
     * @param text an expression, or a piece of one
     * @param at where its backslash stands
     * @return whether it is one
     */
    public static boolean isClass(String text, int at) {
        return at + 1 < text.length() && "dDsSwWpP".indexOf(text.charAt(at + 1)) >= 0;
    }

    /**
     * Characters, escaped where they would be signs.
     *
     * @param characters any
     * @return an expression that means them
     */
    public static String literal(String characters) {
        StringBuilder literal = new StringBuilder(characters.length() + 2);
        for (int i = 0; i < characters.length(); i++) {
            if ("\\^$.|?*+()[]{}".indexOf(characters.charAt(i)) >= 0) {
                literal.append('\\');
            }
            literal.append(characters.charAt(i));
        }
        return literal.toString();
    }
}
