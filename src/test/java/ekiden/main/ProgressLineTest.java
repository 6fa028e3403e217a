package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.cli.Terminal;
import ekiden.wait.ShownMails;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final String REWRITE = "\r\u001b[K";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long nanos;

    private final Clock clock = new Clock() {
        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos);
        }

        @Override
        public long nanos() {
            return nanos;
        }
    };

    private ProgressLine line(int columns) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                Path.of("/"),
                Path.of("/"),
                () -> ZoneOffset.UTC,
                clock,
                time -> true,
                () -> columns,
                () -> columns);
        return new ProgressLine(terminal, () -> "mail:");
    }

    private void comes(ShownMails.Show.One mail, long bytes, Duration at) {
        nanos = at.toNanos();
        mail.arrived(bytes);
    }

    private String told() {
        assertThat(out.size()).as("standard output is for answers").isZero();
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void onATerminalTheLineIsRewrittenAndGoesAway() {
        ShownMails.Show.One mail = line(80).begin(20_000_000);
        comes(mail, 2_000_000, Duration.ofMillis(500));
        comes(mail, 2_100_000, Duration.ofMillis(600));
        comes(mail, 10_000_000, Duration.ofMillis(900));
        mail.over(true);
        assertThat(told()).isEqualTo(REWRITE + "mail: 2 / 20 MB, 10 %" + REWRITE + "mail: 10 / 20 MB, 50 %" + REWRITE);
    }

    @Test
    void otherLinesHaveTheirRoomOnce() {
        ProgressLine line = line(80);
        line.clear();
        comes(line.begin(20_000_000), 2_000_000, Duration.ofMillis(500));
        line.clear();
        line.clear();
        assertThat(told()).isEqualTo(REWRITE + "mail: 2 / 20 MB, 10 %" + REWRITE);
    }

    @Test
    void elsewhereThereAreWholeLinesAndTheEndIsOneOfThem() {
        ShownMails.Show.One mail = line(0).begin(1_000_000);
        comes(mail, 250_000, Duration.ofSeconds(1));
        comes(mail, 1_000_000, Duration.ofSeconds(9));
        mail.over(true);
        assertThat(told()).isEqualTo("mail: 250 / 1000 KB, 25 %\nmail: 1000 / 1000 KB, 100 %\n");
    }

    @Test
    void mailThatCameSoonOrWasCutOffHasNoLastLine() {
        ShownMails.Show.One soon = line(0).begin(1_000_000);
        comes(soon, 999_999, Duration.ofMillis(10));
        soon.over(true);
        ShownMails.Show.One cut = line(0).begin(1_000_000);
        comes(cut, 10, Duration.ofMillis(20));
        cut.over(false);
        assertThat(told()).isEmpty();
    }
}
