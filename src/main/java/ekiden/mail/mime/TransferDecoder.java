package ekiden.mail.mime;

import java.io.IOException;
import java.util.Arrays;

/** Takes encoded bytes in pieces of any size and hands decoded ones on. Damaged input is decoded as far as it goes. */
abstract class TransferDecoder {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Sink sink;
    private byte[] out = new byte[512];
    private int filled;
    private long total;

    TransferDecoder(Sink sink) {
        this.sink = sink;
    }

    /** Takes {@code bytes[from, to)}. */
    abstract void feed(byte[] bytes, int from, int to) throws IOException;

    /** Takes the end of the input. */
    abstract void finish() throws IOException;

    /** {@return whether what follows is decoded as it would be at the beginning} */
    boolean asAtItsBeginning() {
        return false;
    }

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
            out = Arrays.copyOf(out, BUFFER_BYTES);
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
