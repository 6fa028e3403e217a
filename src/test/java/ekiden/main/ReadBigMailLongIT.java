package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.ChildProcess;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail of 2 GB read by {@code mail read} in a heap of 128 MB. {@code -Dekiden.big.bytes=N} for another size. */
class ReadBigMailLongIT {
    private static final long BIG = Long.getLong("ekiden.big.bytes", 2_000_000_000L);
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final byte[] LINE = ("QUJD".repeat(19) + "\r\n").getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    @Test
    void mailOfTwoGigabytesIsReadInAHeapOf128Megabytes() throws IOException {
        reads("attachment", "; name=a.bin");
        reads("winmail", "; name=winmail.dat");
    }

    private void reads(String name, String parameters) throws IOException {
        Path mail = folder.resolve(name + ".eml");
        long lines = write(mail, BIG, parameters);
        List<String> call = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:MaxDirectMemorySize=16m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "ekiden.main.Main",
                "mail",
                "read",
                mail.toString());
        try {
            String line = ChildProcess.run("mail read", new ProcessBuilder(call), WITHIN);
            assertThat(line).contains("\"size\":" + lines * 57, "\"text\":\"hi\"", "\"sha256\"");
        } finally {
            Files.delete(mail);
        }
    }

    private static long write(Path mail, long size, String parameters) throws IOException {
        String head = "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhi\r\n--b\r\n"
                + "Content-Type: application/octet-stream" + parameters
                + "\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        long lines = size / LINE.length;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(mail), 1 << 20)) {
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            for (long i = 0; i < lines; i++) {
                out.write(LINE);
            }
            out.write("--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return lines;
    }
}
