package ekiden.mail.spool;

import ekiden.mail.mime.RawSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A mail of the spool from its first byte to its last. One thread. */
final class SpoolStream extends InputStream {
    private final RawSource source;
    private long offset;

    SpoolStream(RawSource source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int read = source.readAt(offset, ByteBuffer.wrap(into, from, length));
        offset += Math.max(0, read);
        return read;
    }

    @Override
    public void close() {
        source.close();
    }
}
