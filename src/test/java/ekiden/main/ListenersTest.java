package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Result;
import ekiden.cli.Terminal;
import ekiden.config.HomePaths;
import ekiden.mail.receive.smtpd.SmtpdListener;
import ekiden.model.mail.CatalogueMail;
import ekiden.testing.Ports;
import ekiden.testing.WireClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners of a whole process, in this one: what keeps it from starting and what does not. */
class ListenersTest {
    private final int port = Ports.free();

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(
                folder.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private void settings(String smtpd) throws IOException {
        Files.writeString(home.resolve("ekiden.yaml"), """
                version: 1
                listen: 127.0.0.1:0
                mail:
                  profiles:
                    orders:
                      receive: {smtpd: {listen: "127.0.0.1:%d", %s}}
                """.formatted(port, smtpd));
    }

    private Result<Standalone> open() {
        return new Up(new HomePaths(home), Locale.ROOT, Terminal.system()).open(SmtpdListener.NONE);
    }

    private Standalone opened() {
        if (open() instanceof Result.Ok<Standalone>(Standalone up)) {
            return up;
        }
        throw new AssertionError("did not start");
    }

    @Test
    void portInUseKeepsTheProcessFromStarting() throws IOException {
        settings("recipients: [orders@localhost]");
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(other.isBound()).isTrue();
            assertThat(open())
                    .isInstanceOfSatisfying(
                            Result.Failed.class,
                            failed -> assertThat(failed.problem().id()).isEqualTo("EKDM0100-E"));
        }
    }

    @Test
    void mailForTwoAddressesOfOneProfileIsOneMail() throws IOException {
        settings("recipients: [orders@localhost, sales@localhost]");
        try (Standalone up = opened()) {
            assertThat(up.listeners()).hasSize(1);
            for (int time = 0; time < 2; time++) {
                try (WireClient client = WireClient.connect(port)) {
                    client.line();
                    client.ask("EHLO client");
                    assertThat(client.ask("MAIL FROM:<edi@customer.example>")).startsWith("250");
                    assertThat(client.ask("RCPT TO:<orders@localhost>")).startsWith("250");
                    assertThat(client.ask("RCPT TO:<sales@localhost>")).startsWith("250");
                    assertThat(client.ask("DATA")).startsWith("354");
                    client.say("Subject: order\r\nMessage-ID: <1@customer.example>\r\n\r\nOne.");
                    assertThat(client.ask(".")).startsWith("250");
                }
            }
            List<CatalogueMail> mails = up.store().read(tx -> tx.mails().list(null, null, 10));
            assertThat(mails).hasSize(1);
            assertThat(up.store()
                            .<Integer>read(tx ->
                                    tx.mails().joins(mails.getFirst().id()).size()))
                    .isEqualTo(1);
        }
    }
}
