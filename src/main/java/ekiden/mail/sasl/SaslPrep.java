package ekiden.mail.sasl;

import java.text.Normalizer;

/**
 * The part of SASLprep (RFC 4013 §2.1, §2.2) that makes the same password typed on two keyboards the same bytes: other spaces become a space,
 * invisible characters go, the rest is NFKC. What the profile prohibits is left for the server to refuse.
 */
final class SaslPrep {
    private SaslPrep() {}

    static String prepare(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text;
        }
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().filter(c -> !nothing(c)).forEach(c -> mapped.appendCodePoint(space(c) ? ' ' : c));
        return Normalizer.normalize(mapped, Normalizer.Form.NFKC);
    }

    /** RFC 3454 table C.1.2. */
    private static boolean space(int c) {
        return c > 0x7F && Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    /** RFC 3454 table B.1. */
    private static boolean nothing(int c) {
        return c == 0xAD
                || c == 0x34F
                || c == 0x1806
                || (c >= 0x180B && c <= 0x180D)
                || (c >= 0x200B && c <= 0x200D)
                || c == 0x2060
                || (c >= 0xFE00 && c <= 0xFE0F)
                || c == 0xFEFF;
    }
}
