package ekiden.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decodes a piece while it is read, from its beginning or from a mark, and notes marks on the way. */
final class DecodingStream extends InputStream {
    private static final int FIRST_BYTES = 64 * 1024;

    private final InputStream encoded;
    private final TransferDecoder decoder;
    private final @Nullable Marks marks;
    private final byte[] taken;
    private byte[] ready = new byte[FIRST_BYTES];
    private int from;
    private int to;
    private long fed;
    private long given;
    private boolean finished;

    /**
     * @param encoded the encoded bytes behind the mark
     * @param start the mark
     * @param readBytes how many encoded bytes are read at once
     * @param marks takes what is noted, or null where nothing is
     */
    DecodingStream(InputStream encoded, Marks.Mark start, int readBytes, @Nullable Marks marks) {
        this.encoded = encoded;
        this.decoder = start.state().from(this::keep);
        this.fed = start.encoded();
        this.given = start.decoded();
        this.taken = new byte[readBytes];
        this.marks = marks;
    }

    /** {@return how many decoded bytes of the piece are before the next one} */
    long position() {
        return given;
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
                note();
            } else {
                decoder.finish();
                finished = true;
            }
        }
        return from < to;
    }

    private void note() {
        if (marks != null) {
            marks.note(fed, decoder);
        }
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
