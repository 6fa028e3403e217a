package ekiden.mail.mime;

/**
 * How likely a text is in a language, told as its length in bits: what each character would cost in a code made for that
 * language. The lengths of one and the same bytes, decoded in several ways, can be compared. The figures are rounded from
 * the shares of kinds of characters in mails (kana, frequent kanji, rows of the standards), not learned from a collection.
 */
enum Language {
    JAPANESE {
        @Override
        int bits(char before, char c, char after) {
            return Japanese.bits(before, c, after);
        }
    },
    WESTERN {
        @Override
        int bits(char before, char c, char after) {
            if (c >= 0xc0 && c <= 0xff && c != 0xd7 && c != 0xf7) {
                return before >= 0xa0 ? 13 : isUpper(c) && isAsciiLower(before) ? 15 : 9;
            }
            if ("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u20ac\u00a0\u00ab\u00bb\u00b0\u00a7\u00a3\u00b7\u00bf\u00a1\u00ae\u00a9"
                            .indexOf(c)
                    >= 0) {
                return before >= 0xc0 && before <= 0xff ? 15 : 11;
            }
            return c <= 0xbf ? 16 : 18;
        }
    },
    RUSSIAN {
        @Override
        int bits(char before, char c, char after) {
            if (c >= 0x430 && c <= 0x44f) {
                int letter = "оеаинтсрвлкмдпу".indexOf(c) >= 0 ? 5 : 7;
                return isRussianUpper(before) ? letter + 1 : letter;
            }
            if (isRussianUpper(c)) {
                return before >= 0x430 && before <= 0x44f ? 22 : isRussianUpper(before) ? 7 : 10;
            }
            return "ёЁ\u00ab\u00bb\u2116\u2014\u2013\u00a0".indexOf(c) >= 0 ? 11 : 20;
        }
    },
    CHINESE_SIMPLIFIED {
        @Override
        int bits(char before, char c, char after) {
            return chinese(c, Likeness.FREQUENT_SIMPLIFIED.has(c), Likeness.LEVEL_1_OF_GB.has(c));
        }
    },
    CHINESE_TRADITIONAL {
        @Override
        int bits(char before, char c, char after) {
            return chinese(c, Likeness.FREQUENT_TRADITIONAL.has(c), Likeness.LEVEL_1_OF_BIG5.has(c));
        }
    },
    KOREAN {
        @Override
        int bits(char before, char c, char after) {
            if (c >= 0xac00 && c <= 0xd7a3) {
                return Likeness.FREQUENT_HANGUL.has(c) ? 8 : Likeness.HANGUL_OF_KS.has(c) ? 11 : 20;
            }
            return isAsianPunctuation(c) ? 13 : 20;
        }
    };

    /** What is no character at all. */
    private static final int BAD_BITS = 32;
    /** What stands in no mail. */
    private static final int FOREIGN_BITS = 28;
    /** What goes on in a run, like a rule of degree signs: it says nothing about the language. */
    private static final int RUN_BITS = 4;

    /**
     * {@return the bits of a character behind ASCII}
     *
     * @param before the character in front of it, a space at the start
     * @param after the character behind it, a space at the end
     */
    abstract int bits(char before, char c, char after);

    /** {@return the bits that a character behind ASCII has in texts of this language, with some to spare} */
    int usual() {
        return switch (this) {
            case JAPANESE, RUSSIAN -> 9;
            case WESTERN -> 10;
            case KOREAN -> 11;
            case CHINESE_SIMPLIFIED, CHINESE_TRADITIONAL -> 12;
        };
    }

    /** {@return the bits of a text, or something more than {@code most} once it is known to be more} */
    int bits(String text, int most) {
        int bits = 0;
        char before = ' ';
        int run = 0;
        for (int i = 0; i < text.length() && bits <= most; i++) {
            char c = text.charAt(i);
            run = c == before ? run + 1 : 1;
            if (c < 0x80) {
                bits += ascii(c);
            } else if (c == TextCodec.BAD) {
                bits += BAD_BITS;
            } else if (c < 0xa0 || (c >= 0xe000 && c <= 0xf8ff)) {
                bits += FOREIGN_BITS;
            } else if (run > 2) {
                bits += RUN_BITS;
            } else {
                bits += bits(before, c, i + 1 < text.length() ? text.charAt(i + 1) : ' ');
            }
            before = c;
        }
        return bits;
    }

    private static int ascii(char c) {
        if (c < ' ') {
            return c == '\n' || c == '\r' || c == '\t' ? 6 : 25;
        }
        return c == 0x7f ? 25 : 6;
    }

    private static int chinese(char c, boolean frequent, boolean level1) {
        if (frequent) {
            return 9;
        }
        if (level1) {
            return 12;
        }
        if (isAsianPunctuation(c)) {
            return 9;
        }
        return c >= 0xff01 && c <= 0xff5e ? 11 : c >= 0x4e00 && c <= 0x9fff ? 18 : 20;
    }

    static boolean isAsianPunctuation(char c) {
        return (c >= 0x3000 && c <= 0x3011 && c != 0x3004)
                || c == 0xff0c
                || c == 0xff01
                || c == 0xff1f
                || c == 0xff1a
                || c == 0xff08
                || c == 0xff09
                || c == 0x201c
                || c == 0x201d
                || c == 0x30fb
                || c == 0x2026;
    }

    static boolean isAsciiLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(char c) {
        return c <= 0xde;
    }

    private static boolean isRussianUpper(char c) {
        return c >= 0x410 && c <= 0x42f;
    }
}
