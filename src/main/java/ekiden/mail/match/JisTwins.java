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
}
