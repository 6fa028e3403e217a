package ekiden.mail.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a part are and how they are encoded there: never the bytes themselves, but for those that S/MIME hides. A place inside another
 * one is read by decoding the outer one up to it.
 */
public sealed interface Place {
    /**
     * A piece of the mail, or of what another place decodes to.
     *
     * @param of where it lies, or null for the mail itself
     * @param offset where its encoded bytes begin there
     * @param length how many they are
     * @param encoding how they are encoded
     */
    record Piece(@Nullable Place of, long offset, long length, TransferEncoding encoding) implements Place {
        private static final int READ_BYTES = 64 * 1024;

        @Override
        public void copyTo(RawSource raw, Sink sink) throws IOException {
            TransferDecoder decoder = encoding.decoder(sink);
            try (InputStream in = encoded(raw)) {
                byte[] piece = new byte[readBytes()];
                for (int got = in.read(piece, 0, piece.length); got > 0; got = in.read(piece, 0, piece.length)) {
                    decoder.feed(piece, 0, got);
                }
            }
            decoder.finish();
        }

        @Override
        public InputStream open(RawSource raw) {
            return encoding == TransferEncoding.IDENTITY ? encoded(raw) : decoding(raw);
        }

        /** As {@link #open}, and it can tell how far it is. */
        DecodingStream decoding(RawSource raw) {
            return new DecodingStream(encoded(raw), Marks.start(encoding), readBytes(), null);
        }

        private DecodingStream decoding(RawSource raw, Marks.Mark start, Marks marks) {
            return new DecodingStream(encoded(raw, start.encoded()), start, readBytes(), marks);
        }

        private int readBytes() {
            return Math.clamp(length, 1, READ_BYTES);
        }

        private InputStream encoded(RawSource raw) {
            return encoded(raw, 0);
        }

        private InputStream encoded(RawSource raw, long from) {
            return of == null
                    ? new PieceStream.OfMail(raw, offset + from, length - from)
                    : new PieceStream.OfPlace(of.openAt(raw, offset + from), 0, length - from);
        }
    }

    /**
     * An encoded piece that has others in it. What is in it is reached without decoding all that stands before, but for the first time: many pieces in
     * one cost no more than a few passes over it, in whatever order they are read.
     */
    final class Marked implements Place {
        private final Piece piece;
        private final Marks marks;

        private Marked(Piece piece) {
            this.piece = piece;
            this.marks = new Marks(piece.encoding, piece.length);
        }

        /** {@return the piece} */
        Piece piece() {
            return piece;
        }

        @Override
        public void copyTo(RawSource raw, Sink sink) throws IOException {
            piece.copyTo(raw, sink);
        }

        @Override
        public InputStream open(RawSource raw) {
            return decoding(raw, 0);
        }

        @Override
        public InputStream openAt(RawSource raw, long offset) {
            DecodingStream in = decoding(raw, offset);
            return new PieceStream.OfPlace(in, offset - in.position(), Long.MAX_VALUE);
        }

        /** {@return the decoded bytes from the last mark before an offset, or at it} */
        DecodingStream decoding(RawSource raw, long offset) {
            return piece.decoding(raw, marks.before(offset), marks);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Marked marked && piece.equals(marked.piece);
        }

        @Override
        public int hashCode() {
            return piece.hashCode();
        }
    }

    /**
     * What is in a wrapping of S/MIME. It is opened once for all its parts and kept in memory with them: all that is open of one mail is never larger than
     * {@link OpeningLimits#wrappedBytes} allows.
     */
    final class Unwrapped implements Place {
        private final Wrapping wrapping;

        Unwrapped(Wrapping wrapping) {
            this.wrapping = wrapping;
        }

        /** {@return where the wrapping is} */
        Place of() {
            return wrapping.of();
        }

        @Override
        public void copyTo(RawSource raw, Sink sink) throws IOException {
            byte[] inside = wrapping.inside(raw);
            sink.write(inside, 0, inside.length);
        }

        @Override
        public InputStream open(RawSource raw) {
            return new LaterStream(() -> new ByteArrayInputStream(wrapping.inside(raw)));
        }
    }

    /**
     * Decodes the place.
     *
     * @param raw the mail
     * @param sink takes the decoded bytes
     * @throws IOException when the mail cannot be read, or from the sink
     */
    void copyTo(RawSource raw, Sink sink) throws IOException;

    /**
     * Opens the place.
     *
     * @param raw the mail; stays open
     * @return its decoded bytes
     */
    InputStream open(RawSource raw);

    /**
     * Opens the place behind its first bytes.
     *
     * @param raw the mail; stays open
     * @param offset how many decoded bytes are left out; where there are not so many, reading fails
     * @return its decoded bytes from there
     */
    default InputStream openAt(RawSource raw, long offset) {
        return new PieceStream.OfPlace(open(raw), offset, Long.MAX_VALUE);
    }

    /**
     * A place in which others are.
     *
     * @param piece the place
     * @return the same, for all that is {@linkplain #inside inside} of it
     */
    static Place holding(Piece piece) {
        return piece.encoding == TransferEncoding.IDENTITY ? piece : new Marked(piece);
    }

    /**
     * A piece of what a place decodes to.
     *
     * @param outer the place, or null for the mail itself
     * @param offset where the piece begins in its decoded bytes
     * @param length how long it is there
     * @param encoding how it is encoded there
     * @return the piece; of the mail itself where the outer one is not encoded
     */
    static Piece inside(@Nullable Place outer, long offset, long length, TransferEncoding encoding) {
        return outer instanceof Piece piece && piece.encoding == TransferEncoding.IDENTITY
                ? new Piece(piece.of, piece.offset + offset, length, encoding)
                : new Piece(outer, offset, length, encoding);
    }
}
