package ekiden.main;

import ekiden.base.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of a file one after the other, each of bounded length. Belongs to one thread. */
final class BatchLines implements AutoCloseable {
    private static final int CHUNK = 1 << 16;
    private static final int MOST_USUAL = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\ufeff';
    /** What stands for bytes that are no UTF-8, and may stand for itself. */
    private static final char REPLACEMENT = '\ufffd';

    private final InputStream in;
    private final int limit;
    private final byte[] piece = new byte[CHUNK];
    private int next;
    private int filled;
    /** How long lines are here. */
    private int usual = 256;

    private long number;
    private @Nullable Line ahead;
    private int muchFrom = Integer.MAX_VALUE;
    private Runnable much = () -> {};
    /** Whether the line that was read last has its end; the last one of a torn file has not. */
    private boolean ended;

    BatchLines(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /**
     * One line.
     *
     * @param number counted from 1
     * @param text without its end; empty where there is a problem
     * @param problem too long, or not UTF-8; or null
     * @param ended whether a line end came behind it
     * @param bytes how long it is; 0 where it is too long
     */
    record Line(long number, String text, @Nullable Problem problem, boolean ended, int bytes) {}

    /**
     * @param bytes of a line that need not be held yet
     * @param before called once for each longer line, before the rest of it is read
     */
    void whenLonger(int bytes, Runnable before) {
        muchFrom = bytes;
        much = before;
    }

    /** Reads the first line, which {@link #next} gives: whoever waits for the file to be readable need not hold it. */
    void look() throws IOException {
        ahead = read();
    }

    /** {@return the next line that is not blank, or null at the end} */
    @Nullable
    Line next() throws IOException {
        Line looked = ahead;
        ahead = null;
        return looked == null ? read() : looked;
    }

    private @Nullable Line read() throws IOException {
        while (true) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(usual);
            int length = collect(bytes);
            if (length == 0 && !ended) {
                return null;
            }
            number++;
            if (length > limit) {
                Problem problem = Problem.of(MailCommandMessage.BATCH_LINE_TOO_LONG, "line", number, "limit", limit);
                return new Line(number, "", problem, ended, 0);
            }
            usual = Math.min(MOST_USUAL, Math.max(usual, length));
            Line line = decoded(bytes);
            if (line.problem() != null || !line.text().isBlank()) {
                return line;
            }
        }
    }

    private int collect(ByteArrayOutputStream bytes) throws IOException {
        int length = 0;
        ended = false;
        while (!ended && (next < filled || fill())) {
            int from = next;
            while (next < filled && piece[next] != '\n') {
                next++;
            }
            int count = next - from;
            if (length <= muchFrom && length + (long) count > muchFrom) {
                much.run();
            }
            bytes.write(piece, from, Math.min(count, limit - Math.min(length, limit)));
            length = (int) Math.min((long) length + count, limit + 1L);
            ended = next < filled;
            next += ended ? 1 : 0;
        }
        return length;
    }

    private boolean fill() throws IOException {
        next = 0;
        filled = Math.max(0, in.read(piece, 0, piece.length));
        return filled > 0;
    }

    private Line decoded(ByteArrayOutputStream bytes) {
        try {
            String text = bytes.toString(StandardCharsets.UTF_8);
            if (text.indexOf(REPLACEMENT) >= 0) {
                text = StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes.toByteArray()))
                        .toString();
            }
            boolean marked = number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
            return new Line(number, marked ? text.substring(1) : text, null, ended, bytes.size());
        } catch (CharacterCodingException wrong) {
            Problem problem = Problem.of(MailCommandMessage.BATCH_LINE, "line", number, "reason", "UTF-8");
            return new Line(number, "", problem, ended, bytes.size());
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
