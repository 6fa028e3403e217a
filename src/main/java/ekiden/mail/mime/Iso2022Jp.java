package ekiden.mail.mime;

import org.jspecify.annotations.Nullable;

/**
 * ISO-2022-JP (RFC 1468) as mails have it: with half-width katakana (CP50220, CP50221, CP50222), JIS X 0212 (-1), the sets of
 * RFC 1554 (-2), JIS X 0213 (-3), the characters of NEC and IBM (-MS), shifts that end with the line, lines that were broken
 * inside a shift, raw 8-bit katakana.
 */
final class Iso2022Jp implements TextCodec {
    static final Iso2022Jp CODEC = new Iso2022Jp();

    private static final int ESC = 0x1b;
    private static final int SHIFT_OUT = 0x0e;
    private static final int SHIFT_IN = 0x0f;
    /** A longer line is not looked at whether it goes on in the set of the line before. */
    private static final int MAX_AHEAD = 2000;
    /** So many bytes that are all kana and kanji are no ASCII, even where no escape follows. */
    private static final int SURELY = 40;

    private Iso2022Jp() {}

    private enum Set {
        ASCII,
        /** JIS X 0201: ASCII but for the yen sign and the overline. */
        ROMAN,
        KATAKANA,
        JIS_0208,
        JIS_0212,
        JIS_0213_1,
        JIS_0213_2,
        GB_2312,
        KS_1001,
        /** The upper half of ISO-8859-1, behind ESC N. */
        LATIN,
        /** The upper half of ISO-8859-7, behind ESC N. */
        GREEK;

        boolean twoBytes() {
            return switch (this) {
                case ASCII, ROMAN, KATAKANA, LATIN, GREEK -> false;
                case JIS_0208, JIS_0212, JIS_0213_1, JIS_0213_2, GB_2312, KS_1001 -> true;
            };
        }
    }

    /** An escape sequence: what follows it, and its length. */
    private record Escape(Set set, int length) {}

    @Override
    public String name() {
        return "ISO-2022-JP";
    }

