package ekiden.mail.send.smtp;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.Tasks;
import ekiden.mail.connect.ServerWords;
import ekiden.mail.connect.Watchdog;
import ekiden.mail.send.SendPhase;
import ekiden.mail.send.SendPhase.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocket;

/**
 * The bytes of one SMTP connection: commands out, replies in, each within its deadline and limit. One thread at a time.
 *
 * <p>Each method that touches the network takes the phase it works for, so that a fault says where it happened.
 */
final class SmtpWire implements AutoCloseable {
    /** How much is gathered before it is written. */
    static final int BLOCK = 64 * 1024;

    private static final Logger LOG = LazyLogger.of(SmtpWire.class);

    private final Socket raw;
    private final Clock clock;
    private final SmtpLimits limits;
    private final Watchdog watchdog;
    private final ServerWords words = new ServerWords();
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private final byte[] inbox = new byte[4096];
    private int inboxFrom;
    private int inboxTo;
    private final byte[] outbox = new byte[BLOCK];
    private int outboxTo;
    private long wholeUntil = Long.MAX_VALUE;

    SmtpWire(Socket connected, Clock clock, Tasks tasks, SmtpSettings settings) throws IOException {
        this.raw = connected;
        this.socket = connected;
        this.clock = clock;
        this.limits = settings.limits();
        this.in = connected.getInputStream();
        this.out = connected.getOutputStream();
        this.watchdog = new Watchdog(clock, tasks, connected);
    }

    Socket socket() {
        return socket;
    }

    /** {@return what makes words of this server to text} */
    ServerWords words() {
        return words;
    }

    /** Nothing but the wait for the reply to the final dot lasts longer than this. */
    void wholeUntil(long nanos) {
        wholeUntil = nanos;
    }

    /** Goes on inside TLS; what was read but not used so far is a fault (a command smuggled in before TLS). */
    void into(SSLSocket inside, Duration within) throws IOException, SmtpFault {
        if (inboxFrom != inboxTo) {
            throw new SmtpFault(SendPhase.STARTTLS, Fault.GARBAGE, null, null);
        }
        long until = until(SendPhase.STARTTLS, within);
        watchdog.until(until);
        inside.setSoTimeout(millisTo(until));
        inside.startHandshake();
        watchdog.rest();
        socket = inside;
        in = inside.getInputStream();
        out = inside.getOutputStream();
    }

    /** Whether the watchdog ended the connection, so that an exception means time-out rather than loss. */
    Fault faultOf(IOException broken) {
        return watchdog.fired() || broken instanceof SocketTimeoutException ? Fault.STALL : Fault.DROP;
    }

    /** Puts a command line into the outbox; it leaves with {@link #flush}. */
    void command(String line, SendPhase phase, Duration within) throws SmtpFault {
        byte[] bytes = (line + "\r\n").getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length, phase, within);
    }

    /** Puts bytes into the outbox, which is written when it is full. */
    void write(byte[] bytes, int from, int count, SendPhase phase, Duration within) throws SmtpFault {
        if (count > BLOCK - outboxTo) {
            flush(phase, within);
        }
        if (count >= BLOCK) {
            push(bytes, from, count, phase, within);
            return;
        }
        System.arraycopy(bytes, from, outbox, outboxTo, count);
        outboxTo += count;
    }

    void flush(SendPhase phase, Duration within) throws SmtpFault {
        if (outboxTo > 0) {
            push(outbox, 0, outboxTo, phase, within);
            outboxTo = 0;
        }
    }

    private void push(byte[] bytes, int from, int count, SendPhase phase, Duration within) throws SmtpFault {
        try {
            watchdog.until(until(phase, within));
            out.write(bytes, from, count);
            watchdog.rest();
        } catch (IOException broken) {
            throw new SmtpFault(phase, faultOf(broken), null, broken);
        }
    }

    /** A submission that has used up its time does not begin its point of no return. */
    void mustHaveTime(SendPhase phase) throws SmtpFault {
        if (wholeUntil != Long.MAX_VALUE && wholeUntil - clock.nanos() <= 0) {
            throw new SmtpFault(phase, Fault.STALL, null, null);
        }
    }

    /** {@return whether the server has said something that nobody asked for yet} */
    boolean spoken() {
        try {
            return inboxFrom < inboxTo || in.available() > 0;
        } catch (IOException broken) {
            LOG.log(Level.TRACE, "the next write or read will tell", broken);
            return false;
        }
    }

    /** Reads one reply, in all its lines. */
    SmtpReply reply(SendPhase phase, Duration within) throws SmtpFault {
        long until = until(phase, within);
        List<String> lines = new ArrayList<>(1);
        int code = 0;
        boolean more = true;
        while (more) {
            String line = line(phase, until);
            int lineCode = codeOf(line);
            if (lineCode == 0 || (code != 0 && code != lineCode) || lines.size() == limits.replyLines()) {
                throw new SmtpFault(phase, Fault.GARBAGE, null, null);
            }
            code = lineCode;
            more = line.length() > 3 && line.charAt(3) == '-';
            lines.add(line.length() > 4 ? line.substring(4) : "");
        }
        return new SmtpReply(code, lines, words);
    }

    private static int codeOf(String line) {
        boolean separated =
                line.length() == 3 || (line.length() > 3 && (line.charAt(3) == ' ' || line.charAt(3) == '-'));
        if (!separated || line.charAt(0) < '2' || line.charAt(0) > '5') {
            return 0;
        }
        int code = 0;
        for (int i = 0; i < 3; i++) {
            int digit = line.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            code = code * 10 + digit;
        }
        return code;
    }

    private String line(SendPhase phase, long until) throws SmtpFault {
        byte[] line = new byte[128];
        int length = 0;
        while (true) {
            if (inboxFrom == inboxTo) {
                fill(phase, until);
            }
            byte b = inbox[inboxFrom++];
            if (b == '\n') {
                int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
                return ServerWords.line(new String(line, 0, end, StandardCharsets.UTF_8));
            }
            if (length == limits.replyLineBytes()) {
                throw new SmtpFault(phase, Fault.GARBAGE, null, null);
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, length * 2);
            }
            line[length++] = b;
        }
    }

    private void fill(SendPhase phase, long until) throws SmtpFault {
        try {
            socket.setSoTimeout(millisTo(until));
            watchdog.until(until);
            int count = in.read(inbox, 0, inbox.length);
            watchdog.rest();
            if (count < 0) {
                throw new SmtpFault(phase, Fault.DROP, null, null);
            }
            inboxFrom = 0;
            inboxTo = count;
        } catch (IOException broken) {
            throw new SmtpFault(phase, faultOf(broken), null, broken);
        }
    }

    private long until(SendPhase phase, Duration within) {
        long until = clock.nanos() + within.toNanos();
        boolean wholeCounts = wholeUntil != Long.MAX_VALUE && phase != SendPhase.END_OF_DATA;
        return wholeCounts && wholeUntil - until < 0 ? wholeUntil : until;
    }

    private int millisTo(long until) throws SocketTimeoutException {
        long nanos = until - clock.nanos();
        if (nanos <= 0) {
            throw new SocketTimeoutException("deadline passed");
        }
        return Math.clamp(nanos / 1_000_000, 1, Integer.MAX_VALUE);
    }

    /** Closes at once, without a word; what was not flushed is never sent. */
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
