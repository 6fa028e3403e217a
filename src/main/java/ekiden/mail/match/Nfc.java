package ekiden.mail.match;

import java.text.Normalizer;

/** NFC, with a fast answer for text that cannot be anything else. */
final class Nfc {
    private Nfc() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x300 && !composed(c)) {
                return Normalizer.normalize(text, Normalizer.Form.NFC);
            }
        }
        return text;
    }

    /** Blocks that hold nothing that NFC changes or joins: common punctuation, kana, kanji, hangul, full-width forms. */
    private static boolean composed(char c) {
        return (c >= 0x3000 && c <= 0x3098)
                || (c >= 0x309b && c <= 0x9fff)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xff01 && c <= 0xffef)
                || (c >= 0x2010 && c <= 0x2027)
                || (c >= 0x2460 && c <= 0x24ff);
    }
}
