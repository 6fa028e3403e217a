package ekiden.mail.mime;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of one mail, readable at any place, wherever they lie. Reading does not move anything: two readers of one
 * source do not disturb each other.
 *
 * <p>One thread at a time, unless the implementation says more.
 */
public interface RawSource extends AutoCloseable {
    /** {@return the length of the mail in bytes} */
    long size();

    /**
     * Reads a piece.
     *
     * @param offset from where, 0 or more
     * @param into filled with at least one byte where any are left, not always to its end
     * @return bytes read, or -1 at or behind the end
     * @throws IOException when it cannot be read
     */
    int readAt(long offset, ByteBuffer into) throws IOException;

    @Override
    void close();
}
