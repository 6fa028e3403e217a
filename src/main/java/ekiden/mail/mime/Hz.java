package ekiden.mail.mime;

import java.nio.charset.Charset;

/** HZ (RFC 1843), which the JDK does not know: GB 2312 between <code>~{</code> and <code>~}</code>. */
final class Hz implements TextCodec {
    static final Hz CODEC = new Hz();

    private Hz() {}

    @Override
    public String name() {
        return "HZ-GB-2312";
    }

    @Override
    public Text decode(byte[] bytes, int from, int to) {
        byte[] eight = new byte[to - from];
        int put = 0;
        boolean chinese = false;
        int at = from;
        while (at < to) {
            byte b = bytes[at];
            byte next = at + 1 < to ? bytes[at + 1] : 0;
            at++;
            if (b == '~' && (next == '{' || next == '}')) {
                chinese = next == '{';
                at++;
            } else if (b == '~' && (next == '\n' || next == '~') && !chinese) {
                at++;
                if (next == '~') {
                    eight[put] = b;
                    put++;
                }
            } else {
                chinese &= b != '\n';
                eight[put] = chinese && b > ' ' ? (byte) (b | 0x80) : b;
                put++;
            }
        }
        return TextCodec.of(Charset.forName(CharsetNames.GB18030)).decode(eight, 0, put);
    }
}