    /** {@return whether there is an escape sequence that leads to Japanese characters} */
    static boolean announced(byte[] bytes, int from, int to) {
        for (int i = from; i < to - 2; i++) {
            if (bytes[i] == ESC) {
                Escape escape = escape(bytes, i, to);
                if (escape != null && escape.set != Set.ASCII && escape.set != Set.ROMAN) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public Text decode(byte[] bytes, int from, int to) {
        return new Decoding(bytes, from, to).run();
    }

    /** One text on its way; knows which set is in force. */
    private static final class Decoding {
        private final byte[] bytes;
        private final int to;
        private final JapaneseText text;
        private final boolean katakana;
        private int at;
        private Set set = Set.ASCII;
        private Set before = Set.ASCII;
        private Set upper = Set.LATIN;
        /** Whether what is shifted to JIS X 0201 has other characters than the two that ASCII has not. */
        private boolean written;

        Decoding(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.at = from;
            this.to = to;
            this.text = new JapaneseText(to - from);
            this.katakana = announced(bytes, from, to);
        }

        Text run() {
            while (at < to) {
                int value = bytes[at] & 0xff;
                Escape escape = value == ESC ? escape(bytes, at, to) : null;
                if (escape != null) {
                    at += escape.length;
                    shift(escape.set);
                } else if (value == ESC && at + 2 < to && bytes[at + 1] == 'N') {
                    text.upper(bytes[at + 2], upper == Set.GREEK);
                    at += 3;
                } else if (value == SHIFT_OUT && set != Set.KATAKANA) {
                    before = set;
                    set = Set.KATAKANA;
                    at++;
                } else if (value == SHIFT_IN) {
                    set = before;
                    at++;
                } else if (value <= ' ' || value == 0x7f) {
                    blank(value);
                } else {
                    at += character();
                }
            }
            return text.finish();
        }

        private void shift(Set next) {
            if (next == Set.LATIN || next == Set.GREEK) {
                upper = next;
            } else {
                set = next;
                written = next == Set.ROMAN && hasWords();
            }
        }

        private boolean hasWords() {
            for (int i = at; i < to && bytes[i] != ESC && bytes[i] != '\n'; i++) {
                if (bytes[i] > ' ' && bytes[i] != '\\' && bytes[i] != '~') {
                    return true;
                }
            }
            return false;
        }

        private void blank(int value) {
            text.single(value);
            at++;
            if ((value == '\n' || value == '\r') && !goesOn()) {
                set = Set.ASCII;
            }
        }

        /** Whether what follows a line break is still in two bytes, because something broke a long line. */
        private boolean goesOn() {
            if (!set.twoBytes()) {
                return false;
            }
            int end = at;
            while (end < to && end - at < MAX_AHEAD && bytes[end] > ' ' && bytes[end] < 0x7f) {
                end++;
            }
            boolean shiftedBack = end < to && bytes[end] == ESC && end > at;
            return (shiftedBack || end - at >= SURELY) && (end - at) % 2 == 0 && kana(bytes, at, end);
        }

        private int character() {
            int value = bytes[at] & 0xff;
            if (value >= 0x80) {
                if (katakana && value >= 0xa1 && value <= 0xdf) {
                    text.single(value);
                } else {
                    text.bad();
                }
                return 1;
            }
            if (set == Set.ROMAN && (value == '\\' || value == '~')) {
                roman(value);
                return 1;
            }
            if (!set.twoBytes()) {
                text.single(set == Set.KATAKANA && value <= 0x5f ? value | 0x80 : value);
                return 1;
            }
            int second = at + 1 < to ? bytes[at + 1] & 0xff : 0;
            if (second < 0x21 || second > 0x7e) {
                text.bad();
                return 1;
            }
            character(value - 0x20, second - 0x20);
            return 2;
        }

        /** Old programs shift back to this set where they mean ASCII: a tilde among other characters is one of an address. */
        private void roman(int value) {
            if (value == '~' && written) {
                text.single(value);
            } else {
                text.character(value == '~' ? '\u203e' : '\u00a5');
            }
        }

        private void character(int row, int cell) {
            switch (set) {
                case JIS_0208, ASCII, ROMAN, KATAKANA, LATIN, GREEK -> text.jis0208(row, cell);
                case JIS_0212 -> text.jis0212(row, cell);
                case JIS_0213_1 -> text.jis0213(1, row, cell);
                case JIS_0213_2 -> text.jis0213(2, row, cell);
                case GB_2312 -> text.euc(row, cell, CharsetNames.GB18030);
                case KS_1001 -> text.euc(row, cell, CharsetNames.KOREAN);
            }
        }
    }

    /** Whether pairs of bytes are kana, punctuation or kanji of the first level, all of them. */
    private static boolean kana(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i += 2) {
            boolean kanji = bytes[i] >= 0x30 && bytes[i] <= 0x4f;
            if (!kanji && bytes[i] != 0x21 && bytes[i] != 0x23 && bytes[i] != 0x24 && bytes[i] != 0x25) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Escape escape(byte[] bytes, int at, int to) {
        if (to - at < 3) {
            return null;
        }
        int second = bytes[at + 2];
        return switch (bytes[at + 1]) {
            case '(' ->
                switch (second) {
                    case 'B', 'H' -> new Escape(Set.ASCII, 3);
                    case 'J' -> new Escape(Set.ROMAN, 3);
                    case 'I' -> new Escape(Set.KATAKANA, 3);
                    default -> null;
                };
            case '&' -> second == '@' ? new Escape(Set.ASCII, 3) : null;
            case '.' ->
                switch (second) {
                    case 'A' -> new Escape(Set.LATIN, 3);
                    case 'F' -> new Escape(Set.GREEK, 3);
                    default -> null;
                };
            case '$' ->
                switch (second) {
                    case '@', 'B' -> new Escape(Set.JIS_0208, 3);
                    case 'A' -> new Escape(Set.GB_2312, 3);
                    case '(' -> to - at < 4 ? null : escape(bytes[at + 3]);
                    default -> null;
                };
            default -> null;
        };
    }

    /** Behind {@code ESC $ (}. */
    private static @Nullable Escape escape(int last) {
        return switch (last) {
            case '@', 'B' -> new Escape(Set.JIS_0208, 4);
            case 'A' -> new Escape(Set.GB_2312, 4);
            case 'C' -> new Escape(Set.KS_1001, 4);
            case 'D' -> new Escape(Set.JIS_0212, 4);
            case 'O', 'Q' -> new Escape(Set.JIS_0213_1, 4);
            case 'P' -> new Escape(Set.JIS_0213_2, 4);
            default -> null;
        };
    }
}
