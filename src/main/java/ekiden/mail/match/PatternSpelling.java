package ekiden.mail.match;

import ekiden.base.Ascii;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Entry.Look;
import java.text.Normalizer;

/**
 * How the characters of an expression are written so that they are those of the values it is tested on.
 *
 * @param asIs values are as the mail has them: neither NFC nor one of two twins
 * @param anyWidth values are in NFKC
 * @param anyCase upper and lower case are the same
 * @param smallLetters ASCII letters of values are small, and other letters are as they are
 */
record PatternSpelling(boolean asIs, boolean anyWidth, boolean anyCase, boolean smallLetters) {
    static PatternSpelling of(Entry entry, boolean bare) {
        return new PatternSpelling(
                bare && !entry.anyWidth(), entry.anyWidth(), entry.anyCase(), bare && !entry.anyCase());
    }

    /** Whether entries of a list of addresses are compared with the address itself. */
    static boolean bare(boolean addresses, Look look) {
        return addresses && (look == Look.USUAL || look == Look.X500);
    }

    /** Characters that stand for themselves, as values have them. */
    String of(String characters) {
        String own = asIs
                ? characters
                : anyWidth
                        ? JisTwins.one(Normalizer.normalize(characters, Normalizer.Form.NFKC), true)
                        : Nfc.of(characters);
        return smallLetters ? Ascii.lower(own) : own;
    }

    /** Whether a character may become one with what stands before it. */
    boolean joins(int c) {
        return !asIs && (marks(c) || (anyWidth && widthJoins(c)));
    }

    /** Marks, and the vowels and finals of Hangul. */
    private static boolean marks(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || (c >= 0x1160 && c <= 0x11FF);
    }

    /** The half-width voiced marks, and other forms of the vowels of Hangul. */
    static boolean widthJoins(int c) {
        return c == 0xFF9E || c == 0xFF9F || (c >= 0x314F && c <= 0x3163) || (c >= 0xFFC2 && c <= 0xFFDC);
    }
}
