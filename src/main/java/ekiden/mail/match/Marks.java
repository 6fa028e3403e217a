package ekiden.mail.match;

import java.text.Normalizer;

/**
 * Normal forms of texts in which marks stand in rows. The library puts the marks of a row in order by looking at each of them again for each: of rows longer than any language has
 * (Unicode Standard Annex 15 §13: 30) each piece is put in order by itself, so that the time is in proportion to the text.
 */
final class Marks {
    private static final int LONGEST_ROW = 30;
    private static final char FIRST = 0x0300;

    private Marks() {}

    /** {@return the text in a normal form} */
    static String normal(String text, Normalizer.Form form) {
        StringBuilder pieces = new StringBuilder();
        int from = 0;
        int row = 0;
        int next;
        for (int at = 0; at < text.length(); at = next) {
            int c = text.codePointAt(at);
            next = at + Character.charCount(c);
            row = mark(c) ? row + 1 : 0;
            if (row > LONGEST_ROW) {
                pieces.append(Normalizer.normalize(text.substring(from, at), form));
                from = at;
                row = 1;
            }
        }
        return pieces.append(Normalizer.normalize(text.substring(from), form)).toString();
    }

    /**
     * NFC, and a letter of another width is one with the marks behind it where that letter of usual width is.
     *
     * @return where each code point is a character as somebody sees it whom width does not matter; letters that stay apart from their marks keep their width
     */
    static String composed(String text) {
        String normal = normal(text, Normalizer.Form.NFC);
        StringBuilder composed = new StringBuilder(normal.length());
        int to;
        for (int at = 0; at < normal.length(); at = to) {
            int marks = at + Character.charCount(normal.codePointAt(at));
            to = marks;
            while (to < normal.length() && mark(normal.charAt(to))) {
                to++;
            }
            String letter = normal.substring(at, to);
            String one = to == marks ? letter : normal(letter, Normalizer.Form.NFKC);
            composed.append(one.length() < letter.length() ? one : letter);
        }
        return composed.toString();
    }

    /** Whether it may stand behind a character that it belongs to; the voiced marks of half width do, once their width is nothing. */
    private static boolean mark(int c) {
        return c >= FIRST
                && switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
                    default -> c == 0xff9e || c == 0xff9f;
                };
    }
}
