package ekiden.agent.process;

import ekiden.agent.AgentMessage;
import ekiden.base.Problem;
import ekiden.link.Assignment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a shell could not start a program. It tells by the exit codes 126 and 127, with which programs may end as well; so only what leaves no
 * doubt is told: a folder is never started, nor a script without what its first line names, nor anything with a word that is too long.
 * Looked at behind the end of a command, because whoever starts one has no time for it.
 */
final class NotStarted {
    private static final int CANNOT_EXECUTE = 126;
    private static final int NOT_FOUND = 127;
    /** What Linux takes of the first line of a script. */
    private static final int FIRST_LINE = 256;
    /** MAX_ARG_STRLEN: 32 pages, with the zero behind the word. */
    private static final int LONGEST_WORD = 131_072;

    private static final int STDERR_LOOKED_AT = 4_096;
    private static final String SAID = "rgument list too long";

    private NotStarted() {}

    /** Why it was not started, or empty where it may have been. */
    static Optional<Problem> why(Path attempt, Assignment.ExecuteCommand command, String ownPath, int code) {
        if (code != CANNOT_EXECUTE && code != NOT_FOUND) {
            return Optional.empty();
        }
        String word = command.command().getFirst();
        try {
            Path folder = Path.of(command.folder());
            Path program = folder.resolve(WrapperOrder.program(command, ownPath));
            if (Files.isDirectory(program)) {
                return Optional.of(Problem.of(AgentMessage.IS_FOLDER, "program", word));
            }
            Optional<String> interpreter = interpreter(program);
            if (interpreter.isPresent() && !Files.isExecutable(folder.resolve(interpreter.get()))) {
                return Optional.of(Problem.of(
                        AgentMessage.NO_INTERPRETER,
                        "program",
                        word,
                        "interpreter",
                        interpreter.get().replace("\r", "\\r")));
            }
            return code == CANNOT_EXECUTE ? tooLong(attempt, command) : Optional.empty();
        } catch (IOException | InvalidPathException unclear) {
            return Optional.empty();
        }
    }

    /** The first word behind {@code #!}, empty where there is none. */
    private static Optional<String> interpreter(Path program) throws IOException {
        String beginning = beginning(program, FIRST_LINE);
        if (!beginning.startsWith("#!")) {
            return Optional.empty();
        }
        int end = beginning.indexOf('\n');
        String line = beginning.substring(2, end < 0 ? beginning.length() : end);
        String named = line.replaceFirst("^[ \t]+", "").split("[ \t]", 2)[0];
        return named.isEmpty() ? Optional.empty() : Optional.of(named);
    }

    private static String beginning(Path file, int bytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
        }
    }

    private static Optional<Problem> tooLong(Path attempt, Assignment.ExecuteCommand command) throws IOException {
        List<Integer> lengths = Stream.concat(
                        command.command().stream(),
                        command.environment().entrySet().stream()
                                .map(variable -> variable.getKey() + "=" + variable.getValue()))
                .map(word -> word.getBytes(StandardCharsets.UTF_8).length + 1)
                .toList();
        int longest = lengths.stream().mapToInt(length -> length).max().orElse(0);
        long all = lengths.stream().mapToLong(length -> length).sum();
        boolean sure = longest > LONGEST_WORD
                || (all > LONGEST_WORD
                        && beginning(attempt.resolve("stderr"), STDERR_LOOKED_AT)
                                .contains(SAID));
        return sure
                ? Optional.of(Problem.of(
                        AgentMessage.TOO_LONG,
                        "program",
                        command.command().getFirst(),
                        "bytes",
                        all,
                        "longest",
                        longest - 1))
                : Optional.empty();
    }
}
