package ekiden.mail.receive.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Postfix's own test client, on many connections at once, against a spool on a real disk. */
@Timeout(120)
class SmtpSourceIT {
    private static final int MAILS = Integer.getInteger("ekiden.test.smtpSourceMails", 300);
    private static final int BYTES = 5_000;

    @TempDir
    Path folder;

    private static Path smtpSource() {
        return List.of("/usr/sbin/smtp-source", "/usr/bin/smtp-source", "/usr/libexec/postfix/smtp-source").stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("smtp-source is missing: install the package postfix"));
    }

    private static void send(SmtpdRig rig, int connections, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                smtpSource().toString(),
                "-s",
                Integer.toString(connections),
                "-m",
                Integer.toString(MAILS),
                "-l",
                Integer.toString(BYTES),
                "-f",
                "edi@customer.example",
                "-t",
                "orders@localhost"));
        command.addAll(List.of(options));
        command.add("inet:127.0.0.1:" + rig.server().port());
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static void allArrived(SmtpdRig rig) throws IOException, InterruptedException {
        for (int i = 0; i < MAILS; i++) {
            SmtpdRig.Delivered delivered = rig.next();
            assertThat(rig.bytes(delivered.mail())).hasSizeGreaterThanOrEqualTo(BYTES);
            assertThat(delivered.envelope().sender()).isEqualTo("edi@customer.example");
        }
        assertThat(rig.delivered).isEmpty();
        assertThat(rig.problems).isEmpty();
    }

    @Test
    void mailsOnManyConnectionsAllArriveOnce() throws Exception {
        try (SmtpdRig rig = new SmtpdRig(folder).start()) {
            send(rig, 20);
            allArrived(rig);
        }
    }

    @Test
    void mailsOverLmtpAllArriveOnce() throws Exception {
        try (SmtpdRig rig = new SmtpdRig(folder).lmtp().start()) {
            send(rig, 5, "-L", "-d");
            allArrived(rig);
        }
    }
}
