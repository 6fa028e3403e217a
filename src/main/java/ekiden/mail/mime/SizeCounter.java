package ekiden.mail.mime;

import java.io.IOException;

/** Counts decoded bytes without decoding, where that is possible: Base64 by a sum as long as there is no padding. */
final class SizeCounter {
    /** 1 for a digit, 2^16 for padding, so that one sum tells both. */
    private static final int[] WEIGHTS = weights();

    private static final int MAX_PIECE = 0xffff;

    private final TransferEncoding encoding;
    private final TransferDecoder decoder;
    private boolean exact;
    private long digits;

    SizeCounter(TransferEncoding encoding) {
        this.encoding = encoding;
        this.decoder = encoding.decoder((bytes, from, length) -> {});
        this.exact = encoding != TransferEncoding.BASE64;
    }

    private static int[] weights() {
        int[] weights = new int[256];
        for (int i = 0; i < 256; i++) {
            weights[i] = Base64Decoder.DIGITS[i] >= 0 ? 1 : 0;
        }
        weights['='] = 1 << 16;
        return weights;
    }

    TransferEncoding encoding() {
        return encoding;
    }

    void feed(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (at < to && !exact) {
            int end = Math.min(to, at + MAX_PIECE);
            int sum = sum(bytes, at, end);
            if (sum > MAX_PIECE) {
                becomeExact();
            } else {
                digits += sum;
                at = end;
            }
        }
        if (at < to) {
            decoder.feed(bytes, at, to);
        }
    }

    /** Counts bytes that need not be seen; for {@link TransferEncoding#IDENTITY} only. */
    void skip(long bytes) {
        digits += bytes;
    }

    private static int sum(byte[] bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += WEIGHTS[bytes[i] & 0xff];
        }
        return sum;
    }

    /** From here on the decoder counts; it is brought to where the sum stands inside a group of four. */
    private void becomeExact() throws IOException {
        exact = true;
        int open = (int) (digits % 4);
        digits -= open;
        decoder.feed(new byte[] {'A', 'A', 'A'}, 0, open);
    }

    /** {@return the decoded size; nothing may be fed afterwards} */
    long finish() throws IOException {
        if (!exact) {
            becomeExact();
        }
        decoder.finish();
        return encoding == TransferEncoding.BASE64 ? digits / 4 * 3 + decoder.total() : digits + decoder.total();
    }
}
