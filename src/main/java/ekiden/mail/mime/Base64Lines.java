package ekiden.mail.mime;

import java.io.IOException;
import java.util.Base64;

/**
 * Decodes many lines of base64 of the same length together, by the JDK's decoder, which uses what the processor has for that. All senders write such lines (RFC 2045 §6.8: at most
 * 76 digits); whatever is not so is left to {@link Base64Decoder}, digit by digit.
 */
final class Base64Lines {
    /** So many lines are decoded at once. */
    static final int TOGETHER = 64;

    private static final int MOST_DIGITS = 76;
    private static final byte[] NONE = {};

    /** Tries that may fail, in a row or beside those that do not: a text of which lines differ is not looked at twice for ever. */
    private static final int TRIES = 64;

    private final TransferDecoder decoder;
    private int tries = TRIES;
    private byte[] digits = NONE;
    private byte[] decoded = NONE;

    /** @param decoder takes what is decoded */
    Base64Lines(TransferDecoder decoder) {
        this.decoder = decoder;
    }

    /**
     * Takes what it can of the bytes behind the beginning of a group.
     *
     * @return behind the last byte that it took: a whole number of groups, and their line breaks
     */
    int take(byte[] bytes, int from, int to) throws IOException {
        int width = tries == 0 || to - from <= TOGETHER * MOST_DIGITS ? 0 : width(bytes, from);
        if (width == 0) {
            return from;
        }
        int lineBreak = bytes[from + width] == '\r' ? 2 : 1;
        int at = from;
        int all = TOGETHER * (width + lineBreak);
        while (to - at >= all) {
            if (!alike(bytes, at, width, lineBreak) || !decode(bytes, at, width, lineBreak)) {
                tries--;
                return at;
            }
            tries = Math.min(TRIES, tries + 1);
            at += all;
        }
        return at;
    }

    /** Digits of the line that begins there; 0 where it is not one that others may be like. */
    private static int width(byte[] bytes, int from) {
        int width = 0;
        while (width < MOST_DIGITS && Base64Decoder.DIGITS[bytes[from + width] & 0xff] >= 0) {
            width++;
        }
        boolean ends = bytes[from + width] == '\n' || (bytes[from + width] == '\r' && bytes[from + width + 1] == '\n');
        return ends && width % 4 == 0 ? width : 0;
    }

    /** Whether there are enough lines with that width and line break. */
    private static boolean alike(byte[] bytes, int from, int width, int lineBreak) {
        int at = from + width;
        for (int i = 0; i < TOGETHER; i++) {
            if (bytes[at + lineBreak - 1] != '\n' || (lineBreak == 2 && bytes[at] != '\r')) {
                return false;
            }
            at += width + lineBreak;
        }
        return true;
    }

    /** Returns whether all were digits: padding, and what is foreign, is not this one's matter. */
    private boolean decode(byte[] bytes, int from, int width, int lineBreak) throws IOException {
        if (digits.length != TOGETHER * width) {
            digits = new byte[TOGETHER * width];
            decoded = new byte[TOGETHER * width / 4 * 3];
        }
        int at = from;
        for (int put = 0; put < digits.length; put += width) {
            System.arraycopy(bytes, at, digits, put, width);
            at += width + lineBreak;
        }
        int count;
        try {
            count = Base64.getDecoder().decode(digits, decoded);
        } catch (IllegalArgumentException notDigits) {
            return false;
        }
        if (count == decoded.length) {
            System.arraycopy(decoded, 0, decoder.room(count), decoder.filled(), count);
            decoder.filled(decoder.filled() + count);
        }
        return count == decoded.length;
    }
}
