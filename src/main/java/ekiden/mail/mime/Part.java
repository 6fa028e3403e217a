package ekiden.mail.mime;

import ekiden.model.mail.AttachmentSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An attachment: what it is called and where it lies in the raw mail. Its bytes are never held, only passed on.
 *
 * @param summary name as declared (may be hostile), type, decoded size
 * @param offset where its encoded bytes begin in the raw mail
 * @param length how many they are
 * @param encoding how they are encoded
 * @param charset the character set that is declared for it, or null
 */
public record Part(
        AttachmentSummary summary,
        long offset,
        long length,
        TransferEncoding encoding,
        @Nullable String charset) {
    private static final int READ_BYTES = 64 * 1024;

    /**
     * A part that is no text, or says nothing of its characters.
     *
     * @param summary name as declared, type, decoded size
     * @param offset where its encoded bytes begin in the raw mail
     * @param length how many they are
     * @param encoding how they are encoded
     */
    public Part(AttachmentSummary summary, long offset, long length, TransferEncoding encoding) {
        this(summary, offset, length, encoding, null);
    }

    /**
     * Decodes the part.
     *
     * @param raw the mail it was found in
     * @param sink takes the decoded bytes
     * @throws IOException when the mail cannot be read, or from the sink
     */
    public void copyTo(RawSource raw, Sink sink) throws IOException {
        TransferDecoder decoder = encoding.decoder(sink);
        byte[] piece = new byte[(int) Math.min(READ_BYTES, length)];
        long done = 0;
        while (done < length) {
            int got = readPiece(raw, done, piece);
            decoder.feed(piece, 0, got);
            done += got;
        }
        decoder.finish();
    }

    private int readPiece(RawSource raw, long done, byte[] piece) throws IOException {
        int wanted = (int) Math.min(piece.length, length - done);
        int got = raw.readAt(offset + done, ByteBuffer.wrap(piece, 0, wanted));
        if (got <= 0) {
            throw new IOException("the mail ends inside a part, at " + (offset + done));
        }
        return got;
    }

    /**
     * Opens the decoded part.
     *
     * @param raw the mail it was found in; stays open
     * @return its bytes
     */
    public InputStream open(RawSource raw) {
        return new Decoding(raw);
    }

    private final class Decoding extends InputStream {
        private final RawSource raw;
        private final TransferDecoder decoder;
        private final byte[] piece = new byte[(int) Math.min(READ_BYTES, length)];
        private byte[] ready = new byte[READ_BYTES];
        private int from;
        private int to;
        private long done;
        private boolean finished;

        Decoding(RawSource raw) {
            this.raw = raw;
            this.decoder = encoding.decoder(this::keep);
        }

        private void keep(byte[] bytes, int start, int count) {
            if (to + count > ready.length) {
                ready = Arrays.copyOf(ready, Math.max(2 * ready.length, to + count));
            }
            System.arraycopy(bytes, start, ready, to, count);
            to += count;
        }

        private boolean fill() throws IOException {
            while (from == to && !finished) {
                from = 0;
                to = 0;
                if (done < length) {
                    int got = readPiece(raw, done, piece);
                    done += got;
                    decoder.feed(piece, 0, got);
                } else {
                    decoder.finish();
                    finished = true;
                }
            }
            return from < to;
        }

        @Override
        public int read() throws IOException {
            if (!fill()) {
                return -1;
            }
            from++;
            return ready[from - 1] & 0xff;
        }

        @Override
        public int read(byte[] into, int at, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int given = Math.min(count, to - from);
            System.arraycopy(ready, from, into, at, given);
            from += given;
            return given;
        }
    }
}
