package ekiden.main;

import ekiden.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Commands that a killed process leaves behind. Most are left alone and must be found again with what they did; the wrappers of some are killed
 * too, so that nobody can tell how they ended. Names of runs stand for their only command.
 */
final class LeftBehind {
    private static final Duration DEAD_WITHIN = Duration.ofSeconds(5);
    private static final int FIELD_OF_START_TIME = 19;

    private final KillGround ground;
    private final Set<String> gone = new HashSet<>();
    private final Set<String> unproved = new HashSet<>();
    private final Set<String> left = new HashSet<>();
    private final Set<String> metRunning = new HashSet<>();
    private Set<String> leftByLast = Set.of();

    LeftBehind(KillGround ground) {
        this.ground = ground;
    }

    /** {@return runs whose wrapper was killed behind its note} */
    Set<String> gone() {
        return gone;
    }

    /** {@return runs whose wrapper was killed and whose folder looks as if the machine had been restarted before the note} */
    Set<String> unproved() {
        return unproved;
    }

    /** {@return runs whose command ran on when its process was killed, and was left alone} */
    Set<String> left() {
        return left;
    }

    /** {@return those of {@link #left} that ran still when the next process was ready} */
    Set<String> metRunning() {
        return metRunning;
    }

    /** {@return whether nobody can know how the command of that run ended} */
    boolean isUnknown(String run) {
        return gone.contains(run) || unproved.contains(run);
    }

    /** {@return how many commands run now} */
    int running() {
        return (int) attempts().stream().filter(one -> wrapper(one).isPresent()).count();
    }

    /** A process was killed. If so wished up to two of its commands lose their wrapper as well, each in its own way; at least one stays. */
    void killed(boolean wrappersToo) throws IOException {
        List<Path> running =
                attempts().stream().filter(one -> wrapper(one).isPresent()).toList();
        int lost = wrappersToo ? Math.min(2, running.size() - 1) : 0;
        for (int i = 0; i < lost; i++) {
            killWrapper(running.get(i), unproved.size() < gone.size());
        }
        leftByLast = new HashSet<>();
        for (Path one : running) {
            if (!isUnknown(run(one)) && wrapper(one).isPresent()) {
                leftByLast.add(run(one));
            }
        }
        left.addAll(leftByLast);
    }

    /** The next process is ready. */
    void ready() {
        for (Path one : attempts()) {
            if (leftByLast.contains(run(one)) && wrapper(one).isPresent()) {
                metRunning.add(run(one));
            }
        }
    }

    private void killWrapper(Path attempt, boolean restarted) throws IOException {
        Optional<ProcessHandle> wrapper = wrapper(attempt);
        if (wrapper.isEmpty()) {
            return;
        }
        wrapper.get().destroyForcibly();
        Eventually.within(DEAD_WITHIN, () -> !wrapper.get().isAlive());
        if (Files.exists(attempt.resolve("exit"))) {
            return;
        }
        if (restarted) {
            Files.delete(attempt.resolve("pid"));
            Files.writeString(attempt.resolve("started"), "another boot", StandardOpenOption.TRUNCATE_EXISTING);
            unproved.add(run(attempt));
        } else {
            gone.add(run(attempt));
        }
    }

    /** The living wrapper of a command that has not ended. */
    private static Optional<ProcessHandle> wrapper(Path attempt) {
        try {
            if (Files.exists(attempt.resolve("exit")) || !Files.exists(attempt.resolve("pid"))) {
                return Optional.empty();
            }
            String[] note = Files.readString(attempt.resolve("pid")).strip().split(" ", -1);
            if (note.length != 2 || !note[1].equals(startTime(note[0]))) {
                return Optional.empty();
            }
            return ProcessHandle.of(Long.parseLong(note[0])).filter(ProcessHandle::isAlive);
        } catch (IOException changing) {
            return Optional.empty();
        }
    }

    private static String startTime(String pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", pid, "stat"), StandardCharsets.ISO_8859_1);
        return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1)[FIELD_OF_START_TIME];
    }

    /** {@return the folders of all attempts, {@code RUN/JOB/ATTEMPT}} */
    List<Path> attempts() {
        try (Stream<Path> all = Files.walk(ground.home.resolve("attempts"), 3)) {
            return all.filter(path -> Objects.requireNonNull(path.getFileName())
                            .toString()
                            .matches("\\d+"))
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** {@return the run that the folder of an attempt belongs to} */
    static String run(Path attempt) {
        return attempt.getName(attempt.getNameCount() - 3).toString();
    }

    @Override
    public String toString() {
        return "wrappers killed too: " + gone.size() + " behind their note, " + unproved.size()
                + " with a start that cannot be proved; left running and found again: " + left.size() + ", of these "
                + metRunning.size() + " still running when the next process was ready";
    }
}
