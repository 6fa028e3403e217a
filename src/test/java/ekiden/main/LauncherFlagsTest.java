package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Both launchers give the virtual machine the same flags: a cache is valid only for those it was recorded with. */
class LauncherFlagsTest {
    private static final Pattern FLAG = Pattern.compile("Tier\\d\\w+=\\d+|maxPoolSize=\\d+|-Xmx192m");

    /** A loop, and how much sooner it is compiled where that stands beside it. */
    private static final Pattern LOOP = Pattern.compile("([\\w.$]+::\\w+)(,0\\.\\d+)?");

    private static final Pattern SCALE = Pattern.compile("%%L(,0\\.\\d+)");

    private static final Pattern LEFT_OUT = Pattern.compile("[\\w.$]+\\*?::[\\w*]+");

    @Test
    void launchersOfBothSystemsGiveTheSameFlags() throws IOException {
        List<String> flags = found(FLAG, beforeRecording("ekiden"));
        assertThat(flags).hasSizeGreaterThan(5);
        assertThat(found(FLAG, beforeRecording("ekiden.cmd"))).containsExactlyInAnyOrderElementsOf(flags);
    }

    @Test
    void bothCompileTheSameLoopsAsMuchSooner() throws IOException {
        List<String> loops = found(LOOP, beforeRecording("ekiden"));
        assertThat(loops).hasSizeGreaterThan(10).allMatch(loop -> loop.contains(",0."));
        // there the scale stands once, behind the loops that have it
        List<String> others = new ArrayList<>();
        for (String some : beforeRecording("ekiden.cmd").split("for %%L in ", -1)) {
            List<String> scale =
                    SCALE.matcher(some).results().map(found -> found.group(1)).toList();
            found(LOOP, some).forEach(loop -> others.add(loop + String.join("", scale)));
        }
        assertThat(others).containsExactlyInAnyOrderElementsOf(loops);
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
        for (String scaled : found(LOOP, beforeRecording("ekiden"))) {
            String loop = scaled.substring(0, scaled.indexOf(','));
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
