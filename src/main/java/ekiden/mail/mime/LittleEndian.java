package ekiden.mail.mime;

import java.io.EOFException;
import java.io.IOException;

/** Numbers and pieces out of a decoded part, in the byte order of Windows. Ends with {@link EOFException} where the part does. */
final class LittleEndian implements AutoCloseable {
    private final Place of;
    private final DecodingStream in;
    private final long size;

    /**
     * @param of what is read
     * @param in from its beginning
     * @param size of the part, decoded
     */
    LittleEndian(Place of, DecodingStream in, long size) {
        this.of = of;
        this.in = in;
        this.size = size;
    }

    long position() {
        return in.position();
    }

    long left() {
        return size - in.position();
    }

    int u8() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("the part ends at " + in.position());
        }
        return value;
    }

    int u16() throws IOException {
        int low = u8();
        return low | u8() << 8;
    }

    long u32() throws IOException {
        long low = u16();
        return low | (long) u16() << 16;
    }

    /** {@return the next bytes; the caller has a limit for how many} */
    byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the part ends at " + in.position());
        }
        return bytes;
    }

    /** Goes on to a position that is not behind. */
    void to(long position) throws IOException {
        in.skipNBytes(Math.max(0, position - in.position()));
    }

    /** {@return where the next bytes lie} */
    Place.Piece place(long length) {
        return Place.inside(of, in.position(), length, TransferEncoding.IDENTITY);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
