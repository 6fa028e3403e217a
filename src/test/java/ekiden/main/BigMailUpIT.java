package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.SavedMail;
import ekiden.model.run.Claim;
import ekiden.testing.ChildProcess;
import ekiden.testing.Eventually;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail with an attachment of 1 GB through the listener of a real process with its default heap. */
class BigMailUpIT {
    private static final System.Logger LOG = System.getLogger(BigMailUpIT.class.getName());
    private static final long ATTACHMENT = 1_000_000_000L;
    private static final long MOST_MEMORY = 300_000_000L;
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
        String sent;
        long peak;
        try (ChildProcess up = ChildProcess.start(
                "ekiden up",
                new ProcessBuilder(
                        Path.of("ekiden").toAbsolutePath().toString(), "up", "--home", ground.home.toString()))) {
            up.awaitLine("ready", Duration.ofSeconds(60));
            sent = new BigMail(ATTACHMENT).send(ground.port, "HELO client", "orders@localhost");
            Path attempts = ground.home.resolve("attempts");
            Eventually.within(
                    WITHIN, "the command to run", () -> !Stage.names(attempts).isEmpty());
            peak = up.memory().peak();
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
        assertThat(BigMail.sha256(file)).isEqualTo(sent);
        assertThat(peak).isLessThan(MOST_MEMORY);
    }
}
