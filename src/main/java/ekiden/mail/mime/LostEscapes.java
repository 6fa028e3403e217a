package ekiden.mail.mime;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * ISO-2022-JP that lost its escape characters because something on the way takes out what cannot be printed: of テスト is left
 * {@code $B%F%9%H(B}. It is read where every {@code $B} and {@code $@} begins pairs of bytes that are all characters and end
 * with {@code (B} or {@code (J}, and what comes of it is likely Japanese; prices and programs stay as they are.
 */
final class LostEscapes {
    /** So many bits a character may have on average where the mail says ISO-2022-JP: rare kanji stand beside frequent ones. */
    private static final int MOST_DECLARED = 18;
    /** As {@link #MOST_DECLARED}, where it says nothing. */
    private static final int MOST_OTHERWISE = 12;

    /** So many kana and kanji must come where the mail says nothing. */
    private static final int LEAST_OTHERWISE = 2;

    private static final char ESC = 0x1b;
    private static final int SHIFT = 2;

    private LostEscapes() {}

    /**
     * @param ascii the text as it stands, no character behind ASCII in it and no escape
     * @param declared whether the mail says ISO-2022-JP
     * @return the text as it was, or null where it is likelier that it always stood like this
     */
    static @Nullable String read(String ascii, boolean declared) {
        int at = begin(ascii, 0);
        if (at < 0) {
            return null;
        }
        StringBuilder escaped = new StringBuilder(ascii.length() + ascii.length() / 4);
        int pairs = 0;
        int from = 0;
        while (at >= 0) {
            int end = end(ascii, at + SHIFT);
            boolean word = end >= 0 && !declared && isWordInCapitals(ascii, at + SHIFT, end);
            if (end < 0 || word || escapeIsEncoded(ascii, at)) {
                return null;
            }
            pairs += (end - at - SHIFT) / 2;
            escaped.append(ascii, from, at).append(ESC).append(ascii, at, end).append(ESC);
            from = end;
            at = begin(ascii, end + SHIFT);
        }
        byte[] bytes = escaped.append(ascii, from, ascii.length()).toString().getBytes(StandardCharsets.ISO_8859_1);
        TextCodec.Text text = Iso2022Jp.CODEC.decode(bytes, 0, bytes.length);
        return pairs > 0 && text.bad() == 0 && isJapanese(text.text(), pairs, declared) ? text.text() : null;
    }

    private static boolean isJapanese(String text, int pairs, boolean declared) {
        long bits = 0;
        int letters = 0;
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bits += Language.JAPANESE.bits(before, c, i + 1 < text.length() ? text.charAt(i + 1) : ' ');
                letters += Character.isLetter(c) ? 1 : 0;
            }
            before = c;
        }
        return declared
                ? bits <= (long) pairs * MOST_DECLARED
                : letters >= LEAST_OTHERWISE && bits <= (long) pairs * MOST_OTHERWISE;
    }

    /** Where {@code $B} or {@code $@} stands, or -1. */
    private static int begin(String text, int from) {
        int at = text.indexOf('$', from);
        while (at >= 0 && at + 1 < text.length() && text.charAt(at + 1) != 'B' && text.charAt(at + 1) != '@') {
            at = text.indexOf('$', at + 1);
        }
        return at + 1 < text.length() ? at : -1;
    }

    /** Where {@code (B} or {@code (J} stands behind whole pairs, or -1; neither is a pair that is a character. */
    private static int end(String text, int from) {
        int at = from;
        while (at + 1 < text.length() && inPair(text.charAt(at)) && inPair(text.charAt(at + 1))) {
            char second = text.charAt(at + 1);
            if (text.charAt(at) == '(' && (second == 'B' || second == 'J')) {
                return at;
            }
            at += 2;
        }
        return -1;
    }

    private static boolean inPair(char c) {
        return c > ' ' && c < 0x7f;
    }

    /** Whether {@code =1B} or {@code %1B} stands in front: that escape is not lost. */
    private static boolean escapeIsEncoded(String text, int at) {
        return text.regionMatches(true, at - 2, "1b", 0, 2);
    }

    /** Whether that can be the rest of a name like {@code $BLOCK}. */
    private static boolean isWordInCapitals(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_') {
                return false;
            }
        }
        return true;
    }
}
