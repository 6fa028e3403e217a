package ekiden.mail.match;

import java.text.Normalizer;

/**
 * NFC, and of {@link JisTwins} one for both, with a fast answer for text that is so already: nearly every text of a mail is, and each of them is
 * looked at.
 */
final class Nfc {
    private static final int CHUNK = 512;
    /** Bits of a character that tell those of a group of eight apart. */
    private static final int GROUP = 3;
    /** The groups that have a character that may change. Never written again. */
    private static final byte[] CHANGING = changing();

    private Nfc() {}

    static String of(String text) {
        char[] chunk = new char[Math.min(CHUNK, text.length())];
        boolean twins = false;
        for (int from = 0; from < text.length(); from += chunk.length) {
            int count = Math.min(chunk.length, text.length() - from);
            text.getChars(from, from + count, chunk, 0);
            for (int i = mayChange(chunk, count) ? 0 : count; i < count; i++) {
                if (!composed(chunk[i])) {
                    return JisTwins.one(Normalizer.normalize(text, Normalizer.Form.NFC), false);
                }
                twins |= JisTwins.one(chunk[i], false) != chunk[i];
            }
        }
        return twins ? JisTwins.one(text, false) : text;
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
