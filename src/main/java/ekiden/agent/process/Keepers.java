package ekiden.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Whether a wrapper that waits still has the two that keep the output: without them it would end as soon as it hands them its folder, behind
 * its note, and nobody could say what became of the command. Three short reads of {@code /proc}; where that does not tell, it is taken to have them.
 */
final class Keepers {
    private static final int BOTH = 2;

    private Keepers() {}

    /**
     * @param wrapper one that waits
     * @param begun whether it has had the time to begin them
     * @return whether it can be used
     */
    static boolean complete(Process wrapper, boolean begun) {
        if (!wrapper.isAlive()) {
            return false;
        }
        if (!begun) {
            return true;
        }
        long pid = wrapper.pid();
        try {
            String children = read(Path.of("/proc/" + pid + "/task/" + pid + "/children"));
            long living = children.lines()
                    .flatMap(line -> Stream.of(line.split(" ", -1)))
                    .filter(child -> !child.isBlank() && lives(child))
                    .count();
            return living >= BOTH;
        } catch (IOException cannotTell) {
            return true;
        }
    }

    /** One that was killed stays in the list until its parent asks after it. */
    private static boolean lives(String pid) {
        try {
            String stat = read(Path.of("/proc/" + pid + "/stat"));
            return !stat.substring(stat.lastIndexOf(')') + 1).startsWith(" Z");
        } catch (IOException gone) {
            return false;
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
