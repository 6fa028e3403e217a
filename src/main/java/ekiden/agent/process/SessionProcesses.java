package ekiden.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a wrapper's command began: all below the wrapper, and all in its session, where a process stays whose parent has ended. Reads
 * {@code /proc}. The wrapper itself and the parts of it that keep the output are no such processes: they end when the command has.
 */
final class SessionProcesses {
    private static final Path PROC = Path.of("/proc");
    private static final int SESSION_FIELD_AFTER_NAME = 3;
    private static final int STARTTIME_FIELD_AFTER_NAME = 19;

    private final ProcessHandle wrapper;
    private final boolean ownSession;
    private final String words;

    /**
     * @param wrapper the living wrapper; without a session of its own only those below it are found
     */
    SessionProcesses(ProcessHandle wrapper) {
        this.wrapper = wrapper;
        this.ownSession = session(wrapper.pid()) == wrapper.pid();
        this.words = words(wrapper.pid());
    }

    /** {@return those that live now} */
    List<ProcessHandle> begun() {
        Set<ProcessHandle> all = new LinkedHashSet<>(wrapper.descendants().toList());
        if (ownSession && !replaced()) {
            all.addAll(inSession());
        }
        return all.stream().filter(this::ofCommand).toList();
    }

    /** A session keeps its number while anybody is in it; another process with that number has another session. */
    private boolean replaced() {
        return ProcessHandle.of(wrapper.pid())
                .filter(present -> !present.equals(wrapper))
                .isPresent();
    }

    private List<ProcessHandle> inSession() {
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path one : processes) {
                // the handle knows the start time; who has the number after that look is not touched
                ProcessHandle.of(Long.parseLong(one.getFileName().toString()))
                        .filter(handle -> session(handle.pid()) == wrapper.pid())
                        .ifPresent(found::add);
            }
        } catch (IOException unreadable) {
            return List.of();
        }
        return found;
    }

    private boolean ofCommand(ProcessHandle handle) {
        return !handle.equals(wrapper)
                && !partOfWrapper(handle)
                && handle.parent()
                        .filter(parent -> !parent.equals(wrapper) && partOfWrapper(parent))
                        .isEmpty();
    }

    /** Parts of the wrapper run its own words; whatever it calls has words of its own. */
    private boolean partOfWrapper(ProcessHandle handle) {
        return !words.isEmpty() && words(handle.pid()).equals(words);
    }

    private static String words(long pid) {
        return read(pid, "cmdline");
    }

    private static long session(long pid) {
        String field = field(pid, SESSION_FIELD_AFTER_NAME);
        return field.isEmpty() ? -1 : Long.parseLong(field);
    }

    /** {@return clock ticks since boot; empty where there is no such process} */
    static String startTime(long pid) {
        return field(pid, STARTTIME_FIELD_AFTER_NAME);
    }

    private static String field(long pid, int afterName) {
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        boolean zombie = fields[0].equals("Z");
        return zombie || fields.length <= afterName ? "" : fields[afterName];
    }

    private static String read(long pid, String name) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve(name), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
