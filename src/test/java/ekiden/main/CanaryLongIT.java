package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.testing.DovecotServer;
import ekiden.testing.Eventually;
import ekiden.testing.PostfixServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Canaries through a real Postfix into a real Dovecot: the built product as an operator meets it. */
class CanaryLongIT {
    private static final Duration WITHIN = Duration.ofMinutes(3);
    private static final String SETTINGS = """
            version: 1
            listen: 127.0.0.1:0
            mail:
              profiles:
                orders:
                  receive:
                    imap:
                      host: 127.0.0.1
                      port: %d
                      user: orders
                      password: {file: orders.pass}
                      canary: {every: 1m, within: 10s, to: orders@example.jp}
                  send: {smtp: {host: 127.0.0.1, port: %d}, from: orders@example.jp}
            """;
    private static final String JOBNET = """
            version: 1
            jobnet: /test/all
            start: {receive-mail: {profile: orders, any: true}}
            overlap: allow
            jobs:
              load: {command: ["true"]}
            """;

    @TempDir
    private Path folder;

    private static void soon(UpGround ground, BooleanSupplier so) {
        Eventually.within(
                WITHIN, () -> ground.cli("profile", "list").text() + ground.up().told(), so);
    }

    private static boolean says(UpGround ground, String part, String... words) {
        return ground.cli(words).text().contains(part);
    }

    @Test
    void mailboxIsProvedAndItsTroubleIsToldAndEndsByItself() throws IOException {
        UpGround ground = new UpGround(folder);
        try (DovecotServer box = DovecotServer.plan().user("orders", "secret").start();
                PostfixServer relay = PostfixServer.lmtpTo(new HostPort("127.0.0.1", box.lmtpPort()))
                        .start();
                ground) {
            Path password = ground.home.resolve("orders.pass");
            Files.writeString(password, "secret\n");
            Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
            ground.write("home/ekiden.yaml", SETTINGS.formatted(box.imapPort(), relay.port()));
            ground.start().define("all", JOBNET);
            soon(ground, () -> says(ground, "orders  canary  ok", "profile", "list"));
            assertThat(ground.cli("profile", "list").text()).containsPattern("took [0-9.]+ s");
            Eventually.within(WITHIN, () -> box.inbox("orders").isEmpty());
            assertThat(ground.cli("alarm", "list").text()).doesNotContain("canary/orders");

            box.stop();
            soon(ground, () -> says(ground, "EKDM0751-E", "alarm", "list", "--json"));
            assertThat(ground.cli("profile", "list").text()).contains("orders  canary  FAILED");
            box.startAgain();
            soon(ground, () -> !says(ground, "canary/orders", "alarm", "list"));
            Eventually.within(WITHIN, relay::told, () -> relay.waiting() == 0);
            Eventually.within(WITHIN, () -> box.inbox("orders").isEmpty());

            relay.stop();
            soon(ground, () -> says(ground, "EKDM0750-E", "alarm", "list", "--json"));
            assertThat(ground.cli("run", "list", "--json").out()).isEmpty();
            assertThat(ground.cli("mail", "list", "--json").out()).isEmpty();
        }
    }
}
