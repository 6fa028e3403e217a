package ekiden.mail.match;

/**
 * Characters of JIS X 0208 for which two tables in use have two code points: that of JIS (RFC 1468, iconv) and that of Windows (code page 932). Which of them
 * a mail has depends on the program that wrote it and is seen by nobody, so conditions take both for one:
 *
 * <pre>
 * wave dash            U+301C  U+FF5E
 * minus sign           U+2212  U+FF0D
 * double vertical line U+2016  U+2225
 * em dash              U+2014  U+2015
 * cent sign            U+00A2  U+FFE0
 * pound sign           U+00A3  U+FFE1
 * not sign             U+00AC  U+FFE2
 * </pre>
 *
 * Those of the first column stand for both. Where width does not matter either, NFKC takes the second column of the first two lines for {@code ~} and {@code -}; so the first
 * column is taken for these too.
 */
final class JisTwins {
    private static final String WINDOWS = "\uff5e\uff0d\u2225\u2015\uffe0\uffe1\uffe2";

    private JisTwins() {}

    /**
     * @param text in NFC, or in NFKC where {@code anyWidth}
     * @return the same with one character of each pair
     */
    static String one(String text, boolean anyWidth) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x2015 && one(c, anyWidth) != c) {
                return replaced(text, i, anyWidth);
            }
        }
        return text;
    }

    private static String replaced(String text, int from, boolean anyWidth) {
        StringBuilder one = new StringBuilder(text);
        for (int i = from; i < one.length(); i++) {
            one.setCharAt(i, one(one.charAt(i), anyWidth));
        }
        return one.toString();
    }

    static char one(char c, boolean anyWidth) {
        return switch (c) {
            case '\uff5e' -> anyWidth ? '~' : '\u301c';
            case '\u301c' -> anyWidth ? '~' : c;
            case '\uff0d' -> anyWidth ? '-' : '\u2212';
            case '\u2212' -> anyWidth ? '-' : c;
            case '\u2225' -> '\u2016';
            case '\u2015' -> '\u2014';
            case '\uffe0' -> '\u00a2';
            case '\uffe1' -> '\u00a3';
            case '\uffe2' -> '\u00ac';
            default -> c;
        };
    }

    /**
     * A regular expression for texts that have one character of each pair. Sets keep what they have, also where one of a pair is the end of a range, and get the one that stands for both beside it.
     */
    static String ofPattern(String pattern, boolean anyWidth) {
        if (one(pattern, anyWidth).equals(pattern) && pattern.indexOf('[') < 0) {
            return pattern;
        }
        StringBuilder of = new StringBuilder(pattern.length() + 8);
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '[') {
                at = set(pattern, at, anyWidth, of);
            } else if (c == '\\' && at + 1 < pattern.length()) {
                int end = pattern.startsWith("Q", at + 1) ? quoted(pattern, at) : at + 2;
                of.append(one(pattern.substring(at, end), anyWidth));
                at = end;
            } else {
                of.append(one(c, anyWidth));
                at++;
            }
        }
        return of.toString();
    }

    private static int quoted(String pattern, int at) {
        int end = pattern.indexOf("\\E", at + 2);
        return end < 0 ? pattern.length() : end + 2;
    }

    private static int set(String pattern, int from, boolean anyWidth, StringBuilder of) {
        int first = from + (pattern.startsWith("^", from + 1) ? 2 : 1);
        // a bracket that comes first is one of the set
        int end = first + (pattern.startsWith("]", first) ? 1 : 0);
        while (end < pattern.length() && pattern.charAt(end) != ']') {
            boolean named = pattern.startsWith("[:", end) && pattern.indexOf(":]", end) > 0;
            end = named ? pattern.indexOf(":]", end) + 2 : end + (pattern.charAt(end) == '\\' ? 2 : 1);
        }
        end = Math.min(end, pattern.length());
        String members = pattern.substring(Math.min(first, end), end);
        of.append(pattern, from, Math.min(first, end));
        StringBuilder more = new StringBuilder();
        String twins = anyWidth ? WINDOWS + "\u301c\u2212" : WINDOWS;
        for (int i = 0; i < twins.length(); i++) {
            if (has(members, twins.charAt(i))) {
                char one = one(twins.charAt(i), anyWidth);
                more.append(one == '-' ? "\\-" : String.valueOf(one));
            }
        }
        // what means itself only where it comes first does so no longer
        boolean sign = !more.isEmpty() && (members.startsWith("-") || members.startsWith("]"));
        of.append(more).append(sign ? "\\" : "").append(members);
        return end;
    }

    /** Whether a character is one of a set or lies in one of its ranges. */
    private static boolean has(String members, char c) {
        for (int i = 0; i < members.length(); i++) {
            boolean range = i > 0 && i + 1 < members.length() && members.charAt(i) == '-';
            boolean inside = range && members.charAt(i - 1) <= c && c <= members.charAt(i + 1);
            if (members.charAt(i) == c || inside) {
                return true;
            }
        }
        return false;
    }
}
