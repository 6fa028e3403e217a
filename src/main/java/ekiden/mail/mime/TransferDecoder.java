package ekiden.mail.mime;

import java.io.IOException;
import java.util.Arrays;

/** Takes encoded bytes in pieces of any size and hands decoded ones on. Damaged input is decoded as far as it goes. */
abstract class TransferDecoder {
    private static final int FIRST_BYTES = 512;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Sink sink;
    private byte[] out = new byte[0];
    private int filled;
    private long total;

    TransferDecoder(Sink sink) {
        this.sink = sink;
    }

    /** Goes on where another one stands now, whether or not that has given its last bytes away. */
    TransferDecoder(TransferDecoder before, Sink sink) {
        this.sink = sink;
        this.total = before.total();
    }

    /** Takes {@code bytes[from, to)}. */
    abstract void feed(byte[] bytes, int from, int to) throws IOException;

    /** Takes the end of the input. */
    abstract void finish() throws IOException;

    /** {@return one that takes what this one would take next, and counts on; this one stays as it is} */
    abstract TransferDecoder from(Sink other);

    /** {@return decoded bytes so far} */
    final long total() {
        return total + filled;
    }

    /** {@return where the next decoded bytes go, with room for {@code count} behind {@link #filled}} */
    final byte[] room(int count) throws IOException {
        if (filled + count <= out.length) {
            return out;
        }
        if (out.length < BUFFER_BYTES) {
            out = Arrays.copyOf(out, filled + count <= FIRST_BYTES ? FIRST_BYTES : BUFFER_BYTES);
        }
        if (filled + count > out.length) {
            flush();
        }
        return out;
    }

    final int filled() {
        return filled;
    }

    final void filled(int now) {
        filled = now;
    }

    final void put(int value) throws IOException {
        room(1)[filled] = (byte) value;
        filled++;
    }

    final void pass(byte[] bytes, int from, int length) throws IOException {
        flush();
        if (length > 0) {
            total += length;
            sink.write(bytes, from, length);
        }
    }

    final void flush() throws IOException {
        if (filled > 0) {
            total += filled;
            int count = filled;
            filled = 0;
            sink.write(out, 0, count);
        }
    }
}
