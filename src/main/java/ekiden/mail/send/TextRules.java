package ekiden.mail.send;

/** Small questions about text that several writers ask. Pure. */
final class TextRules {
    /** Of a long text so many characters are looked at together: several times as fast as one by one, before the compiler knows the loop well. */
    private static final int PIECE = 1024;

    private TextRules() {}

    /** {@return whether every character is below 128} */
    static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether it has no half of a surrogate pair, which no charset could carry} */
    static boolean wellFormed(String text) {
        char[] piece = new char[Math.min(PIECE, text.length())];
        boolean high = false;
        for (int from = 0; from < text.length(); from += piece.length) {
            int count = Math.min(piece.length, text.length() - from);
            text.getChars(from, from + count, piece, 0);
            for (int i = 0; i < count; i++) {
                char c = piece[i];
                boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
                if (high != (surrogate && c >= Character.MIN_LOW_SURROGATE)) {
                    return false;
                }
                high = surrogate && !high;
            }
        }
        return !high;
    }

    /** {@return whether it could end a header line: CR, LF or NUL} */
    static boolean breaksLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                return true;
            }
        }
        return false;
    }

    /** {@return the text with control characters made visible as a question mark} */
    static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return clean.toString();
    }
}
