package ekiden.mail.match;

import ekiden.model.definition.Entry;
import java.text.Normalizer;
import java.util.Locale;

/**
 * How texts are made alike before they are compared: phrase and value in the same way.
 *
 * @param anyCase upper and lower case are the same
 * @param anyWidth full and half width, and other forms of one character, are the same (NFKC)
 * @param acrossLines line breaks and blanks are nothing
 */
record Folding(boolean anyCase, boolean anyWidth, boolean acrossLines) {
    static final char DOTLESS = '\u0131';
    private static final char CAPITAL_SIGMA = '\u03a3';
    private static final char SIGMA = '\u03c3';

    static Folding of(Entry entry) {
        return new Folding(entry.anyCase(), entry.anyWidth(), entry.acrossLines());
    }

    /** Whether it is NFC and nothing else. */
    boolean normalOnly() {
        return !anyCase && !anyWidth && !acrossLines;
    }

    String of(String text) {
        String folded = normal(text);
        if (acrossLines) {
            String joined = joined(folded);
            // what a line break stood between may be one character now
            folded = joined.length() == folded.length() ? folded : normal(joined);
        }
        return anyCase ? lower(folded) : folded;
    }

    private String normal(String text) {
        if (!anyWidth) {
            return Nfc.of(text);
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return JisTwins.one(Marks.normal(text, Normalizer.Form.NFKC), true);
            }
        }
        return text;
    }

    /**
     * The default case folding of Unicode, without what it does for Turkish. There and back again, so that letters with several small or several capital forms
     * meet; but the letter without a dot, whose capital is that of {@code i}, is one of its own.
     */
    static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return text.indexOf(DOTLESS) < 0 ? thereAndBack(text) : aroundDotless(text);
            }
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static String aroundDotless(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        int from = 0;
        for (int at = text.indexOf(DOTLESS); at >= 0; at = text.indexOf(DOTLESS, from)) {
            folded.append(from == at ? "" : thereAndBack(text.substring(from, at)))
                    .append(DOTLESS);
            from = at + 1;
        }
        return folded.append(thereAndBack(text.substring(from))).toString();
    }

    private static String thereAndBack(String text) {
        return withDialytika(small(small(text).toUpperCase(Locale.ROOT)).replace('\u03c2', SIGMA));
    }

    /** Of a capital sigma the library asks what stands around it, all over the text, and we do not: both small ones are one. */
    private static String small(String text) {
        return text.replace(CAPITAL_SIGMA, SIGMA).toLowerCase(Locale.ROOT);
    }

    /**
     * Small letters with two marks fall into three characters, their capitals (in NFC) into two. More is not joined than is needed for these to meet: what
     * a character becomes must not depend on what follows it.
     */
    private static String withDialytika(String small) {
        return small.indexOf('\u0308') < 0
                ? small
                : small.replace("\u03b9\u0308", "\u03ca").replace("\u03c5\u0308", "\u03cb");
    }

    private static String joined(String text) {
        StringBuilder joined = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!blank(c)) {
                joined.append(c);
            }
        }
        return joined.toString();
    }

    private static boolean blank(char c) {
        return c <= ' ' || (c >= '\u0080' && (c == '\u0085' || Character.isSpaceChar(c)));
    }
}
