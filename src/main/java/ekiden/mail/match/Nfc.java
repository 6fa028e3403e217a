package ekiden.mail.match;

import java.text.Normalizer;

/**
 * NFC, and of {@link JisTwins} one for both, with a fast answer for text that is so already: nearly every text of a mail is, and each of them is
 * looked at.
 */
final class Nfc {
    /** One in each of the four characters of a long. */
    private static final long EACH = 0x0001_0001_0001_0001L;
    /** The group of the marks. */
    private static final long MARKS = 0x3098 >>> 3;
    /** Bits of a character that tell those of a group of eight apart. */
    private static final int GROUP = 3;
    /** The groups that have a character that may change. Never written again. */
    private static final byte[] CHANGING = changing();

    private Nfc() {}

    static String of(String text) {
        Fours fours = new Fours(text);
        boolean twins = false;
        while (fours.next()) {
            char[] piece = fours.characters();
            for (int i = plain(fours) ? fours.end() : 0; i < fours.end(); i++) {
                if (!composed(piece[i])) {
                    return JisTwins.one(Marks.normal(text, Normalizer.Form.NFC), false);
                }
                twins |= JisTwins.one(piece[i], false) != piece[i];
            }
        }
        return twins ? JisTwins.one(text, false) : text;
    }

    /** Whether a piece of a text has nothing that changes, which is told fast; where all pieces are so, the text is what {@link #of} makes of it. */
    static boolean plain(Fours fours) {
        return plain(fours.longs(), (fours.end() + 3) / 4) || !mayChange(fours.characters(), fours.end());
    }

    /**
     * Whether all characters are below U+0300, or from U+3000 to U+9FFF without the eight around the marks that join kana; for most texts that is all. Sixteen
     * and more characters at once on processors that can.
     */
    private static boolean plain(long[] fours, int count) {
        long others = 0;
        for (int i = 0; i < count; i++) {
            long four = fours[i];
            long high = (four >>> 12) & (0xf * EACH);
            long kana = ((high + 0xd * EACH) & ~(high + 0x6 * EACH)) >>> 4;
            long unmarked = ((((four >>> 3) & (0x1fff * EACH)) ^ (MARKS * EACH)) + 0x7fff * EACH) >>> 15;
            long latin = ~(((four >>> 8) & (0xff * EACH)) + 0xfd * EACH) >>> 8;
            others |= ~((kana & unmarked) | latin);
        }
        return (others & EACH) == 0;
    }

    /** Whether there is a character of a group that has one that may change. Without branches: characters of many kinds come in no order that a processor could foresee. */
    private static boolean mayChange(char[] chunk, int count) {
        int any = 0;
        for (int i = 0; i < count; i++) {
            any |= CHANGING[chunk[i] >>> GROUP];
        }
        return any != 0;
    }

    private static byte[] changing() {
        byte[] groups = new byte[1 << (Character.SIZE - GROUP)];
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            if (!composed((char) c) || JisTwins.one((char) c, false) != c) {
                groups[c >>> GROUP] = 1;
            }
        }
        return groups;
    }

    /** Blocks that hold nothing that NFC changes or joins: common punctuation, kana, kanji, hangul, full-width forms. */
    private static boolean composed(char c) {
        return c < 0x300
                || (c >= 0x3000 && c <= 0x3098)
                || (c >= 0x309b && c <= 0x9fff)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xff01 && c <= 0xffef)
                || (c >= 0x2010 && c <= 0x2027)
                || (c >= 0x2460 && c <= 0x24ff)
                || c == 0x2225;
    }
}
