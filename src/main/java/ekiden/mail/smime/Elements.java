package ekiden.mail.smime;

/**
 * Counts the elements of BER (X.690 §8.1) before the library makes objects of them, many times their size. Linear; descends into constructed elements only:
 * what lies in strings is for whoever reads that.
 */
final class Elements {
    /** Longest length of a length that an array can have. */
    private static final int LENGTH_BYTES = 4;

    private final byte[] bytes;
    /** Where the elements around this one end. */
    private final int[] ends = new int[SmimeLimits.DEPTH];

    private final boolean[] untilMark = new boolean[SmimeLimits.DEPTH];
    private int depth;
    private int at;

    private Elements(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param bytes one element, and perhaps something behind it
     * @param most elements that are wanted
     * @return whether there are not more, nor too many inside each other, and none is longer than the one around it
     */
    static boolean within(byte[] bytes, int most) {
        Elements elements = new Elements(bytes);
        int count = 0;
        do {
            if (count == most || !elements.one()) {
                return false;
            }
            count++;
            elements.leave();
        } while (elements.depth > 0);
        return true;
    }

    private int end() {
        return depth == 0 ? bytes.length : ends[depth - 1];
    }

    /** Where an element ends by its length, the one around it may end too. */
    private void leave() {
        while (depth > 0 && !untilMark[depth - 1] && at == ends[depth - 1]) {
            depth--;
        }
    }

    /** Reads one element, or the beginning of one that has others in it; {@return whether it is one} */
    private boolean one() {
        if (end() - at < 2) {
            return false;
        }
        int tag = bytes[at];
        at++;
        if ((tag & 0x1f) == 0x1f) {
            while (at < end() && bytes[at] < 0) {
                at++;
            }
            at++;
        }
        if (at >= end()) {
            return false;
        }
        int first = bytes[at] & 0xff;
        at++;
        boolean constructed = (tag & 0x20) != 0;
        if (first == 0x80) {
            return constructed && enter(end(), true);
        }
        long length = first < 0x80 ? first : length(first & 0x7f);
        if (length < 0 || length > end() - at) {
            return false;
        }
        if (constructed) {
            return enter(at + (int) length, false);
        }
        at += (int) length;
        if (tag == 0 && depth > 0 && untilMark[depth - 1]) {
            depth--;
        }
        return true;
    }

    private long length(int count) {
        if (count > LENGTH_BYTES || count > end() - at) {
            return -1;
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | (bytes[at] & 0xff);
            at++;
        }
        return length;
    }

    private boolean enter(int end, boolean mark) {
        if (depth == ends.length) {
            return false;
        }
        ends[depth] = end;
        untilMark[depth] = mark;
        depth++;
        return true;
    }
}
