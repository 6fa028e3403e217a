package ekiden.mail.mime;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Bytes and what they are declared to be → text. The declaration is checked: where the bytes cannot be that, the
 * character set is guessed, and the guess is told.
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
        ESCAPED,
        EIGHT_BIT
    }

    /** Decodes {@code bytes[from, to)}; {@code label} is null where nothing is declared. */
    static Decoded decode(byte[] bytes, int from, int to, @Nullable String label) {
        Kind kind = kind(bytes, from, to);
        TextCodec declared = label == null ? null : Charsets.find(label);
        if (kind == Kind.ASCII && (declared == null || asciiIsAscii(declared))) {
            return new Decoded(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1), null);
        }
        boolean escaped = kind != Kind.ASCII && Iso2022Jp.announced(bytes, from, to);
        if (declared == null) {
            TextCodec.Text guess = CharsetGuess.guess(bytes, from, to, escaped, null);
            return told(
                    guess,
                    label == null || label.isBlank() ? MimeMessage.CHARSET_MISSING : MimeMessage.CHARSET_UNKNOWN);
        }
        if (escaped
                && kind == Kind.ESCAPED
                && !declared.equals(Iso2022Jp.CODEC)
                && !declared.name().startsWith("ISO-2022")) {
            return told(Iso2022Jp.CODEC.decode(bytes, from, to), MimeMessage.CHARSET_LIES);
        }
        TextCodec.Text text = declared.decode(bytes, from, to);
        boolean doubtful = text.bad() > 0 || (isLatin(declared) && CharsetGuess.utf8OfAsia(bytes, from, to));
        return doubtful ? better(text, bytes, from, to, escaped) : new Decoded(text.text(), null);
    }

    private static Decoded better(TextCodec.Text text, byte[] bytes, int from, int to, boolean escaped) {
        TextCodec.Text guess = CharsetGuess.guess(bytes, from, to, escaped, null);
        boolean latin = text.bad() == 0;
        if (guess.bad() < text.bad() || (latin && guess.bad() == 0)) {
            return told(guess, MimeMessage.CHARSET_LIES);
        }
        return new Decoded(text.text(), latin ? null : MimeMessage.NOT_DECODABLE);
    }

    private static Decoded told(TextCodec.Text text, MimeMessage oddity) {
        return new Decoded(text.text(), text.bad() > 0 ? MimeMessage.NOT_DECODABLE : oddity);
    }

    private static boolean asciiIsAscii(TextCodec codec) {
        String name = codec.name();
        boolean escapes = name.startsWith("ISO-2022") && !codec.equals(Iso2022Jp.CODEC);
        boolean wide = name.startsWith("UTF-7") || name.startsWith("UTF-16") || name.startsWith("UTF-32");
        return !escapes && !wide && !name.startsWith("IBM") && !name.startsWith("x-IBM");
    }

    private static boolean isLatin(TextCodec codec) {
        return codec.name().startsWith("windows-1252") || codec.name().startsWith("ISO-8859-15");
    }

    private static Kind kind(byte[] bytes, int from, int to) {
        boolean escape = false;
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return Kind.EIGHT_BIT;
            }
            escape |= bytes[i] == ESC;
        }
        return escape ? Kind.ESCAPED : Kind.ASCII;
    }
}
