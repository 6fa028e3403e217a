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
            Pattern.compile("Tier\\d\\w+=\\d+|maxPoolSize=\\d+|-Xmx192m|[\\w.$]+::\\w+|,0\\.\\d+");

    private static final Pattern LEFT_OUT = Pattern.compile("[\\w.$]+\\*?::[\\w*]+");

    @Test
    void launchersOfBothSystemsGiveTheSameFlags() throws IOException {
        List<String> flags = found(FLAG, beforeRecording("ekiden"));
        assertThat(flags).hasSizeGreaterThan(10);
        assertThat(found(FLAG, beforeRecording("ekiden.cmd"))).containsExactlyInAnyOrderElementsOf(flags);
    }

    /** What is sooner compiled by the second compiler must not be remembered as compiled by the first. */
    @Test
    void bothRecordNothingOfTheLoopsOverEachByte() throws IOException {
        String text = Files.readString(Path.of("src/main/sh/build.sh"));
        List<String> leftOut = found(LEFT_OUT, text.substring(text.indexOf("\nplain=")));
        String other = Files.readString(Path.of("ekiden.cmd"));
        assertThat(leftOut).hasSizeGreaterThan(10);
        assertThat(found(LEFT_OUT, other.substring(other.indexOf(":record\r\n"))))
                .containsExactlyInAnyOrderElementsOf(leftOut);
        for (String loop : found(LEFT_OUT, beforeRecording("ekiden"))) {
            assertThat(leftOut)
                    .as(loop)
                    .anyMatch(pattern -> loop.matches(
                            pattern.replace("$", "\\$").replace(".", "\\.").replace("*", ".*")));
        }
    }

    private static String beforeRecording(String launcher) throws IOException {
        String text = Files.readString(Path.of(launcher));
        int record = text.indexOf(":record\r\n");
        return record < 0 ? text : text.substring(0, record);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }
}
