package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.SavedMail;
import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import ekiden.testing.ChildProcess;
import ekiden.testing.DovecotServer;
import ekiden.testing.EkidenProcess;
import ekiden.testing.Eventually;
import ekiden.testing.TcpRelay;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mail with an attachment of 1 GB on a Dovecot, read by a real process with its default heap over a connection that is cut three times.
 * {@code -Dekiden.big.bytes=N} for another size of the attachment.
 */
class BigImapMailLongIT {
    private static final System.Logger LOG = System.getLogger(BigImapMailLongIT.class.getName());
    private static final long ATTACHMENT = Long.getLong("ekiden.big.bytes", 1_000_000_000L);
    private static final long MOST_MEMORY = 300_000_000L;
    /** What is on its way when a connection is cut, and what else is said. */
    private static final long LOST_BY_A_CUT = 10_000_000L;

    private static final int CUTS = 3;
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
    void attachmentThatIsCutOffThreeTimesIsSavedWholeAndNoByteTwice() throws Exception {
        DovecotServer dovecot =
                DovecotServer.plan().user(ImapGround.USER, "secret").start();
        List<String> fetches = new CopyOnWriteArrayList<>();
        try (TcpRelay relay = new TcpRelay(dovecot.imapPort());
                ImapGround ground = new ImapGround(folder, dovecot, relay.port(), "")) {
            try (Standalone up = ground.up()) {
                ImapGround.define(up, DEFINITION);
            }
            String sent = new BigMail(ATTACHMENT).send(dovecot.lmtpPort(), "LHLO client", "orders@ekiden.test");
            long size = onTheWire(dovecot.inbox(ImapGround.USER).getFirst());
            relay.hear(line -> {
                if (line.contains("BODY.PEEK[]")) {
                    fetches.add(line);
                }
            });
            long before = relay.down();
            relay.cutAt(before + size / 4, before + size / 2, before + 3 * size / 4);
            long peak = read(ground);
            long fetched = relay.down() - before;
            LOG.log(
                    Level.INFO,
                    "mail of {0} bytes, cut {1} times: {2} bytes fetched by {3}, peak RSS {4} MB",
                    size,
                    relay.cuts(),
                    fetched,
                    fetches,
                    peak / 1_000_000);
            assertThat(relay.cuts()).isEqualTo(CUTS);
            Path file = saved(ground);
            assertThat(file).hasSize(ATTACHMENT);
            assertThat(BigMail.sha256(file)).isEqualTo(sent);
            assertThat(fetches)
                    .as("asked for once, and the rest after each cut")
                    .hasSize(1 + CUTS);
            assertThat(fetched).isBetween(size, size + CUTS * LOST_BY_A_CUT);
            assertThat(peak).isLessThan(MOST_MEMORY);
        }
    }

    /** {@return its bytes with CR LF, which Dovecot notes in the name of the file} */
    private static long onTheWire(Path mail) {
        return Long.parseLong(mail.getFileName().toString().replaceFirst(".*,W=(\\d+).*", "$1"));
    }

    /** {@return the most memory the process held until the command ran} */
    private static long read(ImapGround ground) {
        try (ChildProcess up = EkidenProcess.of("up").home(ground.home).start()) {
            Path attempts = ground.home.resolve("attempts");
            Eventually.within(
                    WITHIN,
                    () -> "the command to run" + up.told(),
                    () -> Files.isDirectory(attempts) && !Stage.names(attempts).isEmpty());
            long peak = up.memory().peak();
            up.kill();
            return peak;
        }
    }

    private static Path saved(ImapGround ground) {
        SavedMail saved = ground.look(store -> store.read(tx -> {
            List<Run> runs = tx.runs().list("/test/orders", 10);
            assertThat(runs).hasSize(1);
            String claim = Objects.requireNonNull(runs.getFirst().claim());
            return tx.claims().find(claim).map(Claim::saved).orElseThrow();
        }));
        return Path.of(Objects.requireNonNull(saved.attachments().getFirst().path()));
    }
}
