package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.base.SystemClock;
import ekiden.config.HomePaths;
import ekiden.testing.ChildProcess;
import ekiden.testing.EkidenProcess;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home that has kept mails for years. {@code -Dekiden.kept.mails=N} for another number than 300,000. */
class ManyKeptMailsLongIT {
    private static final System.Logger LOG = System.getLogger(ManyKeptMailsLongIT.class.getName());
    private static final int KEPT = Integer.getInteger("ekiden.kept.mails", 300_000);
    private static final int STARTS = 3;
    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final long READY_WITHIN_MILLIS = 10_000;

    private static final String DEFINITION = """
            version: 1
            jobnet: /test/orders
            start: {receive-mail: {profile: orders, subject: [order]}}
            overlap: allow
            jobs: {load: {command: ["true"]}}
            """;

    private final Clock clock = new SystemClock();

    @TempDir
    private Path folder;

    @Test
    void startDoesNotWaitForTheMailsThatAreKept() throws Exception {
        KillGround ground = new KillGround(folder, DEFINITION, "");
        new KeptMails(new HomePaths(ground.home)).fill(KEPT, clock.now().minus(Duration.ofDays(1)));
        RepeatingClient client = new RepeatingClient(ground.port);
        List<Long> readyAfter = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            long begun = clock.nanos();
            try (ChildProcess up =
                    EkidenProcess.of("up", "--home", ground.home.toString()).start()) {
                up.awaitLine("ready", WITHIN);
                long ready = millisSince(begun);
                client.send(RepeatingClient.Mail.of(i, 1_000, 2_000), WITHIN);
                long accepted = millisSince(begun);
                LOG.log(
                        Level.INFO,
                        "start with {0} kept mails: ready after {1} ms, first mail accepted after {2} ms",
                        KEPT,
                        ready,
                        accepted);
                readyAfter.add(ready);
            }
        }
        assertThat(readyAfter.getLast()).isLessThan(READY_WITHIN_MILLIS);
    }

    private long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanos() - nanos);
    }
}
