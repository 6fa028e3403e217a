package ekiden.mail.mime;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * UTF-16 whose order of bytes is told by a byte order mark or, where there is none, by the bytes: of the characters that mails
 * have, the upper half takes few values. The mark does not become a character.
 */
final class Utf16 implements TextCodec {
    static final Utf16 CODEC = new Utf16();

    private static final TextCodec BIG = TextCodec.of(StandardCharsets.UTF_16BE);
    private static final TextCodec LITTLE = TextCodec.of(StandardCharsets.UTF_16LE);
    private static final int SAMPLE_BYTES = 4096;

    private Utf16() {}

    @Override
    public String name() {
        return "UTF-16";
    }

    @Override
    public Text decode(byte[] bytes, int from, int to) {
        TextCodec marked = marked(bytes, from, to);
        if (marked != null) {
            return marked.decode(bytes, from + 2, to);
        }
        return usual(bytes, from, to) < usual(bytes, from + 1, to)
                ? LITTLE.decode(bytes, from, to)
                : BIG.decode(bytes, from, to);
    }

    private static @Nullable TextCodec marked(byte[] bytes, int from, int to) {
        if (to - from < 2) {
            return null;
        }
        if (bytes[from] == (byte) 0xfe && bytes[from + 1] == (byte) 0xff) {
            return BIG;
        }
        return bytes[from] == (byte) 0xff && bytes[from + 1] == (byte) 0xfe ? LITTLE : null;
    }

    /** How often every second byte is the upper half of a character of ASCII, Latin-1, kana or punctuation of Asia. */
    private static int usual(byte[] bytes, int from, int to) {
        int usual = 0;
        for (int i = from; i < Math.min(to, from + SAMPLE_BYTES); i += 2) {
            usual += bytes[i] == 0 || bytes[i] == 0x30 ? 1 : 0;
        }
        return usual;
    }

    /** {@return whether bytes that declare another character set are UTF-16: a mark in front, or zeros at every second place} */
    static boolean looksLike(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + SAMPLE_BYTES);
        int[] zeros = new int[2];
        for (int i = from; i < end; i++) {
            zeros[(i - from) & 1] += bytes[i] == 0 ? 1 : 0;
        }
        int most = Math.max(zeros[0], zeros[1]);
        int least = Math.min(zeros[0], zeros[1]);
        return marked(bytes, from, to) != null
                ? to - from > 2 && (to - from) % 2 == 0
                : most * 5 > end - from && least * 20 < most;
    }
}
