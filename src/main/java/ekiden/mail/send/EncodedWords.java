package ekiden.mail.send;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Encoded words (RFC 2047): in UTF-8 base64 or Q, whichever is shorter for the whole text, in ISO-2022-JP base64; at most 75 characters each; never
 * cut inside a character, and each begins and ends in ASCII. Pure.
 */
final class EncodedWords {
    /** Longest encoded word (RFC 2047 §2). */
    static final int MAX = 75;

    private static final int FRAME = "=?UTF-8?B??=".length();
    private static final int JIS_FRAME = "=?ISO-2022-JP?B??=".length();
    private static final String Q_PLAIN = "!*+-/";
    private static final String HEX = "0123456789ABCDEF";

    private EncodedWords() {}

    /**
     * @param text well formed, without line break, carried by {@code coding}
     * @param firstRoom characters left on the first line, at least {@link Coding#minRoom}
     * @param coding in what
     * @return words in order; readers join them without the space between
     */
    static List<String> of(String text, int firstRoom, Coding coding) {
        return switch (coding) {
            case UTF_8 -> utf8(text, firstRoom);
            case ISO_2022_JP -> jis(text, firstRoom);
        };
    }

    private static List<String> jis(String text, int firstRoom) {
        List<String> words = new ArrayList<>();
        int room = Math.min(firstRoom, MAX) - JIS_FRAME;
        int begin = 0;
        int bytes = 0;
        boolean wide = false;
        for (int i = 0; i < text.length(); ) {
            boolean next = JisText.isWide(text.charAt(i));
            int nextBytes = bytes + (next ? 2 : 1) + (next == wide ? 0 : JisText.SHIFT);
            int ended = nextBytes + (next ? JisText.SHIFT : 0);
            if ((ended + 2) / 3 * 4 > room && i > begin) {
                words.add(jisWord(text.substring(begin, i)));
                begin = i;
                bytes = 0;
                wide = false;
                room = MAX - JIS_FRAME;
                continue;
            }
            bytes = nextBytes;
            wide = next;
            i++;
        }
        words.add(jisWord(text.substring(begin)));
        return words;
    }

    private static String jisWord(String text) {
        return "=?ISO-2022-JP?B?" + Base64.getEncoder().encodeToString(JisText.bytes(text)) + "?=";
    }

    private static List<String> utf8(String text, int firstRoom) {
        boolean q = qLength(text) <= (text.getBytes(StandardCharsets.UTF_8).length + 2) / 3 * 4;
        List<String> words = new ArrayList<>();
        int room = Math.min(firstRoom, MAX) - FRAME;
        int begin = 0;
        int bytes = 0;
        int cost = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int nextBytes = bytes + utf8Length(point);
            int nextCost = q ? cost + qCost(point) : (nextBytes + 2) / 3 * 4;
            if (nextCost > room && i > begin) {
                words.add(word(text.substring(begin, i), q));
                begin = i;
                bytes = 0;
                cost = 0;
                room = MAX - FRAME;
                continue;
            }
            bytes = nextBytes;
            cost = nextCost;
            i += Character.charCount(point);
        }
        words.add(word(text.substring(begin), q));
        return words;
    }

    private static String word(String text, boolean q) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return q
                ? "=?UTF-8?Q?" + q(bytes) + "?="
                : "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
    }

    private static String q(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length * 2);
        for (byte b : bytes) {
            if (b == ' ') {
                out.append('_');
            } else if (isQPlain(b)) {
                out.append((char) b);
            } else {
                out.append('=').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
            }
        }
        return out.toString();
    }

    private static int qLength(String text) {
        return text.codePoints().map(EncodedWords::qCost).sum();
    }

    private static int qCost(int point) {
        return point == ' ' || isQPlain(point) ? 1 : 3 * utf8Length(point);
    }

    // The small set that is allowed in a display name too (RFC 2047 §5 rule 3).
    private static boolean isQPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || (c > 0 && c < 128 && Q_PLAIN.indexOf(c) >= 0);
    }

    private static int utf8Length(int point) {
        if (point < 0x80) {
            return 1;
        }
        if (point < 0x800) {
            return 2;
        }
        return point < 0x10000 ? 3 : 4;
    }
}
