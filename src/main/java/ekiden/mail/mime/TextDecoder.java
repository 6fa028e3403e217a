package ekiden.mail.mime;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Bytes and what they are declared to be → text. The declaration is checked: where the bytes cannot be that, or read far
 * better as something else, the character set is guessed, and the guess is told.
 */
final class TextDecoder {
    private static final int ESC = 0x1b;

    private TextDecoder() {}

    /**
     * @param text what it says
     * @param oddity what was odd, or null
     */
    record Decoded(String text, @Nullable MimeMessage oddity) {}

    /** What kinds of bytes there are. */
    private enum Kind {
        ASCII,
        /** ASCII with zeros between. */
        ZEROS,
        ESCAPED,
        EIGHT_BIT
    }

    /** Decodes {@code bytes[from, to)}; {@code label} is null where nothing is declared. */
    static Decoded decode(byte[] bytes, int from, int to, @Nullable String label) {
        return decode(bytes, from, to, label, null);
    }

    /**
     * As {@link #decode(byte[], int, int, String)}.
     *
     * @param hint what is declared elsewhere, weighed where the label is none or wrong; or null
     */
    static Decoded decode(byte[] bytes, int from, int to, @Nullable String label, @Nullable TextCodec hint) {
        Kind kind = kind(bytes, from, to);
        TextCodec declared = label == null ? null : Charsets.find(label);
        if (kind == Kind.ZEROS && !Utf16.looksLike(bytes, from, to)) {
            kind = Kind.ASCII;
        }
        if (kind == Kind.ASCII && (declared == null || asciiIsAscii(declared))) {
            return ascii(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1), declared);
        }
        boolean escaped = kind != Kind.ASCII && Iso2022Jp.announced(bytes, from, to);
        if (declared == null) {
            TextCodec.Text guess = CharsetGuess.guess(bytes, from, to, escaped, hint);
            return told(
                    guess,
                    label == null || label.isBlank() ? MimeMessage.CHARSET_MISSING : MimeMessage.CHARSET_UNKNOWN);
        }
        if (asciiIsAscii(declared)) {
            if (kind == Kind.ZEROS) {
                return told(Utf16.CODEC.decode(bytes, from, to), MimeMessage.CHARSET_LIES);
            }
            if (escaped && !declared.equals(Iso2022Jp.CODEC)) {
                return told(CharsetGuess.guess(bytes, from, to, true, hint), MimeMessage.CHARSET_LIES);
            }
        }
        return checked(declared, bytes, from, to, hint);
    }

    private static Decoded ascii(String text, @Nullable TextCodec declared) {
        boolean japanese = declared != null && declared.equals(Iso2022Jp.CODEC);
        String whole = japanese || declared == null ? LostEscapes.read(text, japanese) : null;
        return whole == null ? new Decoded(text, null) : new Decoded(whole, MimeMessage.ESCAPES_LOST);
    }

    private static Decoded checked(TextCodec declared, byte[] bytes, int from, int to, @Nullable TextCodec hint) {
        TextCodec.Text text = declared.decode(bytes, from, to);
        if (text.bad() == 0) {
            TextCodec.Text other = CharsetGuess.instead(bytes, from, to, declared, text);
            return other == null ? new Decoded(text.text(), null) : told(other, MimeMessage.CHARSET_LIES);
        }
        boolean escaped = Iso2022Jp.announced(bytes, from, to);
        TextCodec.Text guess = CharsetGuess.guess(bytes, from, to, escaped, hint == null ? declared : hint);
        return guess.bad() < text.bad()
                ? told(guess, MimeMessage.CHARSET_LIES)
                : new Decoded(text.text(), MimeMessage.NOT_DECODABLE);
    }

    private static Decoded told(TextCodec.Text text, MimeMessage oddity) {
        return new Decoded(text.text(), text.bad() > 0 ? MimeMessage.NOT_DECODABLE : oddity);
    }

    private static boolean asciiIsAscii(TextCodec codec) {
        String name = codec.name();
        boolean escapes = name.startsWith("ISO-2022") && !codec.equals(Iso2022Jp.CODEC);
        boolean wide = name.startsWith("UTF-7") || name.startsWith("UTF-16") || name.startsWith("UTF-32");
        return !escapes && !wide && !codec.equals(Hz.CODEC) && !name.startsWith("IBM") && !name.startsWith("x-IBM");
    }

    private static Kind kind(byte[] bytes, int from, int to) {
        boolean escape = false;
        boolean zeros = false;
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return Kind.EIGHT_BIT;
            }
            escape |= bytes[i] == ESC;
            zeros |= bytes[i] == 0;
        }
        return escape ? Kind.ESCAPED : zeros ? Kind.ZEROS : Kind.ASCII;
    }
}
