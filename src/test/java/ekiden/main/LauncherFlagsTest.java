package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Both launchers give the virtual machine the same flags: a cache is valid only for those it was recorded with. */
class LauncherFlagsTest {
    private static final Pattern FLAG =
            Pattern.compile("Tier\\d\\w+=\\d+|maxPoolSize=\\d+|-Xmx192m|[\\w.]+::\\w+|,0\\.\\d+");

    @Test
    void launchersOfBothSystemsGiveTheSameFlags() throws IOException {
        List<String> flags = flags("ekiden");
        assertThat(flags).hasSizeGreaterThan(10);
        assertThat(flags("ekiden.cmd")).containsExactlyInAnyOrderElementsOf(flags);
    }

    private static List<String> flags(String launcher) throws IOException {
        return FLAG.matcher(Files.readString(Path.of(launcher)))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }
}
