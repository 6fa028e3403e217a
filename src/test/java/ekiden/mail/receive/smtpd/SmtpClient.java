package ekiden.mail.receive.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Says exactly what a test wants, right or wrong, and checks the replies. */
final class SmtpClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    SmtpClient(InetSocketAddress address) throws IOException {
        this(address, PATIENCE);
    }

    SmtpClient(InetSocketAddress address, Duration patience) throws IOException {
        this(new Socket(address.getAddress(), address.getPort()), patience);
    }

    /** From that address of this machine. */
    SmtpClient(InetSocketAddress address, String from) throws IOException {
        this(new Socket(address.getAddress(), address.getPort(), InetAddress.getByName(from), 0), PATIENCE);
    }

    private SmtpClient(Socket connected, Duration patience) throws IOException {
        socket = connected;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) patience.toMillis());
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Sends a line. */
    SmtpClient send(String line) throws IOException {
        return raw(line + "\r\n");
    }

    SmtpClient raw(String text) throws IOException {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    SmtpClient raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** Sends a line and checks the code of its reply. */
    String say(String line, int code) throws IOException {
        return send(line).expect(code);
    }

    /** Reads one reply of one or more lines, checks its code, and answers its text. */
    String expect(int code) throws IOException {
        StringBuilder reply = new StringBuilder();
        String line;
        do {
            line = line();
            reply.append(line).append('\n');
        } while (line.length() > 3 && line.charAt(3) == '-');
        assertThat(reply.toString()).startsWith(Integer.toString(code));
        return reply.toString().strip();
    }

    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new AssertionError("hung up after \"" + line.toString(StandardCharsets.UTF_8) + "\"");
            }
            line.write(c);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        assertThat(text).endsWith("\r");
        return text.substring(0, text.length() - 1);
    }

    /** The server has hung up, and has said nothing more before. */
    void expectEnd() throws IOException {
        assertThat(in.read()).isEqualTo(-1);
    }

    void secure(SSLContext context) throws IOException {
        SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        secured.startHandshake();
        socket = secured;
        in = new BufferedInputStream(secured.getInputStream());
        out = secured.getOutputStream();
    }

    /** Ends the sending half; replies can still be read. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Vanishes with a reset, as a process that was killed with bytes unread. */
    void drop() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
