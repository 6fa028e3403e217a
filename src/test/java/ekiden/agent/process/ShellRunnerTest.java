package ekiden.agent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.agent.AgentMessage;
import ekiden.base.Problem;
import ekiden.base.ThreadTasks;
import ekiden.link.Assignment;
import ekiden.model.run.AttemptId;
import ekiden.testing.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wrapper of commands, on real processes. */
class ShellRunnerTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final long OUTPUT = 1_000;

    @TempDir
    private Path folder;

    @TempDir
    private Path attempts;

    private final ThreadTasks tasks = new ThreadTasks();

    @SuppressWarnings("NullAway.Init")
    private ShellRunner runner;

    @BeforeEach
    void begin() {
        runner = new ShellRunner(tasks, Duration.ofMillis(200), OUTPUT, attempts.resolve("reserve"));
    }

    @AfterEach
    void end() {
        runner.close();
        tasks.close();
        Wrappers.awaitGone();
    }

    private void start(String... command) {
        assertThat(tried(Map.of("KEPT", "yes"), command)).isEmpty();
    }

    private Optional<Problem> tried(Map<String, String> environment, String... command) {
        AttemptId attempt = new AttemptId(new UUID(0, 1), "load", 1);
        Assignment.ExecuteCommand order =
                new Assignment.ExecuteCommand(attempt, List.of(command), environment, folder.toString());
        return startIn(folder, order);
    }

    private Optional<Problem> startIn(Path attempt, Assignment.ExecuteCommand order) {
        try {
            return runner.start(attempt, order, () -> {}, () -> {});
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private String exit() {
        Path exit = folder.resolve("exit");
        Eventually.within(WITHIN, this::told, () -> Files.exists(exit));
        return read("exit").strip();
    }

    private String told() {
        try (Stream<Path> files = Files.list(folder)) {
            return "the exit code; there are " + files.toList();
        } catch (IOException broken) {
            return broken.toString();
        }
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
        } catch (IOException broken) {
            throw new AssertionError(told(), broken);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String numbered(int bytes) {
        StringBuilder text = new StringBuilder();
        for (int line = 1; text.length() < bytes; line++) {
            text.append(line).append('\n');
        }
        return text.substring(0, bytes);
    }

    private void writes(int bytes, String stream) throws IOException {
        Files.writeString(folder.resolve("given"), numbered(bytes));
        start("sh", "-c", "cat given >&" + stream + "; exit 3");
        assertThat(exit()).isEqualTo("3");
        Files.delete(folder.resolve("given"));
    }

    private static String cut(int bytes) {
        String all = numbered(bytes);
        int half = (int) OUTPUT / 2;
        return all.substring(0, half) + "\n[EKDA0014-W " + (bytes - OUTPUT) + " bytes left out]\n"
                + all.substring(bytes - half);
    }

    @Test
    void outputUpToTheLimitIsKeptWhole() throws IOException {
        for (int bytes : List.of(0, 500, 501, 1_000)) {
            writes(bytes, "1");
            assertThat(read("stdout")).as(bytes + " bytes").isEqualTo(numbered(bytes));
            assertThat(names()).containsExactly("exit", "pid", "stderr", "stdout");
            for (String name : names()) {
                Files.delete(folder.resolve(name));
            }
        }
    }

    @Test
    void oneByteMoreIsOneByteLeftOutAndSaid() throws IOException {
        writes(1_001, "1");
        assertThat(read("stdout")).isEqualTo(cut(1_001));
        assertThat(read("stdout.cut")).isEqualTo("1\n");
        assertThat(names()).containsExactly("exit", "pid", "stderr", "stdout", "stdout.cut");
    }

    @Test
    void ofMuchOutputTheFirstAndTheLastIsKept() throws IOException {
        for (int bytes : List.of(1_500, 1_501, 12_345)) {
            writes(bytes, "2");
            // on a busy machine the keeper is not through its many small pieces two seconds after the program
            Eventually.within(
                    WITHIN,
                    this::told,
                    () -> Files.exists(folder.resolve("stderr.cut")) && !Files.exists(folder.resolve("stderr.full")));
            assertThat(read("stderr")).as(bytes + " bytes").isEqualTo(cut(bytes));
            for (String name : names()) {
                Files.delete(folder.resolve(name));
            }
        }
    }

    @Test
    void outputIsThereWhileTheCommandRuns() {
        start("sh", "-c", "echo first; until [ -e go ]; do sleep 0.05; done");
        Eventually.within(
                WITHIN,
                this::told,
                () -> Files.exists(folder.resolve("stdout")) && read("stdout").equals("first\n"));
        assertThat(folder.resolve("exit")).doesNotExist();
        write("go");
        assertThat(exit()).isEqualTo("0");
    }

    private void write(String name) {
        try {
            Files.createFile(folder.resolve(name));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    /** Where the disk takes nothing more the output is lost, not the command. */
    @Test
    void diskWithoutRoomForTheOutputDoesNotHoldTheCommandUp() throws IOException {
        for (String name : List.of("stdout", "stdout.new")) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("/dev/full"));
        }
        start("sh", "-c", "head -c 3000000 /dev/zero && echo whole >done");
        assertThat(exit()).isEqualTo("0");
        assertThat(read("done")).isEqualTo("whole\n");
    }

    /** What the command left running is neither waited for nor ended, and what it writes still has an end. */
    @Test
    void whatTheCommandLeavesBehindDoesNotHoldItsEndUp() {
        start(
                "sh",
                "-c",
                "{ until [ -e go ]; do sleep 0.05; done; head -c 20000 /dev/zero; echo >&2 over; echo >done; } & echo begun");
        assertThat(exit()).isEqualTo("0");
        assertThat(read("stdout")).isEqualTo("begun\n");
        assertThat(folder.resolve("done")).doesNotExist();
        write("go");
        Eventually.within(
                WITHIN,
                this::told,
                () -> Files.exists(folder.resolve("stdout.cut")) && !Files.exists(folder.resolve("stdout.last")));
        assertThat(folder.resolve("done")).exists();
        assertThat(read("stdout")).hasSizeLessThan(1_100).contains("EKDA0014-W");
        Eventually.within(WITHIN, this::told, () -> read("stderr").equals("over\n"));
    }

    @Test
    void whatAKilledCommandWroteIsKept() {
        start("sh", "-c", "trap 'echo ending; exit 9' TERM; echo begun; until [ -e go ]; do sleep 0.05; done");
        Eventually.within(
                WITHIN,
                this::told,
                () -> Files.exists(folder.resolve("stdout")) && read("stdout").equals("begun\n"));
        runner.kill(read("pid").strip());
        assertThat(exit()).isEqualTo("9");
        assertThat(read("stdout")).isEqualTo("begun\nending\n");
    }

    @Test
    void commandThatIgnoresTheFirstSignalIsKilled() {
        start("sh", "-c", "trap '' TERM; head -c 1200 /dev/zero; echo begun >&2; until [ -e go ]; do sleep 0.05; done");
        Eventually.within(
                WITHIN,
                this::told,
                () -> Files.exists(folder.resolve("stderr")) && read("stderr").equals("begun\n"));
        runner.kill(read("pid").strip());
        assertThat(exit()).isEqualTo("137");
        assertThat(read("stdout.cut")).isEqualTo("200\n");
    }

    /** Two that lost their parent: one ends when asked to, one does not. */
    @Test
    void childThatLostItsParentIsKilledToo() {
        start(
                "sh",
                "-c",
                "sh -c '{ trap \"\" TERM; echo deaf >>lost; while :; do sleep 0.05; done; } & sleep 1000 & echo $! >>lost'; echo begun; sleep 1000");
        Eventually.within(
                WITHIN,
                this::told,
                () -> Files.exists(folder.resolve("lost"))
                        && read("lost").lines().count() == 2
                        && read("stdout").equals("begun\n"));
        long lost = read("lost")
                .lines()
                .filter(line -> !line.equals("deaf"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
        assertThat(ProcessHandle.of(lost)).isPresent();
        SessionProcesses processes = new SessionProcesses(wrapper());
        assertThat(processes.begun().size()).isGreaterThanOrEqualTo(3);
        runner.kill(read("pid").strip());
        assertThat(exit()).isEqualTo("143");
        Eventually.within(
                WITHIN,
                () -> "left: " + processes.begun(),
                () -> processes.begun().isEmpty());
        // until its new parent has asked after it, it counts as alive
        Eventually.within(
                WITHIN,
                () -> lost + " lives",
                () -> ProcessHandle.of(lost).filter(ProcessHandle::isAlive).isEmpty());
    }

    /** What keeps the output, and whoever else runs, is not ended with the command. */
    @Test
    void wrapperIsNotAmongThoseThatAreKilled() {
        start("sh", "-c", "echo begun; until [ -e go ]; do sleep 0.05; done; echo over");
        Eventually.within(
                WITHIN,
                this::told,
                () -> Files.exists(folder.resolve("stdout")) && read("stdout").equals("begun\n"));
        ProcessHandle wrapper = wrapper();
        assertThat(new SessionProcesses(wrapper).begun())
                .doesNotContain(wrapper, ProcessHandle.current())
                .allSatisfy(one ->
                        assertThat(one.info().commandLine().orElse("sleep")).doesNotContain("keep()"));
        write("go");
        assertThat(exit()).isEqualTo("0");
        assertThat(read("stdout")).isEqualTo("begun\nover\n");
    }

    private ProcessHandle wrapper() {
        return ProcessHandle.of(Long.parseLong(read("pid").split(" ", -1)[0])).orElseThrow();
    }

    @Test
    void programThatIsNotThereIsNoted() {
        start("./nothing-here");
        assertThat(exit()).isEqualTo("cannot-start");
    }

    /** A shell has words of its own that would end the wrapper, or be something else than the program of that name. */
    @Test
    void wordOfTheShellIsNotTakenForAProgram() {
        assertThat(tried(Map.of(), "exit", "3")).map(Problem::id).contains(AgentMessage.CANNOT_START.id());
        assertThat(folder.resolve("pid")).doesNotExist();
        start("printf", "%s", "--", "more");
        assertThat(exit()).isEqualTo("0");
        assertThat(read("stdout")).isEqualTo("--more");
    }

    @Test
    void programIsLookedForInTheCommandsOwnPath() throws IOException {
        Path places = Files.createDirectory(folder.resolve("places"));
        Path program = Files.writeString(places.resolve("ours"), "#!/bin/sh\necho \"ours $UID $PATH\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        assertThat(tried(Map.of(), "ours")).isPresent();
        assertThat(tried(Map.of("PATH", "places", "UID", "nobody"), "ours")).isEmpty();
        assertThat(exit()).isEqualTo("0");
        assertThat(read("stdout")).isEqualTo("ours nobody places\n");
    }

    /** More than a pipe holds. */
    @Test
    void longOrderArrivesWhole() {
        String word = "x".repeat(50_000);
        start("sh", "-c", "for word; do printf %s \"$word\" | wc -c; done", "sh", word, word, word, word);
        assertThat(exit()).isEqualTo("0");
        assertThat(read("stdout").replace(" ", "")).isEqualTo("50000\n".repeat(4));
    }

    @Test
    void programGetsSignalsAsTheyCameToTheAgent() {
        start("sh", "-c", "sh -c 'kill -s TERM $$; echo alive'; echo $?; sh -c 'kill -s USR1 $$; echo alive'; echo $?");
        assertThat(exit()).isEqualTo("0");
        assertThat(read("stdout").lines()).first().isEqualTo("143");
        assertThat(read("stdout")).doesNotContain("alive");
    }

    @Test
    void commandThatWasCalledOffBeforeItsWrapperBeganIsNotBegun() {
        write("kill");
        start("sh", "-c", "echo >begun");
        assertThat(exit()).isEqualTo("143");
        assertThat(folder.resolve("begun")).doesNotExist();
    }

    @Test
    void namesOfTheWrapperAreNotSeenByTheProgram() {
        String names =
                "order|half|d|folder|lines|line|code|stat|start|out|err|unbuffered|late|word|signals|broken|PATH";
        assertThat(tried(Map.of("order", "mine"), "sh", "-c", "env | grep -E '^(" + names + ")='"))
                .isEmpty();
        assertThat(exit()).isEqualTo("0");
        assertThat(read("stdout").lines()).containsExactlyInAnyOrder("order=mine", "PATH=" + System.getenv("PATH"));
    }

    /** A shell refuses some values of its own variables. */
    @Test
    void variableOfTheShellReachesTheProgramOnly() {
        assertThat(tried(Map.of("OPTIND", "abc"), "printenv", "OPTIND")).isEmpty();
        assertThat(exit()).isEqualTo("0");
        assertThat(read("stdout")).isEqualTo("abc\n");
    }

    private Path startInItsOwnFolder(String... command) {
        AttemptId attempt = new AttemptId(new UUID(0, 1), "load", 1);
        Path own = attempts.resolve("1");
        assertThat(startIn(own, new Assignment.ExecuteCommand(attempt, List.of(command), Map.of(), folder.toString())))
                .isEmpty();
        return own;
    }

    /** The one that waits, with its keepers at work: while it becomes a shell it has no words for a moment. */
    private ProcessHandle inReserve() {
        List<ProcessHandle> found = new ArrayList<>();
        Eventually.within(WITHIN, () -> "no wrapper in reserve", () -> {
            found.clear();
            reserve().stream().filter(one -> keepers(one).size() == 2).forEach(found::add);
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    @Test
    void wrapperInReserveKeepsTheOutputInTheAttemptsFolder() throws IOException {
        long waiting = inReserve().pid();
        Path own = startInItsOwnFolder("sh", "-c", "printf %01500d 7");
        Eventually.within(WITHIN, () -> "no exit in " + own, () -> Files.exists(own.resolve("exit")));
        assertThat(Files.readString(own.resolve("pid"))).startsWith(waiting + " ");
        assertThat(Files.readString(own.resolve("stdout")))
                .contains("[EKDA0014-W 500 bytes left out]")
                .endsWith("07");
    }

    @Test
    void withoutTheKeeperOfAStreamNothingIsBegun() {
        ProcessHandle wrapper = inReserve();
        Eventually.within(WITHIN, () -> "no keepers", () -> keepers(wrapper).size() == 2);
        ProcessHandle keeper = keepers(wrapper).getFirst();
        keeper.destroyForcibly();
        String stat = "/proc/" + keeper.pid() + "/stat";
        Eventually.within(WITHIN, () -> "it lives", () -> read(stat).contains(") Z "));
        Path own = startInItsOwnFolder("true");
        wrapper.onExit().orTimeout(WITHIN.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(own.resolve("pid")).doesNotExist();
    }

    /** Those that are at their work: each has a child that reads the stream. */
    private static List<ProcessHandle> keepers(ProcessHandle wrapper) {
        return wrapper.children()
                .filter(child -> child.children()
                        .anyMatch(reader -> reader.info().command().orElse("").endsWith("head")))
                .toList();
    }

    @Test
    void noteThatCannotBeWrittenBeginsNothing() {
        ProcessHandle wrapper = inReserve();
        Path own = attempts.resolve("1");
        AttemptId attempt = new AttemptId(new UUID(0, 1), "load", 1);
        Assignment.ExecuteCommand order =
                new Assignment.ExecuteCommand(attempt, List.of("true"), Map.of(), folder.toString());
        assertThatThrownBy(() -> runner.start(
                        own,
                        order,
                        () -> {
                            throw new IOException("no room");
                        },
                        () -> {}))
                .hasMessage("no room");
        wrapper.onExit().orTimeout(WITHIN.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(own.resolve("pid")).doesNotExist();
    }

    @Test
    void wrapperThatDiedInReserveIsReplaced() {
        ProcessHandle waiting = inReserve();
        CompletableFuture<ProcessHandle> gone = waiting.onExit();
        waiting.destroyForcibly();
        gone.orTimeout(WITHIN.toSeconds(), TimeUnit.SECONDS).join();
        start("sh", "-c", "echo there");
        assertThat(exit()).isEqualTo("0");
        assertThat(read("stdout")).isEqualTo("there\n");
    }

    private List<ProcessHandle> reserve() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("keep()"))
                .toList();
    }

    /** As from an agent that dies while it writes. */
    @Test
    void orderWithoutItsLastLineBeginsNothing() throws Exception {
        Assignment.ExecuteCommand order = new Assignment.ExecuteCommand(
                new AttemptId(new UUID(0, 1), "load", 1),
                List.of("sh", "-c", "echo >begun"),
                Map.of(),
                folder.toString());
        byte[] whole = WrapperOrder.of(folder, order, System.getenv("PATH"));
        String text = new String(whole, StandardCharsets.UTF_8);
        try (WrapperReserve own = new WrapperReserve(tasks, 500, attempts.resolve("reserve"))) {
            for (int end : List.of(0, 1, text.length() / 2, text.lastIndexOf("program()"), text.lastIndexOf('}'))) {
                Process wrapper = own.start(folder);
                try (OutputStream input = wrapper.getOutputStream()) {
                    input.write(whole, 0, end);
                }
                assertThat(wrapper.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(names()).as("cut at " + end).doesNotContain("pid", "begun", "exit");
            }
        }
    }

    @Test
    void wrapperInReserveEndsWithTheRunner() {
        List<ProcessHandle> waiting = List.of(inReserve());
        runner.close();
        Eventually.within(
                WITHIN, () -> "still there: " + waiting, () -> waiting.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void argumentsAndEnvironmentArriveAsTheyAre() {
        start("sh", "-c", "printf '%s|' \"$@\" \"$KEPT\"", "sh", "a  b", "$(id)", "*", "", "x\ny");
        assertThat(exit()).isEqualTo("0");
        assertThat(read("stdout")).isEqualTo("a  b|$(id)|*||x\ny|yes|");
    }
}
