package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.SavedMail;
import ekiden.model.run.Claim;
import ekiden.testing.ChildProcess;
import ekiden.testing.Eventually;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail with an attachment of 1 GB through the listener of a real process with its default heap. */
class BigMailUpIT {
    private static final System.Logger LOG = System.getLogger(BigMailUpIT.class.getName());
    private static final long ATTACHMENT = 1_000_000_000L;
    private static final long MOST_MEMORY = 300_000_000L;
    private static final int LINE = 57;
    private static final Duration WITHIN = Duration.ofMinutes(5);

    private static final String DEFINITION = """
            version: 1
            jobnet: /test/orders
            start: {receive-mail: {profile: orders, from: [edi@customer.example]}}
            jobs:
              load: {command: ["true"]}
            """;

    @TempDir
    private Path folder;

    @Test
    void attachmentOfOneGigabyteIsSavedWholeInLittleMemory() throws Exception {
        KillGround ground = new KillGround(folder, DEFINITION, "#!/bin/sh\n");
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        long peak;
        try (ChildProcess up = ChildProcess.start(
                "ekiden up",
                new ProcessBuilder(
                        Path.of("ekiden").toAbsolutePath().toString(), "up", "--home", ground.home.toString()))) {
            up.awaitLine("ready", Duration.ofSeconds(60));
            send(ground.port, sent);
            Path attempts = ground.home.resolve("attempts");
            Eventually.within(
                    WITHIN, "the command to run", () -> !Stage.names(attempts).isEmpty());
            peak = peak(up.pid());
            up.kill();
        }
        SavedMail saved = Objects.requireNonNull(ground.look(store -> store.read(tx -> {
            String claim = Objects.requireNonNull(
                    tx.runs().list(KillGround.UNIT, 1).getFirst().claim());
            return tx.claims().find(claim).map(Claim::saved).orElseThrow();
        })));
        Path file =
                Path.of(Objects.requireNonNull(saved.attachments().getFirst().path()));
        LOG.log(Level.INFO, "1 GB mail: peak RSS {0} MB", peak / 1_000_000);
        assertThat(Files.size(file)).isEqualTo(ATTACHMENT);
        assertThat(sha256(file)).isEqualTo(HexFormat.of().formatHex(sent.digest()));
        assertThat(peak).isLessThan(MOST_MEMORY);
    }

    private static void send(int port, MessageDigest digest) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) WITHIN.toMillis());
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            answer(in, "220");
            for (String command :
                    new String[] {"HELO client", "MAIL FROM:<edi@customer.example>", "RCPT TO:<orders@localhost>"}) {
                say(out, command);
                answer(in, "250");
            }
            say(out, "DATA");
            answer(in, "354");
            out.write(RepeatingClient.Mail.of(0, 1, 1).head());
            attachment(out, digest);
            out.write("\r\n--b1--\r\n.\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            answer(in, "250");
        }
    }

    /** Random bytes, a block repeated, so that making them costs little. */
    private static void attachment(OutputStream out, MessageDigest digest) throws IOException {
        byte[] block = new byte[LINE * 10_000];
        new Random(1).nextBytes(block);
        byte[] lines = Base64.getMimeEncoder().encode(block);
        long left = ATTACHMENT;
        while (left >= block.length) {
            out.write(lines);
            out.write('\r');
            out.write('\n');
            digest.update(block);
            left -= block.length;
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
        assertThat(in.readLine()).startsWith(code);
    }

    private static long peak(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new AssertionError("no VmHWM");
    }

    private static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
