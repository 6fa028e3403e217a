package ekiden.mail.mime;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Guesses the character set of bytes that do not say it, or say something wrong. In this order: escape sequences of
 * ISO-2022-JP; valid UTF-8; the hint (what the rest of the mail declares), where it fits; single high bytes between
 * ASCII letters are Western; otherwise EUC-JP against windows-31j by how Japanese the outcome looks.
 */
final class CharsetGuess {
    /** How much is looked at to weigh the candidates. */
    private static final int SAMPLE_BYTES = 32 * 1024;

    private CharsetGuess() {}

    static TextCodec.Text guess(byte[] bytes, int from, int to, boolean escaped, @Nullable TextCodec hint) {
        int high = highBytes(bytes, from, to);
        if (escaped && high * 8L < to - from) {
            TextCodec.Text text = Iso2022Jp.CODEC.decode(bytes, from, to);
            if (text.bad() == 0 || high == 0) {
                return text;
            }
        }
        TextCodec.Text utf8 = Charsets.UTF_8.decode(bytes, from, to);
        if (utf8.bad() == 0 || utf8.bad() * 20L < high) {
            return utf8;
        }
        if (hint != null && !hint.equals(Charsets.UTF_8) && !hint.equals(Iso2022Jp.CODEC)) {
            TextCodec.Text hinted = hint.decode(bytes, from, to);
            if (hinted.bad() == 0) {
                return hinted;
            }
        }
        return best(bytes, from, to).decode(bytes, from, to);
    }

    private static TextCodec best(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + SAMPLE_BYTES);
        if (western(bytes, from, end)) {
            return Charsets.windows1252();
        }
        TextCodec windows = Charsets.windows31j();
        if (katakanaOnly(bytes, from, end)) {
            return windows;
        }
        TextCodec best = Charsets.UTF_8;
        int most = Integer.MIN_VALUE;
        for (TextCodec codec : new TextCodec[] {windows, EucJp.CODEC, Charsets.UTF_8, Charsets.windows1252()}) {
            int weight = weight(codec.decode(bytes, from, end).text());
            if (weight > most) {
                most = weight;
                best = codec;
            }
        }
        return best;
    }

    private static int highBytes(byte[] bytes, int from, int to) {
        int high = 0;
        for (int i = from; i < to; i++) {
            high += bytes[i] < 0 ? 1 : 0;
        }
        return high;
    }

    /** Whether the high bytes stand alone between others, as accented letters do. */
    private static boolean western(byte[] bytes, int from, int to) {
        int high = 0;
        int alone = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                boolean before = i > from && bytes[i - 1] < 0;
                boolean after = i + 1 < to && bytes[i + 1] < 0;
                high++;
                alone += before || after ? 0 : 1;
            }
        }
        return alone * 10 >= high * 9;
    }

    /** Whether all high bytes are half-width katakana of windows-31j and would be rare kanji in EUC-JP. */
    private static boolean katakanaOnly(byte[] bytes, int from, int to) {
        int high = 0;
        int rare = 0;
        int run = 0;
        for (int i = from; i < to; i++) {
            int value = bytes[i] & 0xff;
            if (value >= 0x80) {
                if (value < 0xa6 || value > 0xdf) {
                    return false;
                }
                high++;
                rare += run % 2 == 0 && value >= 0xd0 ? 1 : 0;
                run++;
            } else {
                rare += run % 2 == 1 ? 2 : 0;
                run = 0;
            }
        }
        rare += run % 2 == 1 ? 2 : 0;
        return high > 1 && rare * 4 >= high / 2;
    }

    /** Kana and common characters count for a candidate, what does not stand in real text counts against it. */
    private static int weight(String text) {
        int weight = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                weight += weight(c);
            }
        }
        return weight;
    }

    private static int weight(char c) {
        if (c == TextCodec.BAD) {
            return -12;
        }
        if (c < 0xa0 || (c >= 0xe000 && c <= 0xf8ff)) {
            return -8;
        }
        if (c >= 0x3040 && c <= 0x30ff) {
            return 3;
        }
        if ((c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3000 && c <= 0x303f) || (c >= 0xff01 && c <= 0xff5e)) {
            return 2;
        }
        return c >= 0xff61 && c <= 0xff9f ? -2 : 0;
    }

    /** Whether the bytes are UTF-8 with characters of three bytes: under a Western label that is no accident. */
    static boolean utf8OfAsia(byte[] bytes, int from, int to) {
        for (int i = from; i + 2 < to; i++) {
            if ((bytes[i] & 0xf0) == 0xe0 && (bytes[i + 1] & 0xc0) == 0x80 && (bytes[i + 2] & 0xc0) == 0x80) {
                return TextCodec.bad(new String(bytes, from, to - from, StandardCharsets.UTF_8)) == 0;
            }
        }
        return false;
    }
}
