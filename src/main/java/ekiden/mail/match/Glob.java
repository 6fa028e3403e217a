package ekiden.mail.match;

import java.util.Arrays;

/**
 * {@code *} for anything, {@code ?} for one character, {@code \} before a character that means itself. Covers the whole value. Takes at most length times
 * length steps.
 */
final class Glob {
    /** A character that stands for itself is not negative. */
    private static final int ANY = -1;

    private static final int ONE = -2;

    private final int[] signs;
    private final String needed;

    Glob(String pattern) {
        int[] read = new int[pattern.length()];
        int count = 0;
        StringBuilder run = new StringBuilder();
        String longest = "";
        for (int at = 0; at < pattern.length(); ) {
            int c = pattern.codePointAt(at);
            at += Character.charCount(c);
            if (c == '*' || c == '?') {
                longest = run.length() > longest.length() ? run.toString() : longest;
                run.setLength(0);
                read[count] = c == '*' ? ANY : ONE;
            } else {
                boolean escaped = c == '\\' && at < pattern.length();
                int meant = escaped ? pattern.codePointAt(at) : c;
                at += escaped ? Character.charCount(meant) : 0;
                run.appendCodePoint(meant);
                read[count] = meant;
            }
            count++;
        }
        this.needed = run.length() > longest.length() ? run.toString() : longest;
        this.signs = Arrays.copyOf(read, count);
    }

    /** Characters that must stand in a value; empty where any will do. */
    String needed() {
        return needed;
    }

    boolean covers(String value) {
        int[] text = value.codePoints().toArray();
        int at = 0;
        int sign = 0;
        int star = -1;
        int retry = 0;
        while (at < text.length) {
            if (sign < signs.length && (signs[sign] == ONE || signs[sign] == text[at])) {
                at++;
                sign++;
            } else if (sign < signs.length && signs[sign] == ANY) {
                star = sign;
                retry = at;
                sign++;
            } else if (star >= 0) {
                retry++;
                at = retry;
                sign = star + 1;
            } else {
                return false;
            }
        }
        while (sign < signs.length && signs[sign] == ANY) {
            sign++;
        }
        return sign == signs.length;
    }
}
