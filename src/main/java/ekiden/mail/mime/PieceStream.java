package ekiden.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of a piece as they stand, before they are decoded. */
abstract sealed class PieceStream extends InputStream {
    @Override
    public abstract int read(byte[] into, int from, int count) throws IOException;

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
    }

    /** A piece of the mail. */
    static final class OfMail extends PieceStream {
        private final RawSource raw;
        private long at;
        private long left;

        OfMail(RawSource raw, long offset, long length) {
            this.raw = raw;
            this.at = offset;
            this.left = length;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            if (left <= 0) {
                return count == 0 ? 0 : -1;
            }
            int got = count == 0 ? 0 : raw.readAt(at, ByteBuffer.wrap(into, from, (int) Math.min(count, left)));
            if (got <= 0 && count > 0) {
                throw new IOException("the mail ends inside a part, at " + at);
            }
            at += got;
            left -= got;
            return got;
        }

        @Override
        public long skip(long count) {
            long passed = Math.clamp(count, 0, left);
            at += passed;
            left -= passed;
            return passed;
        }
    }

    /** A piece of what is decoded elsewhere; closes that. */
    static final class OfPlace extends PieceStream {
        private final InputStream outer;
        private long before;
        private long left;

        OfPlace(InputStream outer, long offset, long length) {
            this.outer = outer;
            this.before = offset;
            this.left = length;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            if (before > 0) {
                outer.skipNBytes(before);
                before = 0;
            }
            if (left <= 0) {
                return count == 0 ? 0 : -1;
            }
            int got = outer.read(into, from, (int) Math.min(count, left));
            left -= Math.max(0, got);
            return got;
        }

        @Override
        public long skip(long count) throws IOException {
            if (before > 0) {
                outer.skipNBytes(before);
                before = 0;
            }
            long passed = outer.skip(Math.clamp(count, 0, left));
            left -= passed;
            return passed;
        }

        @Override
        public void close() throws IOException {
            outer.close();
        }
    }
}
