package ekiden.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.ThreadTasks;
import ekiden.link.Assignment;
import ekiden.model.run.AttemptId;
import ekiden.testing.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in trouble, on real processes: disks without room, programs that cannot be started, long orders. */
class CommandTroubleTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final ThreadTasks tasks = new ThreadTasks();

    @TempDir
    private Path attempts;

    @SuppressWarnings("NullAway.Init")
    private ShellRunner runner;

    @BeforeEach
    void begin() {
        runner = new ShellRunner(tasks, Duration.ofMillis(200), 1_000, attempts.resolve("reserve"));
    }

    @AfterEach
    void end() {
        runner.close();
        tasks.close();
        Wrappers.awaitGone();
    }

    private Assignment.ExecuteCommand order(String... command) {
        return new Assignment.ExecuteCommand(
                new AttemptId(new UUID(0, 1), "load", 1), List.of(command), Map.of("KEPT", "yes"), folder.toString());
    }

    private void start(String... command) {
        try {
            assertThat(runner.start(folder, order(command), () -> {}, () -> {})).isEmpty();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private String exit() {
        return once("exit");
    }

    /** What a file says, once it says something. */
    private String once(String name) {
        Path file = folder.resolve(name);
        Eventually.within(
                WITHIN,
                () -> "no " + file,
                () -> Files.isRegularFile(file) && !read(name).isBlank());
        return read(name).strip();
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
        } catch (IOException broken) {
            throw new AssertionError(name, broken);
        }
    }

    private ProcessHandle wrapper() {
        return ProcessHandle.of(Long.parseLong(once("pid").split(" ", -1)[0])).orElseThrow();
    }

    /** The command makes the room itself; what it wrote before is lost. */
    @Test
    void outputThatWasLostIsToldInItOnceThereIsRoom() throws IOException {
        Files.createSymbolicLink(folder.resolve("stdout"), Path.of("/dev/full"));
        start("sh", "-c", "head -c 3000 /dev/zero; rm stdout; echo fine >&2");
        assertThat(exit()).isEqualTo("0");
        assertThat(read("stdout"))
                .endsWith("\n[EKDA0023-W output is lost: no room]\n")
                .hasSizeLessThan(3_000);
        assertThat(read("stderr")).isEqualTo("fine\n");
    }

    @Test
    void codeOfACommandThatEndsOnAFullDiskIsNotedOnceThereIsRoom() throws IOException {
        Files.createSymbolicLink(folder.resolve("exit.part"), Path.of("/dev/full"));
        start("sh", "-c", "echo over >done; exit 3");
        ProcessHandle wrapper = wrapper();
        Eventually.within(
                WITHIN,
                () -> "not so yet in " + folder,
                () -> wrapper.children()
                        .anyMatch(child -> child.info().commandLine().orElse("").matches("(.*/)?sleep 1")));
        assertThat(folder.resolve("exit")).doesNotExist();
        assertThat(wrapper.isAlive()).isTrue();
        Files.delete(folder.resolve("exit.part"));
        assertThat(exit()).isEqualTo("3");
        assertThat(read("done")).isEqualTo("over\n");
    }

    /** What ends a mail's text in an argument: as many lines as the system lets through. */
    @Test
    void hundredThousandLinesInTheArgumentsArrive() throws IOException {
        String line = "a line\nb'\n";
        String word = line.repeat(11_000);
        List<String> words = new ArrayList<>(List.of("sh", "-c", "for w; do printf %s \"$w\" | wc -c; done", "sh"));
        for (int i = 0; i < 9; i++) {
            words.add(word);
        }
        start(words.toArray(String[]::new));
        assertThat(exit()).isEqualTo("0");
        assertThat(read("stdout").replace(" ", "")).isEqualTo((word.length() + "\n").repeat(9));
    }

    @Test
    void wrapperWhoseFolderWasRemovedEndsAllTheSame() throws IOException {
        Path own = Files.createDirectories(attempts.resolve("1"));
        CompletableFuture<Void> gone = new CompletableFuture<>();
        Optional<Problem> failure = runner.start(
                own,
                order("sh", "-c", "while [ -e " + own + " ]; do sleep 0.05; done"),
                () -> {},
                () -> gone.complete(null));
        assertThat(failure).isEmpty();
        Eventually.within(WITHIN, () -> "no note in " + own, () -> Files.exists(own.resolve("pid")));
        for (String name : List.of("pid", "stdout", "stderr")) {
            Files.deleteIfExists(own.resolve(name));
        }
        Files.delete(own);
        gone.orTimeout(WITHIN.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Who tells that it did not begin must not leave it to a later life to begin it. */
    @Test
    void startIsNotedEvenWhereTheProgramIsNotThere() throws IOException {
        List<String> noted = new ArrayList<>();
        Path own = attempts.resolve("1");
        assertThat(runner.start(own, order("no-such-program"), () -> noted.add("started"), () -> {}))
                .isPresent();
        assertThat(noted).containsExactly("started");
        assertThat(own).isDirectory();
    }

    private Optional<String> notStarted(String... command) {
        start(command);
        int code = Integer.parseInt(exit());
        return runner.notStarted(folder, order(command), code).map(Problem::id);
    }

    @Test
    void folderIsNoProgram() throws IOException {
        Files.createDirectory(folder.resolve("places"));
        assertThat(notStarted("./places")).contains("EKDA0024-E");
    }

    @Test
    void scriptWhoseFirstLineNamesNothingIsToldWithTheName() throws IOException {
        Path script = Files.writeString(folder.resolve("script"), "#! /bin/sh\r\necho never\r\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        assertThat(notStarted("./script")).contains("EKDA0025-E");
    }

    @Test
    void wordThatTheSystemDoesNotTakeIsTold() {
        assertThat(notStarted("true", "x".repeat(131_072))).contains("EKDA0026-E");
    }

    @Test
    void wordsThatAreTooLongTogetherAreTold() {
        String[] words = new String[22];
        Arrays.fill(words, "x".repeat(131_000));
        words[0] = "true";
        assertThat(notStarted(words)).contains("EKDA0026-E");
    }

    @Test
    void longestWordThatTheSystemTakesArrives() {
        assertThat(notStarted("true", "x".repeat(131_071))).isEmpty();
        assertThat(exit()).isEqualTo("0");
    }

    @Test
    void programThatEndsWithTheCodesOfAShellWasStarted() {
        assertThat(notStarted("sh", "-c", "exit 126")).isEmpty();
    }
}
