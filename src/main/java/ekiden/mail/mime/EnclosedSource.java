package ekiden.mail.mime;

import ekiden.base.LazyLogger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a place of a mail decodes to, as if it were a mail. Read from its beginning to its end; going back means to decode it anew, if only from a mark. */
final class EnclosedSource implements RawSource {
    private final RawSource mail;
    private final Place place;
    private final long size;
    private @Nullable InputStream in;
    private long position;

    /**
     * @param mail what the place is in; stays open
     * @param place the place
     * @param size of what it decodes to
     */
    EnclosedSource(RawSource mail, Place place, long size) {
        this.mail = mail;
        this.place = place;
        this.size = size;
    }

    /** Whether any byte of a place can be had without decoding those before. */
    static boolean direct(Place place) {
        return place instanceof Place.Piece(Place of, long offset, long length, TransferEncoding encoding)
                && of == null
                && encoding == TransferEncoding.IDENTITY;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int readAt(long offset, ByteBuffer into) throws IOException {
        if (offset >= size) {
            return -1;
        }
        int wanted = (int) Math.min(into.remaining(), size - offset);
        if (place instanceof Place.Piece piece && direct(piece)) {
            ByteBuffer own = into.slice(into.position(), wanted);
            int got = mail.readAt(piece.offset() + offset, own);
            into.position(into.position() + Math.max(0, got));
            return got;
        }
        InputStream from = at(offset);
        byte[] bytes = new byte[wanted];
        int got = from.read(bytes, 0, wanted);
        position += Math.max(0, got);
        into.put(bytes, 0, Math.max(0, got));
        return got;
    }

    private InputStream at(long offset) throws IOException {
        InputStream now = in;
        if (now == null || offset < position) {
            close();
            now = place.openAt(mail, offset);
            in = now;
            position = offset;
        }
        now.skipNBytes(offset - position);
        position = offset;
        return now;
    }

    @Override
    public void close() {
        InputStream now = in;
        in = null;
        try {
            if (now != null) {
                now.close();
            }
        } catch (IOException failed) {
            LazyLogger.of(EnclosedSource.class).log(System.Logger.Level.DEBUG, "a part did not close", failed);
        }
    }
}
