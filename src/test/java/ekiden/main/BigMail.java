package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A mail with an attachment of many bytes, which goes to a server by SMTP or LMTP and is never in memory. */
final class BigMail {
    private static final int LINE = 57;
    private static final Duration WITHIN = Duration.ofMinutes(5);

    private final int number;
    private final long attachment;
    private final long rate;
    private final MessageDigest digest = sha256();

    /** @param attachment bytes of the attachment */
    BigMail(long attachment) {
        this(0, attachment, 0);
    }

    /**
     * @param number in its subject
     * @param attachment bytes of the attachment
     * @param rate bytes a second that it goes out with, about; 0 for as many as there are
     */
    BigMail(int number, long attachment, long rate) {
        this.number = number;
        this.attachment = attachment;
        this.rate = rate;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Hands it over, once. {@return the SHA-256 of its attachment} */
    String send(int port, String hello, String recipient) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) WITHIN.toMillis());
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            answer(in, "220");
            for (String command :
                    new String[] {hello, "MAIL FROM:<edi@customer.example>", "RCPT TO:<" + recipient + ">"}) {
                say(out, command);
                answer(in, "250");
            }
            say(out, "DATA");
            answer(in, "354");
            out.write(RepeatingClient.Mail.of(number, 1, 1).head());
            attachment(out);
            out.write("\r\n--b1--\r\n.\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            answer(in, "250");
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Random bytes, a block repeated, so that making them costs little. */
    private void attachment(OutputStream out) throws IOException {
        byte[] block = new byte[LINE * 10_000];
        new Random(number).nextBytes(block);
        byte[] lines = Base64.getMimeEncoder().encode(block);
        long left = attachment;
        while (left >= block.length) {
            out.write(lines);
            out.write('\r');
            out.write('\n');
            digest.update(block);
            left -= block.length;
            if (rate > 0) {
                out.flush();
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(block.length) / rate);
            }
        }
        byte[] rest = new byte[(int) left];
        System.arraycopy(block, 0, rest, 0, rest.length);
        out.write(Base64.getMimeEncoder().encode(rest));
        digest.update(rest);
    }

    private static void say(OutputStream out, String command) throws IOException {
        out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void answer(BufferedReader in, String code) throws IOException {
        String line = in.readLine();
        while (line != null && line.startsWith(code + "-")) {
            line = in.readLine();
        }
        assertThat(line).startsWith(code);
    }

    /** {@return the SHA-256 of a file} */
    static String sha256(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
