package ekiden.mail.mime;

import ekiden.base.Ascii;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encoded words (RFC 2047), read as they are sent: cut inside a character (neighbours of one character set are joined as
 * bytes), glued to other text, inside quotes, with spaces, with several encodings in one value. Linear in the length.
 */
final class EncodedWords {
    private static final int MAX_CHARSET = 80;
    /** RFC 2047 allows 75; longer ones are sent, but are not searched for question marks inside. */
    private static final int MAX_WORD = 1000;

    private final String value;
    private final Set<MimeMessage> oddities;
    private final StringBuilder text;
    /** Bytes of the words that were read but not decoded, and their character set. */
    private byte[] held = new byte[256];

    private int holding;
    private @Nullable String charset;
    /** Digits of base64 that do not make whole bytes yet, and how many. */
    private int group;

    private int digits;
    /** Behind this position no {@code ?=} was found. */
    private int noEndBehind = Integer.MAX_VALUE;

    private EncodedWords(String value, Set<MimeMessage> oddities) {
        this.value = value;
        this.oddities = oddities;
        this.text = new StringBuilder(value.length());
    }

    /** A word: its character set, encoding B or Q, and where its text begins and ends; the word ends two behind. */
    private record Word(String charset, boolean base64, int from, int to) {}

    static String decode(String value, Set<MimeMessage> oddities) {
        return value.contains("=?") ? new EncodedWords(value, oddities).run() : value;
    }

    private String run() {
        int at = 0;
        while (at < value.length()) {
            int start = value.indexOf("=?", at);
            Word word = start < 0 ? null : word(start);
            if (word == null) {
                int plainEnd = start < 0 ? value.length() : start + 2;
                plain(at, plainEnd);
                at = plainEnd;
            } else {
                if (charset == null || !blank(at, start)) {
                    plain(at, start);
                }
                take(word);
                at = word.to + 2;
            }
        }
        release();
        return text.toString();
    }

