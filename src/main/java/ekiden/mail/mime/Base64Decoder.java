package ekiden.mail.mime;

import java.io.IOException;
import java.util.Arrays;

/**
 * Base64 (RFC 2045 §6.8). What is not of its alphabet is passed over. Behind padding it goes on with the next group,
 * because some senders pad each piece; but the first foreign character there ends it: that is a footer which some list
 * server added.
 */
final class Base64Decoder extends TransferDecoder {
    /** Six bits; {@link #SPACE}, {@link #FOREIGN} or {@link #PAD} where it is no digit. */
    static final byte[] DIGITS = digits();

    private static final byte SPACE = -1;
    private static final byte FOREIGN = -2;
    private static final byte PAD = -3;

    private final Base64Lines lines = new Base64Lines(this);
    private int group;
    private int count;
    private boolean padded;
    private boolean ended;

    Base64Decoder(Sink sink) {
        super(sink);
    }

    private Base64Decoder(Base64Decoder before, Sink sink) {
        super(before, sink);
        this.group = before.group;
        this.count = before.count;
        this.padded = before.padded;
        this.ended = before.ended;
    }

    private static byte[] digits() {
        byte[] digits = new byte[256];
        Arrays.fill(digits, FOREIGN);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < 64; i++) {
            digits[alphabet.charAt(i)] = (byte) i;
        }
        digits['='] = PAD;
        for (char space : " \t\r\n".toCharArray()) {
            digits[space] = SPACE;
        }
        return digits;
    }

    @Override
    void feed(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (at < to && !ended) {
            if (count == 0) {
                int behind = groups(bytes, lines.take(bytes, at, to), to);
                padded &= behind == at;
                at = behind;
            }
            if (at < to) {
                one(DIGITS[bytes[at] & 0xff]);
                at++;
            }
        }
    }

    @Override
    TransferDecoder from(Sink other) {
        return new Base64Decoder(this, other);
    }

    /** Decodes whole groups as long as they stand together. */
    private int groups(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (to - at >= 4) {
            int pieces = Math.min((to - at) / 4, 2048);
            byte[] out = room(pieces * 3);
            int end = at + pieces * 4;
            int put = filled();
            int value = 0;
            while (at < end) {
                value = DIGITS[bytes[at] & 0xff] << 18
                        | DIGITS[bytes[at + 1] & 0xff] << 12
                        | DIGITS[bytes[at + 2] & 0xff] << 6
                        | DIGITS[bytes[at + 3] & 0xff];
                if (value < 0) {
                    break;
                }
                out[put] = (byte) (value >> 16);
                out[put + 1] = (byte) (value >> 8);
                out[put + 2] = (byte) value;
                put += 3;
                at += 4;
            }
            filled(put);
            if (value < 0) {
                return at;
            }
        }
        return at;
    }

    private void one(byte digit) throws IOException {
        if (digit >= 0) {
            padded = false;
            group = group << 6 | digit;
            count++;
            if (count == 4) {
                put(group >> 16);
                put(group >> 8);
                put(group);
                count = 0;
                group = 0;
            }
        } else if (digit == PAD) {
            rest();
            padded = true;
        } else if (digit == FOREIGN && padded) {
            ended = true;
        }
    }

    private void rest() throws IOException {
        if (count == 3) {
            put(group >> 10);
            put(group >> 2);
        } else if (count == 2) {
            put(group >> 4);
        }
        count = 0;
        group = 0;
    }

    @Override
    void finish() throws IOException {
        rest();
        flush();
    }
}
