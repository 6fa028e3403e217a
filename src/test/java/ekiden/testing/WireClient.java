package ekiden.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Speaks a protocol of lines (SMTP, LMTP, IMAP, POP3) the way a person with telnet would, so that a server is tried by
 * something that shares no code with the product. For one thread.
 */
public final class WireClient implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    private final Socket socket;
    private final InputStream in;

    private WireClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * @param port of 127.0.0.1
     * @return a connection on which nothing was said yet
     */
    public static WireClient connect(int port) {
        try {
            Socket socket = new Socket();
            socket.connect(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), (int) ANSWER_WITHIN.toMillis());
            socket.setSoTimeout((int) ANSWER_WITHIN.toMillis());
            return new WireClient(socket);
        } catch (IOException broken) {
            throw new UncheckedIOException("port " + port, broken);
        }
    }

    /** From now on waits for a line as long as it takes. */
    public void patient() {
        try {
            socket.setSoTimeout(0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** {@return the next line, without its end} */
    public String line() {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new EOFException("connection closed after \"" + line.toString(StandardCharsets.UTF_8) + "\"");
                }
                line.write(b);
            }
            return line.toString(StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Sends these bytes as they are. */
    public void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Sends a line. */
    public void say(String line) {
        send((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a line and reads up to the last line of an SMTP reply.
     *
     * @param line a command
     * @return that last line, for example {@code 250 ok}
     */
    public String ask(String line) {
        say(line);
        return reply();
    }

    /** {@return the last line of the next SMTP reply} */
    public String reply() {
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        return line;
    }

    /**
     * Sends an IMAP command and reads up to its tagged answer.
     *
     * @param tag its tag
     * @param command the rest of the line
     * @return the tagged answer
     */
    public String imap(String tag, String command) {
        say(tag + " " + command);
        String line = line();
        while (!line.startsWith(tag + " ")) {
            line = line();
        }
        return line;
    }

    /**
     * Hands one mail over by SMTP or LMTP on a fresh connection: greeting to end of data.
     *
     * @param hello {@code EHLO x} or {@code LHLO x}
     * @param from envelope sender
     * @param to one envelope recipient
     * @param mail the message, lines end with CR LF, none begins with a dot
     * @return the reply to the final dot
     */
    public String deliver(String hello, String from, String to, String mail) {
        expect("220", reply());
        expect("250", ask(hello));
        expect("250", ask("MAIL FROM:<" + from + ">"));
        expect("250", ask("RCPT TO:<" + to + ">"));
        expect("354", ask("DATA"));
        return ask(mail + "\r\n.");
    }

    private static void expect(String code, String reply) {
        if (!reply.startsWith(code)) {
            throw new AssertionError("wanted " + code + ", the server said: " + reply);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
