package ekiden.mail.mime;

/**
 * What speaks for bytes being UTF-8.
 *
 * @param bad bytes behind ASCII that are in no sequence as UTF-8 has them
 * @param two sequences of two bytes
 * @param more sequences of three or four bytes
 */
record Utf8Look(int bad, int two, int more) {
    boolean valid() {
        return bad == 0;
    }

    /** {@return whether that is no accident}: other texts hardly ever look like this */
    boolean sure() {
        return bad == 0 && (more >= 1 || two >= 3);
    }

    /** {@return whether that is UTF-8 of which few bytes were damaged} */
    boolean damaged() {
        return bad > 0 && bad * 20L < 2L * two + 3L * more;
    }

    static Utf8Look at(byte[] bytes, int from, int to) {
        int bad = 0;
        int two = 0;
        int more = 0;
        int i = from;
        while (i < to) {
            int first = bytes[i] & 0xff;
            i++;
            if (first >= 0x80) {
                int behind = first >= 0xf0 && first <= 0xf4 ? 3 : first >= 0xe0 ? 2 : 1;
                boolean whole = first >= 0xc2 && first <= 0xf4 && follow(bytes, i, to, behind);
                i += whole ? behind : 0;
                bad += whole ? 0 : 1;
                two += whole && behind == 1 ? 1 : 0;
                more += whole && behind > 1 ? 1 : 0;
            }
        }
        return new Utf8Look(bad, two, more);
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
