package ekiden.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decodes a piece while it is read, and notes where decoding could begin anew, so that what lies far inside is reached without the way there. */
final class DecodingStream extends InputStream {
    private static final int FIRST_BYTES = 64 * 1024;

    private final Place.Piece piece;
    private final InputStream encoded;
    private final TransferDecoder decoder;
    private final byte[] taken;
    private final List<Mark> marks = new ArrayList<>();
    private byte[] ready = new byte[FIRST_BYTES];
    private int from;
    private int to;
    private long fed;
    private long given;
    private boolean finished;

    /** After {@code encoded} bytes the decoder stood as at its beginning, and had made {@code decoded} bytes of them. */
    private record Mark(long encoded, long decoded) {}

    DecodingStream(Place.Piece piece, InputStream encoded, int readBytes) {
        this.piece = piece;
        this.encoded = encoded;
        this.decoder = piece.encoding().decoder(this::keep);
        this.taken = new byte[readBytes];
    }

    /** {@return how many decoded bytes were read or passed over} */
    long position() {
        return given;
    }

    /** {@return the place of {@code length} decoded bytes that begin at the position, or less far before it than was read ahead} */
    Place.Piece placeOf(long offset, long length, TransferEncoding encoding) {
        Mark near = new Mark(0, 0);
        for (Mark mark : marks) {
            if (mark.decoded <= offset) {
                near = mark;
            }
        }
        Place.Piece rest = new Place.Piece(
                piece.of(), piece.offset() + near.encoded, piece.length() - near.encoded, piece.encoding());
        return Place.inside(rest, offset - near.decoded, length, encoding);
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
            int got = encoded.read(taken, 0, taken.length);
            if (got > 0) {
                decoder.feed(taken, 0, got);
                fed += got;
                mark();
            } else {
                decoder.finish();
                finished = true;
            }
        }
        return from < to;
    }

    private void mark() {
        if (!decoder.asAtItsBeginning()) {
            return;
        }
        while (marks.size() > 1 && marks.get(1).decoded <= given) {
            marks.removeFirst();
        }
        marks.add(new Mark(fed, decoder.total()));
    }

    @Override
    public int read() throws IOException {
        if (!fill()) {
            return -1;
        }
        from++;
        given++;
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
        int got = Math.min(count, to - from);
        System.arraycopy(ready, from, into, at, got);
        from += got;
        given += got;
        return got;
    }

    @Override
    public long skip(long count) throws IOException {
        long passed = 0;
        while (passed < count && fill()) {
            int step = (int) Math.min(count - passed, to - from);
            from += step;
            given += step;
            passed += step;
        }
        return passed;
    }

    @Override
    public void close() throws IOException {
        encoded.close();
    }
}
