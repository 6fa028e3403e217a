package ekiden.mail.mime;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A piece of the raw mail in memory, which moves along. Positions are offsets in the mail. */
final class Window {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BYTES = 64 * 1024;
    private static final long ONES = 0x0101010101010101L;

    private final RawSource raw;
    private final long size;
    private byte[] bytes;
    private long start;
    private int length;

    Window(RawSource raw) {
        this.raw = raw;
        this.size = raw.size();
        this.bytes = new byte[(int) Math.min(BYTES, size)];
    }

    long size() {
        return size;
    }

    byte[] bytes() {
        return bytes;
    }

    /** {@return where in {@link #bytes} a position lies} */
    int index(long position) {
        return (int) (position - start);
    }

    /** {@return the position behind the last byte in memory} */
    long end() {
        return start + length;
    }

    /** {@return the byte at a position that is in memory} */
    int at(long position) {
        return bytes[index(position)];
    }

    /**
     * Brings {@code [from, to)} into memory as far as the mail reaches; what lies before {@code from} may be dropped.
     * Reads ahead as far as the window is wide.
     *
     * @return the position up to which it is in memory, at most {@code to}
     */
    long ensure(long from, long to) throws IOException {
        long wanted = Math.min(to, size);
        if (from >= start && wanted <= end()) {
            return wanted;
        }
        int need = (int) Math.max(0, wanted - from);
        byte[] target = need > bytes.length ? new byte[Math.max(need, (int) Math.min(2L * bytes.length, size))] : bytes;
        int kept = from >= start && from < end() ? (int) (end() - from) : 0;
        System.arraycopy(bytes, kept == 0 ? 0 : index(from), target, 0, kept);
        bytes = target;
        start = from;
        length = kept;
        while (length < bytes.length && end() < size) {
            int got = raw.readAt(end(), ByteBuffer.wrap(bytes, length, bytes.length - length));
            if (got <= 0) {
                throw new IOException("the mail has " + size + " bytes, but ends after " + end());
            }
            length += got;
        }
        return Math.min(wanted, end());
    }

    /**
     * Looks for a byte, eight at a time.
     *
     * @return its position, or {@code to} where it is not in {@code [from, to)}, which must be in memory
     */
    long find(byte wanted, long from, long to) {
        int at = index(from);
        int end = index(to);
        long pattern = (wanted & 0xffL) * ONES;
        while (end - at >= 8) {
            long different = (long) LONGS.get(bytes, at) ^ pattern;
            long zeros = (different - ONES) & ~different & (ONES << 7);
            if (zeros != 0) {
                return start + at + (Long.numberOfTrailingZeros(zeros) >> 3);
            }
            at += 8;
        }
        while (at < end && bytes[at] != wanted) {
            at++;
        }
        return start + at;
    }
}
