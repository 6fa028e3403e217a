package ekiden.mail.mime;

/** The bits of characters in Japanese text, see {@link Language}. */
final class Japanese {
    private static final int HALF_FIRST = 0xff61;
    private static final int HALF_LAST = 0xff9f;
    private static final char VOICED = '\uff9e';
    private static final char HALF_VOICED = '\uff9f';
    private static final char LONG = '\u30fc';
    private static final char HALF_U = '\uff73';
    private static final char HALF_N = '\uff9d';
    private static final char HALF_LONG = '\uff70';

    private Japanese() {}

    static int bits(char before, char c, char after) {
        if (isHalf(c)) {
            return half(before, c, after);
        }
        if (c >= 0x3041 && c <= 0x3096) {
            return 7;
        }
        if ((c >= 0x30a1 && c <= 0x30f6) || c == LONG) {
            return isKatakana(before) ? 7 : c != LONG || isHalf(before) ? 9 : 16;
        }
        if (c >= 0x4e00 && c <= 0x9fff) {
            return kanji(c) + (Language.isAsciiLower(before) ? 4 : 0);
        }
        if (c >= 0xff01 && c <= 0xff5e) {
            return before >= 0xff01 && before <= 0xff5e ? 8 : 11;
        }
        if (Language.isAsianPunctuation(c)) {
            return 8;
        }
        return symbol(before, c);
    }

    private static int kanji(char c) {
        return Likeness.FREQUENT_KANJI.has(c) ? 10 : Likeness.LEVEL_1_OF_JIS.has(c) ? 14 : 20;
    }

    private static int symbol(char before, char c) {
        if (c >= 0x3000 && c <= 0x303f) {
            return 11;
        }
        if (c >= 0x2010 && c <= 0x27ff) {
            return before == c ? 4 : 13;
        }
        if (c >= 0x3200 && c <= 0x33ff) {
            return 14;
        }
        return c >= 0x391 && c <= 0x451 ? 18 : 24;
    }

    private static boolean isHalf(char c) {
        return c >= HALF_FIRST && c <= HALF_LAST;
    }

    private static boolean isKatakana(char c) {
        return (c >= 0x30a1 && c <= 0x30f6) || c == 0x30fc;
    }

    /** Half-width katakana comes in words, in which small letters and marks stand behind certain others only. */
    private static int half(char before, char c, char after) {
        boolean inWord = before >= 0xff66 && before <= HALF_LAST;
        if (c < 0xff66) {
            return inWord ? 10 : 18;
        }
        if (c == VOICED || c == HALF_VOICED) {
            return inWord ? mark(before, c) : 20;
        }
        if (c == HALF_LONG || c == HALF_N) {
            return inWord && before != HALF_N ? 5 : 22;
        }
        if (c >= '\uff67' && c <= '\uff6f') {
            return inWord && !small(before) && before != HALF_N ? smallBehind(before, c) : 22;
        }
        boolean alone = (after < 0xff66 || after > HALF_LAST) && after != LONG;
        return inWord ? 6 : alone ? 18 : 12;
    }

    /** Behind letters of the rows of ka, sa, ta and ha, behind u for vu; the half-voiced one behind those of ha only. */
    private static int mark(char before, char c) {
        boolean rowOfHa = before >= '\uff8a' && before <= '\uff8e';
        if (c == HALF_VOICED) {
            return rowOfHa ? 4 : 24;
        }
        boolean voiced = rowOfHa || before == HALF_U || (before >= '\uff76' && before <= '\uff84');
        return voiced ? 3 : 24;
    }

    private static boolean small(char c) {
        return c >= '\uff67' && c <= '\uff6f';
    }

    /** A small y-kana stands behind a letter of the row of i, a small tsu behind any, a small vowel behind few. */
    private static int smallBehind(char before, char c) {
        if (c == '\uff6f') {
            return 7;
        }
        boolean rowOfI = "\uff77\uff7c\uff81\uff86\uff8b\uff90\uff98\uff9e\uff9f".indexOf(before) >= 0;
        boolean yKana = c >= '\uff6c';
        boolean foreign = "\uff8c\uff9e\uff73\uff83\uff84\uff82\uff81\uff7c".indexOf(before) >= 0;
        return yKana ? rowOfI ? 6 : 18 : foreign ? 8 : 18;
    }
}
