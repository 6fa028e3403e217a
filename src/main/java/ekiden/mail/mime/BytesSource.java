package ekiden.mail.mime;

import java.nio.ByteBuffer;

/** A mail that lies in memory. */
public final class BytesSource implements RawSource {
    private final byte[] bytes;

    /**
     * @param bytes the mail; not copied
     */
    public BytesSource(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int readAt(long offset, ByteBuffer into) {
        if (offset >= bytes.length) {
            return -1;
        }
        int count = Math.min(into.remaining(), bytes.length - (int) offset);
        into.put(bytes, (int) offset, count);
        return count;
    }

    @Override
    public void close() {
        // Memory needs no closing.
    }
}
