package ekiden.mail.match;

import java.text.Normalizer;

/** Patterns that are met whatever the width of the characters. */
final class Widths {
    private Widths() {}

    /**
     * A pattern that is compared with values in NFKC: its own characters are in NFKC too, and one that would become a sign of the pattern
     * only thereby (a full-width star or bracket) stands for itself.
     */
    static String ofPattern(String pattern) {
        StringBuilder folded = new StringBuilder(pattern.length());
        for (int at = 0; at < pattern.length(); ) {
            int end = at + Character.charCount(pattern.codePointAt(at));
            while (end < pattern.length() && joins(pattern.codePointAt(end))) {
                end += Character.charCount(pattern.codePointAt(end));
            }
            String own = pattern.substring(at, end);
            String form = Normalizer.normalize(own, Normalizer.Form.NFKC);
            folded.append(own.codePointAt(0) < 0x80 ? form : literal(form));
            at = end;
        }
        return folded.toString();
    }

    /** Marks, and the half-width voiced marks, belong to what stands before them. */
    private static boolean joins(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || c == 0xFF9E
                || c == 0xFF9F;
    }

    private static String literal(String form) {
        StringBuilder literal = new StringBuilder(form.length());
        for (int i = 0; i < form.length(); i++) {
            if ("\\^$.|?*+()[]{}-".indexOf(form.charAt(i)) >= 0) {
                literal.append('\\');
            }
            literal.append(form.charAt(i));
        }
        return literal.toString();
    }
}
