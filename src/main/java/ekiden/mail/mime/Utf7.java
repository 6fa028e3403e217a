package ekiden.mail.mime;

/** UTF-7 (RFC 2152), which the JDK does not know. */
final class Utf7 implements TextCodec {
    static final Utf7 CODEC = new Utf7();

    private Utf7() {}

    @Override
    public String name() {
        return "UTF-7";
    }

    @Override
    public Text decode(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int at = from;
        while (at < to) {
            int value = bytes[at] & 0xff;
            if (value == '+') {
                at = shifted(bytes, at + 1, to, text);
            } else {
                text.append(value < 0x80 ? (char) value : BAD);
                at++;
            }
        }
        String decoded = TextCodec.withoutHalves(text);
        return new Text(decoded, TextCodec.bad(decoded));
    }

    private static int shifted(byte[] bytes, int from, int to, StringBuilder text) {
        int at = from;
        int held = 0;
        int bits = 0;
        while (at < to && Base64Decoder.DIGITS[bytes[at] & 0xff] >= 0) {
            held = held << 6 | Base64Decoder.DIGITS[bytes[at] & 0xff];
            bits += 6;
            if (bits >= 16) {
                bits -= 16;
                text.append((char) (held >> bits));
                held &= (1 << bits) - 1;
            }
            at++;
        }
        if (at < to && bytes[at] == '-') {
            if (at == from) {
                text.append('+');
            }
            return at + 1;
        }
        return at;
    }
}
