package ekiden.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ProgramsTest {
    @Test
    void whatIsMissingIsNamedWithItsPackage() {
        assertThat(Programs.message(List.of(Program.DOVECOT_LMTP, Program.INITDB, Program.POSTGRES)))
                .contains("missing on this machine: lmtp initdb postgres.")
                .contains("Debian packages: dovecot-lmtpd postgresql.");
    }

    @Test
    void whatIsThereIsFoundAndWhatIsNotIsNot() {
        assertThat(Programs.find("sh")).isPresent();
        assertThat(Programs.find("no-such-program-anywhere")).isEmpty();
    }

    @Test
    void devInstallsWhatTheTestsNeed() throws IOException {
        String line = Files.readAllLines(Path.of("dev")).stream()
                .filter(l -> l.startsWith("SERVER_PROGRAMS="))
                .findFirst()
                .orElseThrow();
        Set<String> installed = new TreeSet<>(List.of(
                line.substring(line.indexOf('\'') + 1, line.lastIndexOf('\'')).split(" ", -1)));
        Set<String> needed = new TreeSet<>();
        for (Program program : Program.values()) {
            needed.add(program.file() + ":" + program.debianPackage());
        }
        // The one package has both.
        needed.remove("postgres:postgresql");
        assertThat(installed).isEqualTo(needed);
    }
}
