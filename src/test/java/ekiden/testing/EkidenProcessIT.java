package ekiden.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Starting the built product. */
class EkidenProcessIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void helpEndsWithZeroAndSaysSomething() {
        try (ChildProcess help = EkidenProcess.of("--help").run(SOON)) {
            assertThat(help.exit()).hasValue(0);
            assertThat(help.lines(ChildProcess.Stream.OUT)).isNotEmpty();
        }
    }
}
