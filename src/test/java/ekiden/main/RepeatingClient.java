package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.SystemClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An SMTP client of a few lines that repeats each mail, the same bytes, until it gets a 250. */
final class RepeatingClient {
    private static final int TIMEOUT_MILLIS = 40_000;

    private final Clock clock = new SystemClock();
    private final int port;
    private final String hello;
    private final String recipient;

    RepeatingClient(int port) {
        this(port, "HELO client", "orders@localhost");
    }

    /** @param hello LHLO where the server wants it */
    RepeatingClient(int port, String hello, String recipient) {
        this.port = port;
        this.hello = hello;
        this.recipient = recipient;
    }

    /** A mail with an attachment that its number determines. */
    record Mail(int number, byte[] attachment) {
        static Mail of(int number, int minimum, int maximum) {
            Random random = new Random(number);
            byte[] bytes = new byte[minimum + random.nextInt(maximum - minimum + 1)];
            random.nextBytes(bytes);
            return new Mail(number, bytes);
        }

        String sha256() throws java.security.NoSuchAlgorithmException {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(attachment));
        }

        byte[] head() {
            String head = """
                    From: edi@customer.example
                    To: orders@localhost
                    Subject: order %1$d
                    Message-ID: <%1$d@customer.example>
                    Date: Mon, 23 Nov 2026 10:00:00 +0900
                    MIME-Version: 1.0
                    Content-Type: multipart/mixed; boundary=b1

                    --b1
                    Content-Type: text/plain

                    order %1$d
                    --b1
                    Content-Type: application/octet-stream; name=order.bin
                    Content-Disposition: attachment; filename=order.bin
                    Content-Transfer-Encoding: base64

                    """.formatted(number);
            return head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
        }

        byte[] text() {
            String body = Base64.getMimeEncoder().encodeToString(attachment) + "\r\n--b1--\r\n.\r\n";
            byte[] head = head();
            byte[] tail = body.getBytes(StandardCharsets.US_ASCII);
            byte[] text = Arrays.copyOf(head, head.length + tail.length);
            System.arraycopy(tail, 0, text, head.length, tail.length);
            return text;
        }
    }

    /** Sends until there is a 250; returns how often it tried. */
    int send(Mail mail, Duration within) {
        long deadline = clock.nanos() + within.toNanos();
        int tries = 1;
        while (!once(mail)) {
            tries++;
            if (clock.nanos() > deadline) {
                throw new AssertionError("mail " + mail.number() + " got no 250 in time");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return tries;
    }

    private boolean once(Mail mail) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = socket.getOutputStream();
            return answer(in, "220")
                    && say(in, out, hello, "250")
                    && say(in, out, "MAIL FROM:<edi@customer.example>", "250")
                    && say(in, out, "RCPT TO:<" + recipient + ">", "250")
                    && say(in, out, "DATA", "354")
                    && data(in, out, mail.text());
        } catch (IOException lost) {
            return false;
        }
    }

    private static boolean data(BufferedReader in, OutputStream out, byte[] text) throws IOException {
        out.write(text);
        out.flush();
        return answer(in, "250");
    }

    private static boolean say(BufferedReader in, OutputStream out, String command, String code) throws IOException {
        out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return answer(in, code);
    }

    private static boolean answer(BufferedReader in, String code) throws IOException {
        String line = in.readLine();
        while (line != null && line.startsWith(code + "-")) {
            line = in.readLine();
        }
        return line != null && line.startsWith(code);
    }
}
