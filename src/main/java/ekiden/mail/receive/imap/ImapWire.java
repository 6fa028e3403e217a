package ekiden.mail.receive.imap;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.Tasks;
import ekiden.mail.connect.ServerWords;
import ekiden.mail.connect.TlsClient;
import ekiden.mail.connect.TlsFault;
import ekiden.mail.connect.Watchdog;
import ekiden.mail.receive.BodySink;
import ekiden.mail.receive.ReceiveMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one IMAP connection, each wait with its deadline. One thread at a time; {@link #close} from any.
 *
 * <p>What comes is read into one buffer and handed on from there. The buffer grows while it is filled to the brim and shrinks when the
 * connection is idle: a thousand idle connections hold half a megabyte.
 */
final class ImapWire implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(ImapWire.class);
    private static final int IDLE_BYTES = 512;
    private static final int USUAL_BYTES = 8 * 1024;
    /** The system's time-out comes first; the watchdog is for the case that bytes trickle into an unfinished TLS record. */
    private static final long IDLE_SLACK = Duration.ofSeconds(10).toNanos();

    private final Socket raw;
    private final Clock clock;
    private final Watchdog watchdog;
    private final ServerWords words = new ServerWords();
    private final ImapTimeouts timeouts;
    private final int mostBytes;
    private final ByteArrayOutputStream outbox = new ByteArrayOutputStream(256);
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private byte[] inbox = new byte[IDLE_BYTES];
    private int from;
    private int to;
    private long readBefore;
    private long until;
    /** Counts until the folder is open. */
    private boolean opening = true;

    private final long openBefore;

    ImapWire(Socket connected, Clock clock, Tasks tasks, ImapSettings settings) throws IOException {
        this.raw = connected;
        this.socket = connected;
        this.clock = clock;
        this.timeouts = settings.timeouts();
        this.mostBytes = Math.max(USUAL_BYTES, settings.limits().bufferBytes());
        this.in = connected.getInputStream();
        this.out = connected.getOutputStream();
        this.watchdog = new Watchdog(clock, tasks, connected);
        this.openBefore = clock.nanos() + timeouts.opening().toNanos();
    }

    Socket socket() {
        return socket;
    }

    /** {@return what makes words of this server to text} */
    ServerWords words() {
        return words;
    }

    /** Whatever is read next must be there by then. */
    void within(Duration time) {
        until = clock.nanos() + time.toNanos();
    }

    /** What was to be opened is open; until then a server must not hold it up with one slow answer after another. */
    void opened() {
        opening = false;
    }

    /**
     * A stretch with a deadline of its own; what it takes does not count for the deadline around it.
     *
     * @param began when it began
     * @param around the deadline around it, as it was then
     */
    record Stretch(long began, long around) {}

    Stretch begin(Duration time) {
        Stretch stretch = new Stretch(clock.nanos(), until);
        until = stretch.began() + time.toNanos();
        return stretch;
    }

    void over(Stretch stretch) {
        until = stretch.around() + (clock.nanos() - stretch.began());
    }

    /** How many bytes were taken so far. */
    long taken() {
        return readBefore + from;
    }

    int read() throws ImapStop {
        if (from == to) {
            fill();
        }
        return inbox[from++] & 0xFF;
    }

    int peek() throws ImapStop {
        if (from == to) {
            fill();
        }
        return inbox[from] & 0xFF;
    }

    /** Hands the next bytes on; null takes them nowhere. */
    void copy(long count, BodySink.@Nullable Body body) throws ImapStop {
        long left = count;
        while (left > 0) {
            if (from == to) {
                room(left);
                fill();
            }
            int piece = (int) Math.min(left, to - from);
            if (body != null) {
                body.write(inbox, from, piece);
            }
            from += piece;
            left -= piece;
        }
    }

    /** Reads the next bytes into an array. */
    void copy(byte[] target, int count) throws ImapStop {
        int done = 0;
        while (done < count) {
            if (from == to) {
                fill();
            }
            int piece = Math.min(count - done, to - from);
            System.arraycopy(inbox, from, target, done, piece);
            from += piece;
            done += piece;
        }
    }

    /** {@return whether the next byte is here already} */
    boolean ready() {
        return from < to;
    }

    private void room(long wanted) {
        int size = (int) Math.min(mostBytes, Math.max(inbox.length, wanted));
        if (size > inbox.length) {
            replace(size);
        }
    }

    private void replace(int size) {
        readBefore += from;
        from = 0;
        to = 0;
        inbox = new byte[size];
    }

    private void fill() throws ImapStop {
        boolean brimful = to == inbox.length;
        int size = inbox.length < USUAL_BYTES ? USUAL_BYTES : inbox.length * (brimful ? 2 : 1);
        if (Math.min(size, mostBytes) != inbox.length) {
            replace(Math.min(size, mostBytes));
        }
        long now = clock.nanos();
        long left = Math.min(until - now, timeouts.stall().toNanos());
        if (opening) {
            left = Math.min(left, openBefore - now);
        }
        try {
            if (left <= 0 || !receive(left, 0)) {
                throw ImapStop.broken(ReceiveMessage.STALLED, "");
            }
        } catch (IOException broken) {
            throw stopOf(broken);
        }
    }

    /**
     * Waits for bytes that nobody owes.
     *
     * @return whether some are there; false when time is up
     */
    boolean await(Duration time) throws ImapStop {
        if (from < to) {
            return true;
        }
        if (inbox.length > IDLE_BYTES) {
            replace(IDLE_BYTES);
        }
        try {
            return receive(Math.max(1, time.toNanos()), IDLE_SLACK);
        } catch (IOException broken) {
            throw stopOf(broken);
        }
    }

    private boolean receive(long nanos, long slack) throws IOException, ImapStop {
        socket.setSoTimeout(Math.clamp((nanos + 999_999) / 1_000_000, 1, Integer.MAX_VALUE));
        // A little later than the system's own time-out, so that the socket survives a wait that may end without bytes.
        watchdog.until(clock.nanos() + nanos + slack);
        try {
            int count = in.read(inbox, 0, inbox.length);
            if (count < 0) {
                throw ImapStop.broken(ReceiveMessage.LOST, "");
            }
            readBefore += from;
            from = 0;
            to = count;
            return true;
        } catch (SocketTimeoutException nothing) {
            if (watchdog.fired()) {
                throw nothing;
            }
            return false;
        } finally {
            watchdog.rest();
        }
    }

    private ImapStop stopOf(IOException broken) {
        boolean stalled = watchdog.fired() || broken instanceof SocketTimeoutException;
        return ImapStop.broken(stalled ? ReceiveMessage.STALLED : ReceiveMessage.LOST, broken);
    }

    /** Puts text into the outbox; it leaves with {@link #flush}. */
    void put(String text) {
        put(text.getBytes(StandardCharsets.UTF_8));
    }

    void put(byte[] bytes) {
        outbox.write(bytes, 0, bytes.length);
    }

    void flush() throws ImapStop {
        if (outbox.size() == 0) {
            return;
        }
        byte[] bytes = outbox.toByteArray();
        outbox.reset();
        try {
            watchdog.until(clock.nanos() + timeouts.stall().toNanos());
            out.write(bytes);
        } catch (IOException broken) {
            throw stopOf(broken);
        } finally {
            watchdog.rest();
        }
    }

    /** Before TLS begins: what came and was not asked for is somebody's who sits on the line, and that is no way on. */
    void mustBeSilent() throws ImapStop {
        try {
            if (from != to || in.available() > 0) {
                throw ImapStop.broken(ReceiveMessage.NO_STARTTLS, "more than the answer came before TLS began");
            }
        } catch (IOException broken) {
            throw stopOf(broken);
        }
    }

    /** Goes on inside TLS. */
    void into(TlsClient tls, String host, int port) throws ImapStop {
        try {
            SSLSocket inside = tls.around(raw, host, port);
            inside.setSoTimeout(Math.clamp(timeouts.greeting().toMillis(), 1, Integer.MAX_VALUE));
            watchdog.until(clock.nanos() + timeouts.greeting().toNanos());
            inside.startHandshake();
            socket = inside;
            in = inside.getInputStream();
            out = inside.getOutputStream();
        } catch (IOException broken) {
            boolean late = watchdog.fired() || broken instanceof SocketTimeoutException;
            TlsFault fault = late ? null : TlsClient.fault(broken);
            throw fault == null ? stopOf(broken) : ImapStop.broken(messageOf(fault), fault.words());
        } finally {
            watchdog.rest();
        }
    }

    private static ReceiveMessage messageOf(TlsFault fault) {
        return switch (fault.why()) {
            case EXPIRED -> ReceiveMessage.CERTIFICATE_EXPIRED;
            case OTHER_NAME -> ReceiveMessage.CERTIFICATE_NAME;
            case UNTRUSTED -> ReceiveMessage.CERTIFICATE;
            case CA_UNREADABLE -> ReceiveMessage.CA_UNREADABLE;
            case NOT_TLS -> ReceiveMessage.NOT_TLS;
            case HANDSHAKE -> ReceiveMessage.TLS;
        };
    }

    /** Closes at once, without a word. */
    @Override
    public void close() {
        watchdog.close();
        try {
            raw.close();
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "closing a connection", broken);
        }
    }
}
