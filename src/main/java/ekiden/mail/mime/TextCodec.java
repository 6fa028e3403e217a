package ekiden.mail.mime;

import java.nio.charset.Charset;

/** Bytes to characters in one character set. Never fails: what is no character becomes U+FFFD. */
interface TextCodec {
    /** What a byte that is no character becomes. */
    char BAD = '\ufffd';

    /**
     * @param text the characters
     * @param bad how many places could not be decoded
     */
    record Text(String text, int bad) {}

    Text decode(byte[] bytes, int from, int to);

    /** {@return a name for logs and tests} */
    String name();

    /** A character set that the JDK knows. */
    static TextCodec of(Charset charset) {
        return new Jdk(charset);
    }

    /** See {@link #of}. */
    record Jdk(Charset charset) implements TextCodec {
        @Override
        public Text decode(byte[] bytes, int from, int to) {
            String text = new String(bytes, from, to - from, charset);
            return new Text(text, bad(text));
        }

        @Override
        public String name() {
            return charset.name();
        }
    }

    /** {@return how often U+FFFD stands in a text} */
    static int bad(String text) {
        int bad = 0;
        for (int at = text.indexOf(BAD); at >= 0; at = text.indexOf(BAD, at + 1)) {
            bad++;
        }
        return bad;
    }

    /** {@return the text, with U+FFFD for each half of a surrogate pair that stands alone} */
    static String withoutHalves(StringBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                text.setCharAt(i, BAD);
            }
        }
        return text.toString();
    }
}