    private boolean blank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (value.charAt(i) > ' ') {
                return false;
            }
        }
        return true;
    }

    private void plain(int from, int to) {
        if (from < to) {
            release();
            text.append(value, from, to);
        }
    }

    private @Nullable Word word(int start) {
        int charsetEnd = value.indexOf('?', start + 2);
        if (charsetEnd < 0 || charsetEnd - start > MAX_CHARSET || charsetEnd + 2 >= value.length()) {
            return null;
        }
        char encoding = value.charAt(charsetEnd + 1);
        boolean base64 = encoding == 'B' || encoding == 'b';
        boolean quoted = encoding == 'Q' || encoding == 'q';
        if (value.charAt(charsetEnd + 2) != '?' || (!base64 && !quoted)) {
            return null;
        }
        int from = charsetEnd + 3;
        int to = from >= noEndBehind ? -1 : value.indexOf("?=", from);
        if (to < 0) {
            noEndBehind = Math.min(noEndBehind, from);
            return null;
        }
        to = base64 ? to : pastQuestionMarks(from, to);
        String label = value.substring(start + 2, charsetEnd);
        int language = label.indexOf('*');
        return new Word(language < 0 ? label : label.substring(0, language), base64, from, to);
    }

    /** A raw question mark in front of {@code =E3} looks like the end of a word. */
    private int pastQuestionMarks(int from, int firstEnd) {
        int end = firstEnd;
        while (end + 3 < value.length()
                && end - from < MAX_WORD
                && QuotedPrintableDecoder.hex(value.charAt(end + 2)) >= 0
                && QuotedPrintableDecoder.hex(value.charAt(end + 3)) >= 0) {
            int next = value.indexOf("?=", end + 2);
            int blank = end + 2;
            while (blank < next && value.charAt(blank) > ' ' && !value.startsWith("=?", blank)) {
                blank++;
            }
            if (next < 0 || blank < next) {
                return firstEnd;
            }
            end = next;
        }
        return end;
    }

    private void take(Word word) {
        String label = Ascii.lower(word.charset);
        if (!label.equals(charset)) {
            release();
            charset = label;
        }
        if (word.base64) {
            base64(word);
        } else {
            quoted(word);
        }
    }

    private void base64(Word word) {
        for (int i = word.from; i < word.to; i++) {
            char c = value.charAt(i);
            int digit = c < 256 ? Base64Decoder.DIGITS[c] : -1;
            if (digit >= 0) {
                group = group << 6 | digit;
                digits++;
                if (digits == 4) {
                    hold(group >> 16);
                    hold(group >> 8);
                    hold(group);
                    group = 0;
                    digits = 0;
                }
            } else if (c == '=') {
                endOfBase64();
            }
        }
        boolean goesOn = digits == 1 || (digits == 2 && (group & 0xf) != 0) || (digits == 3 && (group & 3) != 0);
        if (!goesOn && !nextNeedsThese(word)) {
            endOfBase64();
        }
    }

    /** Whether the digits that are left over here, all of their bits zero, are what the next word lacks at its beginning. */
    private boolean nextNeedsThese(Word word) {
        int at = word.to + 2;
        while (at < value.length() && value.charAt(at) <= ' ') {
            at++;
        }
        Word next = digits > 0 && value.startsWith("=?", at) ? word(at) : null;
        return next != null
                && next.base64
                && Ascii.lower(next.charset).equals(charset)
                && !whole(next, 0)
                && whole(next, digits);
    }

    /** Whether a word behind so many digits more makes whole bytes, with the padding that it has, if any. */
    private boolean whole(Word word, int before) {
        int count = before;
        int padding = 0;
        int last = 0;
        for (int i = word.from; i < word.to; i++) {
            char c = value.charAt(i);
            int digit = c < 256 ? Base64Decoder.DIGITS[c] : -1;
            count += digit >= 0 ? 1 : 0;
            padding += c == '=' ? 1 : 0;
            last = digit >= 0 ? digit : last;
        }
        boolean padded = padding == 0 || (count + padding) % 4 == 0;
        return padded
                && switch (count % 4) {
                    case 0 -> true;
                    case 2 -> (last & 0xf) == 0;
                    case 3 -> (last & 3) == 0;
                    default -> false;
                };
    }

    /** Padding is often missing; where bits are left over, the next word goes on with them. */
    private void endOfBase64() {
        if (digits == 3) {
            hold(group >> 10);
            hold(group >> 2);
        } else if (digits == 2) {
            hold(group >> 4);
        }
        group = 0;
        digits = 0;
    }

    private void quoted(Word word) {
        endOfBase64();
        int i = word.from;
        while (i < word.to) {
            char c = value.charAt(i);
            int high = c == '=' && i + 2 < word.to ? QuotedPrintableDecoder.hex(value.charAt(i + 1)) : -1;
            int low = high >= 0 ? QuotedPrintableDecoder.hex(value.charAt(i + 2)) : -1;
            if (low >= 0) {
                hold(high << 4 | low);
                i += 3;
            } else {
                holdChar(c == '_' ? ' ' : c);
                i++;
            }
        }
    }

    /** A raw character that stands in a word goes back to the bytes it has in the word's character set. */
    private void holdChar(char c) {
        if (c < 0x80) {
            hold(c);
            return;
        }
        TextCodec codec = charset == null ? null : Charsets.find(charset);
        Charset back =
                codec instanceof TextCodec.Jdk(Charset known) && known.canEncode() ? known : StandardCharsets.UTF_8;
        for (byte b : String.valueOf(c).getBytes(back)) {
            hold(b);
        }
    }

    private void hold(int value) {
        if (holding == held.length) {
            held = Arrays.copyOf(held, 2 * holding);
        }
        held[holding] = (byte) value;
        holding++;
    }

    private void release() {
        if (charset != null) {
            endOfBase64();
            TextDecoder.Decoded decoded = TextDecoder.decode(held, 0, holding, charset);
            text.append(decoded.text());
            if (decoded.oddity() != null) {
                oddities.add(decoded.oddity());
            }
            charset = null;
            holding = 0;
        }
    }
}
