package ekiden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process knows of where it was called. */
class TerminalTest {
    @Test
    void homeOfTheEnvironmentComesBeforeThatOfThePasswordFile() {
        assertThat(Terminal.userFolder(Map.of("HOME", "/srv/jobs"))).isEqualTo(Path.of("/srv/jobs"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void emptyHomeIsNone(String home) {
        assertThat(Terminal.userFolder(Map.of("HOME", home))).isEqualTo(Path.of(System.getProperty("user.home")));
    }

    @Test
    void withoutHomeThatOfThePasswordFileCounts() {
        assertThat(Terminal.userFolder(Map.of())).isEqualTo(Path.of(System.getProperty("user.home")));
    }
}
