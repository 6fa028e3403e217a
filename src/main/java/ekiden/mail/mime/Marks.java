package ekiden.mail.mime;

import java.util.ArrayList;
import java.util.List;

/**
 * Where decoding of a piece can go on without the way there. Marks come as the piece is decoded for the first time, {@value #MOST} at most and one for
 * each {@value #LEAST_APART} encoded bytes at most, of a kilobyte or less. Safe from any thread.
 */
final class Marks {
    private static final int MOST = 512;
    private static final int LEAST_APART = 128 * 1024;

    private static final Sink NOBODY = (bytes, from, length) -> {};

    private final long apart;
    private final List<Mark> marks = new ArrayList<>();

    /**
     * A point between two encoded bytes.
     *
     * @param encoded how many encoded bytes are before it
     * @param state the decoder there; goes on from there as often as it is wanted, and is never fed itself
     */
    record Mark(long encoded, TransferDecoder state) {
        /** {@return how many decoded bytes are before it} */
        long decoded() {
            return state.total();
        }
    }

    /**
     * @param encoding of the piece
     * @param length of the piece, encoded
     */
    Marks(TransferEncoding encoding, long length) {
        this.apart = Math.max(LEAST_APART, length / MOST);
        marks.add(start(encoding));
    }

    /** {@return the mark before the first byte} */
    static Mark start(TransferEncoding encoding) {
        return new Mark(0, encoding.decoder(NOBODY));
    }

    /** {@return the last mark that has no more than so many decoded bytes before it} */
    synchronized Mark before(long decoded) {
        int at = marks.size() - 1;
        while (at > 0 && marks.get(at).decoded() > decoded) {
            at--;
        }
        return marks.get(at);
    }

    /** Takes a mark where it is far enough behind the last one. */
    synchronized void note(long encoded, TransferDecoder decoder) {
        if (encoded - marks.getLast().encoded >= apart) {
            marks.add(new Mark(encoded, decoder.from(NOBODY)));
        }
    }
}
