package ekiden.mail.receive.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class BigMailIT {
    private static final long MEBIBYTES = Long.getLong("ekiden.test.bigMailMebibytes", 200);

    @TempDir
    Path folder;

    /** The heap is too small to hold more than a few per cent of it. */
    @Test
    void mailThatIsLargerThanTheHeapComesThroughWhole() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BigMail.class.getName(),
                        folder.toString(),
                        Long.toString(MEBIBYTES))
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        String[] result = Files.readString(folder.resolve("result")).split(" ");
        long size = Long.parseLong(result[0]);
        assertThat(size).isGreaterThanOrEqualTo(MEBIBYTES << 20);
        assertThat(result[4]).isEqualTo(expected(size));
        assertThat(Long.parseLong(result[3])).as("peak RSS in KiB").isLessThan(150_000);
    }

    private static String expected(long size) throws Exception {
        byte[] line = ("x".repeat(76) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        assertThat(size % line.length).isZero();
        for (long at = 0; at < size; at += line.length) {
            digest.update(line);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
