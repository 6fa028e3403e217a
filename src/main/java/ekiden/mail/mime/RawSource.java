package ekiden.mail.mime;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of one mail, wherever they lie. Used by one thread at a time. */
public interface RawSource extends AutoCloseable {
    /** {@return the size in bytes} */
    long size();

    /**
     * Reads a piece.
     *
     * @param offset from where, in bytes
     * @param into filled with at least one byte, unless the end is reached
     * @return bytes read, or -1 at or behind the end
     * @throws IOException when it cannot be read
     */
    int readAt(long offset, ByteBuffer into) throws IOException;

    @Override
    void close();
}
