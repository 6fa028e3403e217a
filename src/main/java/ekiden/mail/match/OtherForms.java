package ekiden.mail.match;

import java.text.Normalizer;
import java.util.stream.IntStream;

/**
 * Characters that NFC, and one for both twins, makes one other character, and what values have instead of them: worked out once, because sets may have many ranges, and expressions
 * many sets.
 */
final class OtherForms {
    /** In order; never written again, as the others. */
    private static final int[] ALL = IntStream.concat(
                    IntStream.range(0x80, Character.MIN_SURROGATE),
                    IntStream.concat(IntStream.rangeClosed(0xf900, 0xffff), IntStream.range(0x2f800, 0x2fa20)))
            .filter(OtherForms::is)
            .toArray();

    private static final String[] ANY_WIDTH = own(true);
    private static final String[] NORMAL = own(false);

    private OtherForms() {}

    private static boolean is(int c) {
        String own = JisTwins.one(Normalizer.normalize(Character.toString(c), Normalizer.Form.NFC), false);
        return own.codePointCount(0, own.length()) == 1 && own.codePointAt(0) != c;
    }

    private static String[] own(boolean anyWidth) {
        PatternSpelling spelling = new PatternSpelling(false, anyWidth, false, false);
        return IntStream.of(ALL)
                .mapToObj(c -> spelling.of(Character.toString(c)))
                .toArray(String[]::new);
    }

    static int count() {
        return ALL.length;
    }

    /** The i-th of them, from 0. */
    static int character(int i) {
        return ALL[i];
    }

    /** What values have instead of the i-th. */
    static String own(int i, boolean anyWidth) {
        return anyWidth ? ANY_WIDTH[i] : NORMAL[i];
    }
}
