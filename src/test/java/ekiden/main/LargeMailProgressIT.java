package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.ChildProcess;
import ekiden.testing.DovecotServer;
import ekiden.testing.EkidenProcess;
import ekiden.testing.Eventually;
import ekiden.testing.TcpRelay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a large mail comes over a slow line is seen meanwhile and afterwards. */
class LargeMailProgressIT {
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final int SMALL = 400_000;
    private static final int LARGE = 3_000_000;
    private static final String WORDS = "receiving a mail: ";

    private static final String STARTS = """
            version: 1
            jobnet: /test/orders
            start: {receive-mail: {profile: orders, from: [edi@customer.example]}}
            jobs:
              load: {command: ["true"]}
            """;
    private static final String WAITS = """
            version: 1
            jobnet: /test/waits
            jobs:
              wait: {receive-mail: {profile: orders, from: [edi@customer.example]}}
            """;

    @TempDir
    private Path folder;

    private static DovecotServer dovecot() {
        return DovecotServer.plan().user(ImapGround.USER, "secret").start();
    }

    private static void send(DovecotServer dovecot, long attachment) throws IOException {
        new BigMail(attachment).send(dovecot.lmtpPort(), "LHLO client", "orders@ekiden.test");
    }

    private static List<String> progress(ImapGround ground, String... more) {
        List<String> words = new ArrayList<>(List.of("mail", "wait", "--profile", "orders", "--after", "none"));
        words.addAll(List.of(more));
        try (ChildProcess process = run(ground, words.toArray(new String[0]))) {
            assertThat(process.awaitExit(WITHIN)).as(process.told()).isZero();
            assertThat(process.lines(ChildProcess.Stream.OUT))
                    .hasSize(2)
                    .first()
                    .isEqualTo("READY");
            return process.lines(ChildProcess.Stream.ERR).stream()
                    .filter(line -> line.startsWith(WORDS))
                    .toList();
        }
    }

    @Test
    void waitingCallTellsOnStandardErrorHowFarItIsUnlessItIsNotWanted() throws IOException {
        DovecotServer dovecot = dovecot();
        try (TcpRelay relay = new TcpRelay(dovecot.imapPort()).rate(150_000);
                ImapGround ground = new ImapGround(folder, dovecot, relay.port(), "progress-from: 100KB")) {
            send(dovecot, SMALL);
            assertThat(progress(ground)).hasSizeBetween(2, 10).last().asString().endsWith(", 100 %");
            assertThat(progress(ground, "--no-progress")).isEmpty();
        }
    }

    @Test
    void logsOfTheRunAndOfTheJobThatTookItTellHowItCame() throws IOException {
        DovecotServer dovecot = dovecot();
        try (TcpRelay relay = new TcpRelay(dovecot.imapPort());
                ImapGround ground = new ImapGround(folder, dovecot, relay.port(), "progress-from: 100KB")) {
            try (Standalone up = ground.up()) {
                ImapGround.define(up, STARTS);
                ImapGround.define(up, WAITS);
            }
            try (ChildProcess up = EkidenProcess.of("up").home(ground.home).start()) {
                up.awaitLine("ready", WITHIN);
                assertThat(run(ground, "run", "start", "/test/waits").awaitExit(WITHIN))
                        .isZero();
                relay.cutAt(relay.down() + LARGE / 2);
                send(dovecot, LARGE);
                Eventually.within(WITHIN, () -> "the wait to end" + up.told(), () -> logOfTheWaitIsThere(ground));
                try (ChildProcess log = run(ground, "run", "log", "/test/orders#1")) {
                    assertThat(log.awaitExit(WITHIN)).isZero();
                    assertThat(log.lines(ChildProcess.Stream.OUT)).isEmpty();
                    assertThat(log.lines(ChildProcess.Stream.ERR))
                            .anyMatch(line -> line.contains("cut off and resumed: 1"))
                            .anyMatch(line -> line.contains("went on after a cut"))
                            .anyMatch(line -> line.startsWith("  9"));
                }
                up.kill();
            }
        }
    }

    private static boolean logOfTheWaitIsThere(ImapGround ground) {
        try (ChildProcess log = run(ground, "run", "log", "/test/waits#1", "wait")) {
            return log.awaitExit(WITHIN) == 0 && log.told().contains("cut off and resumed: 1");
        }
    }

    private static ChildProcess run(ImapGround ground, String... words) {
        return EkidenProcess.of(words).home(ground.home).start();
    }
}
