package ekiden.mail.mime;

/** EUC-JP with the characters of NEC and IBM (eucJP-win, CP51932). */
final class EucJp implements TextCodec {
    static final EucJp CODEC = new EucJp();

    private static final int SINGLE_SHIFT_2 = 0x8e;
    private static final int SINGLE_SHIFT_3 = 0x8f;

    private EucJp() {}

    @Override
    public String name() {
        return "EUC-JP";
    }

    @Override
    public Text decode(byte[] bytes, int from, int to) {
        JapaneseText text = new JapaneseText(to - from);
        int at = from;
        while (at < to) {
            at += character(bytes, at, to, text);
        }
        return text.finish();
    }

    private static int character(byte[] bytes, int at, int to, JapaneseText text) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            text.single(first);
            return 1;
        }
        int second = at + 1 < to ? bytes[at + 1] & 0xff : 0;
        if (second < 0xa1 || second == 0xff) {
            text.bad();
            return 1;
        }
        if (first == SINGLE_SHIFT_2 && second <= 0xdf) {
            text.single(second);
            return 2;
        }
        int third = at + 2 < to ? bytes[at + 2] & 0xff : 0;
        if (first == SINGLE_SHIFT_3 && third >= 0xa1 && third < 0xff) {
            text.jis0212(second - 0xa0, third - 0xa0);
            return 3;
        }
        if (first < 0xa1 || first == 0xff) {
            text.bad();
            return 1;
        }
        text.jis0208(first - 0xa0, second - 0xa0);
        return 2;
    }
}
