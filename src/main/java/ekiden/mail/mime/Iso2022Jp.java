package ekiden.mail.mime;

import org.jspecify.annotations.Nullable;

/**
 * ISO-2022-JP (RFC 1468) as mails have it: with half-width katakana (CP50220, CP50221), JIS X 0212 (-1), JIS X 0213 (-3),
 * the characters of NEC and IBM (-MS), shifts that end with the line, raw 8-bit katakana.
 */
final class Iso2022Jp implements TextCodec {
    static final Iso2022Jp CODEC = new Iso2022Jp();

    private static final int ESC = 0x1b;
    private static final int SHIFT_OUT = 0x0e;
    private static final int SHIFT_IN = 0x0f;

    private Iso2022Jp() {}

    private enum Set {
        ASCII,
        KATAKANA,
        JIS_0208,
        JIS_0212,
        JIS_0213_1,
        JIS_0213_2
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
                if (escape != null && escape.set != Set.ASCII) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public Text decode(byte[] bytes, int from, int to) {
        JapaneseText text = new JapaneseText(to - from);
        boolean katakana = announced(bytes, from, to);
        Set set = Set.ASCII;
        Set before = Set.ASCII;
        int at = from;
        while (at < to) {
            int value = bytes[at] & 0xff;
            Escape escape = value == ESC ? escape(bytes, at, to) : null;
            if (escape != null) {
                set = escape.set;
                at += escape.length;
            } else if (value == SHIFT_OUT && set != Set.KATAKANA) {
                before = set;
                set = Set.KATAKANA;
                at++;
            } else if (value == SHIFT_IN) {
                set = before;
                at++;
            } else if (value <= ' ' || value == 0x7f) {
                set = value == '\n' || value == '\r' ? Set.ASCII : set;
                text.single(value);
                at++;
            } else {
                at += character(set, bytes, at, to, text, katakana);
            }
        }
        return text.finish();
    }

    private static int character(Set set, byte[] bytes, int at, int to, JapaneseText text, boolean katakana) {
        int value = bytes[at] & 0xff;
        if (value >= 0x80) {
            if (katakana && value >= 0xa1 && value <= 0xdf) {
                text.single(value);
            } else {
                text.bad();
            }
            return 1;
        }
        if (set == Set.ASCII || set == Set.KATAKANA) {
            text.single(set == Set.KATAKANA && value <= 0x5f ? value | 0x80 : value);
            return 1;
        }
        int second = at + 1 < to ? bytes[at + 1] & 0xff : 0;
        if (second < 0x21 || second > 0x7e) {
            text.bad();
            return 1;
        }
        int row = value - 0x20;
        int cell = second - 0x20;
        switch (set) {
            case JIS_0208, ASCII, KATAKANA -> text.jis0208(row, cell);
            case JIS_0212 -> text.jis0212(row, cell);
            case JIS_0213_1 -> text.jis0213(1, row, cell);
            case JIS_0213_2 -> text.jis0213(2, row, cell);
        }
        return 2;
    }

    private static @Nullable Escape escape(byte[] bytes, int at, int to) {
        if (to - at < 3) {
            return null;
        }
        int first = bytes[at + 1];
        int second = bytes[at + 2];
        if (first == '(') {
            return switch (second) {
                case 'B', 'J', 'H' -> new Escape(Set.ASCII, 3);
                case 'I' -> new Escape(Set.KATAKANA, 3);
                default -> null;
            };
        }
        if (first == '&' && second == '@') {
            return new Escape(Set.ASCII, 3);
        }
        if (first != '$') {
            return null;
        }
        if (second == '@' || second == 'B') {
            return new Escape(Set.JIS_0208, 3);
        }
        if (second != '(' || to - at < 4) {
            return null;
        }
        return switch (bytes[at + 3]) {
            case '@', 'B' -> new Escape(Set.JIS_0208, 4);
            case 'D' -> new Escape(Set.JIS_0212, 4);
            case 'O', 'Q' -> new Escape(Set.JIS_0213_1, 4);
            case 'P' -> new Escape(Set.JIS_0213_2, 4);
            default -> null;
        };
    }
}
