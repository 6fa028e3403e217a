package ekiden.mail.receive.smtpd;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The client's socket with a buffer each way. Reads have a deadline of their own; for writes and the handshake a deadline
 * is only noted, and the server closes the socket of whoever is behind it ({@link #closeIfLate}).
 *
 * <p>One thread, except {@link #closeIfLate}, {@link #interject} and {@link #close}.
 */
final class SmtpWire implements AutoCloseable {
    private static final System.Logger LOG = LazyLogger.of(SmtpWire.class);

    private final SmtpdLimits limits;
    private final Clock clock;
    private final ByteArrayOutputStream replies = new ByteArrayOutputStream(512);
    private final byte[] buffer;
    private int from;
    private int to;
    private InputStream in;
    private volatile OutputStream out;
    private volatile Socket socket;
    /** When to close the socket, on the clock's nanos; meaningful only while {@code guarded}. */
    private volatile long deadline;

    private volatile boolean guarded;

    SmtpWire(Socket socket, SmtpdLimits limits, Clock clock) throws IOException {
        this.socket = socket;
        this.limits = limits;
        this.clock = clock;
        this.buffer = new byte[Math.max(limits.bufferBytes(), limits.commandLineBytes())];
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** A line without its end; or why it is none, as a reply. */
    record Line(String text, String refusal) {}

    /** {@return whether a whole line is here already} */
    boolean lineThere() {
        return behindLf(from) >= 0;
    }

    private int behindLf(int start) {
        for (int i = start; i < to; i++) {
            if (buffer[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Waits for a whole line. */
    Line line(Duration within) throws IOException {
        long until = clock.nanos() + within.toNanos();
        int scanned = from;
        int end = behindLf(scanned);
        while (end < 0 && to - from < limits.commandLineBytes()) {
            scanned = to - from;
            fill(until);
            scanned += from;
            end = behindLf(scanned);
        }
        if (end < 0 || end - from > limits.commandLineBytes()) {
            return tooLong(end, until);
        }
        int length = end - 1 - from;
        boolean crlf = length > 0 && buffer[end - 2] == '\r';
        Line line = crlf ? decoded(from, length - 1) : new Line("", "500 5.5.2 a line ends with CR LF");
        from = end;
        return line;
    }

    private Line tooLong(int behindLf, long until) throws IOException {
        int end = behindLf;
        long dropped = 0;
        while (end < 0) {
            dropped += to - from;
            if (dropped > limits.swallowBytes()) {
                throw new IOException("a line without end");
            }
            from = to;
            fill(until);
            end = behindLf(from);
        }
        from = end;
        return new Line("", "500 5.5.2 line longer than " + limits.commandLineBytes() + " bytes");
    }

    private Line decoded(int start, int length) {
        try {
            return new Line(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(buffer, start, length))
                            .toString(),
                    "");
        } catch (CharacterCodingException wrong) {
            return new Line("", "500 5.5.2 command is not UTF-8");
        }
    }

    byte[] array() {
        return buffer;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Counts bytes up to an index of the array as read. */
    void readUpTo(int index) {
        from = index;
    }

    /** Waits for more bytes behind those that are here. */
    void fill(long until) throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
        } else if (to == buffer.length) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        long millis = (until - clock.nanos()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("too slow");
        }
        socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
        int read = in.read(buffer, to, buffer.length - to);
        if (read < 0) {
            throw new EOFException("client hung up");
        }
        to += read;
    }

    void reply(String lines) {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        replies.write(bytes, 0, bytes.length);
    }

    /** Sends what was replied. */
    void flush() throws IOException {
        if (replies.size() == 0) {
            return;
        }
        guard();
        try {
            replies.writeTo(out);
            out.flush();
        } finally {
            guarded = false;
        }
        replies.reset();
    }

    private void guard() {
        deadline = clock.nanos() + limits.write().toNanos();
        guarded = true;
    }

    /** Shakes hands. What the client sent in clear behind its STARTTLS is dropped (RFC 3207 §6). */
    void startTls(SSLContext context) throws IOException {
        flush();
        from = 0;
        to = 0;
        guard();
        try {
            socket.setSoTimeout((int) limits.write().toMillis());
            SSLSocket secured = (SSLSocket) context.getSocketFactory()
                    .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
            secured.setUseClientMode(false);
            shake(secured);
            socket = secured;
            in = secured.getInputStream();
            out = secured.getOutputStream();
        } finally {
            guarded = false;
        }
    }

    /** In the middle of a handshake no word can be said any more, not even a last one in clear: who is late is cut off. */
    private static void shake(SSLSocket secured) throws IOException {
        try {
            secured.startHandshake();
        } catch (SocketTimeoutException late) {
            throw new IOException("no handshake in time", late);
        }
    }

    /** Closes the socket when its deadline is past. From any thread. */
    void closeIfLate(long nanos) {
        if (guarded && nanos - deadline > 0) {
            close();
        }
    }

    /** Says a last word while the owner waits for a line, and closes. From any thread. */
    void interject(String line) {
        guard();
        try {
            out.write(line.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException gone) {
            LOG.log(Level.TRACE, "client gone before its last word", gone);
        }
        close();
    }

    /**
     * Hangs up so that the last words arrive: a socket closed with bytes unread is reset, which may take back what was
     * sent. So the client is listened to, for a while, and what it says is dropped.
     */
    void hangUp() throws IOException {
        flush();
        socket.shutdownOutput();
        long until = clock.nanos() + limits.linger().toNanos();
        long dropped = 0;
        try {
            while (dropped <= limits.swallowBytes()) {
                from = to;
                fill(until);
                dropped += to - from;
            }
        } catch (EOFException | SocketTimeoutException enough) {
            LOG.log(Level.TRACE, "hung up");
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            LOG.log(Level.TRACE, "closing", gone);
        }
    }
}
