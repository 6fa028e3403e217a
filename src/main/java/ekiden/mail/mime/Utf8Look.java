package ekiden.mail.mime;

/**
 * What speaks for bytes being UTF-8.
 *
 * @param valid whether all bytes behind ASCII are in sequences as UTF-8 has them
 * @param two sequences of two bytes
 * @param more sequences of three or four bytes
 */
record Utf8Look(boolean valid, int two, int more) {
    private static final Utf8Look NO = new Utf8Look(false, 0, 0);

    /** {@return whether that is no accident}: other texts hardly ever look like this */
    boolean sure() {
        return valid && (more >= 2 || two >= 3 || (more == 1 && two == 0));
    }

    static Utf8Look at(byte[] bytes, int from, int to) {
        int two = 0;
        int more = 0;
        int i = from;
        while (i < to) {
            int first = bytes[i] & 0xff;
            i++;
            if (first >= 0x80) {
                int behind = first >= 0xf0 && first <= 0xf4 ? 3 : first >= 0xe0 ? 2 : 1;
                if (first < 0xc2 || first > 0xf4 || !follow(bytes, i, to, behind)) {
                    return NO;
                }
                i += behind;
                two += behind == 1 ? 1 : 0;
                more += behind == 1 ? 0 : 1;
            }
        }
        return new Utf8Look(true, two, more);
    }

    private static boolean follow(byte[] bytes, int from, int to, int count) {
        if (from + count > to) {
            return false;
        }
        for (int i = from; i < from + count; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                return false;
            }
        }
        return true;
    }
}
