package ekiden.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.ThreadTasks;
import ekiden.link.Assignment;
import ekiden.model.run.AttemptId;
import ekiden.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static List<ProcessHandle> keepers(ProcessHandle wrapper) {
        return wrapper.children()
                .filter(child -> child.children().anyMatch(CommandTroubleTest::reads))
                .toList();
    }

    private static boolean reads(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("head");
    }

    /** A command that writes before and behind what is done to its keepers. */
    private List<ProcessHandle> keepersOfARunningCommand() {
        start("sh", "-c", "trap '' PIPE; echo first; until [ -e go ]; do sleep 0.05; done; echo second; exit 3");
        assertThat(once("stdout")).isEqualTo("first");
        List<ProcessHandle> keepers = keepers(wrapper());
        assertThat(keepers).hasSize(2);
        return keepers;
    }

    private void endedByForce(List<ProcessHandle> processes) throws IOException {
        try {
            processes.forEach(ProcessHandle::destroyForcibly);
            Eventually.within(
                    WITHIN, () -> "they live", () -> processes.stream().allMatch(CommandTroubleTest::ended));
        } finally {
            // otherwise it would wait into the next tests
            Files.writeString(folder.resolve("go"), "");
        }
    }

    /** Gone, or nobody has asked for its exit code yet. */
    private static boolean ended(ProcessHandle process) {
        Path state = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            return !process.isAlive() || Files.readString(state).contains(") Z ");
        } catch (IOException gone) {
            return !process.isAlive();
        }
    }

    @Test
    void keeperThatWasEndedIsNotToldAsALackOfRoom() throws IOException {
        List<ProcessHandle> all = new ArrayList<>();
        for (ProcessHandle keeper : keepersOfARunningCommand()) {
            all.add(keeper);
            keeper.children().forEach(all::add);
        }
        endedByForce(all);
        assertThat(exit()).isEqualTo("3");
        assertThat(read("stdout")).isEqualTo("first\n\n[EKDA0028-W output is lost: what keeps it was ended]\n");
        assertThat(read("stderr")).contains("EKDA0028-W").doesNotContain("EKDA0023-W");
    }

    @Test
    void readerThatWasEndedIsNotToldAsALackOfRoom() throws IOException {
        List<ProcessHandle> readers = new ArrayList<>();
        keepersOfARunningCommand().forEach(keeper -> keeper.children().forEach(readers::add));
        endedByForce(readers);
        assertThat(exit()).isEqualTo("3");
        assertThat(read("stdout")).contains("EKDA0028-W").doesNotContain("EKDA0023-W");
    }

    /** What clean-up lines of scripts do. */
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "USR1", "PIPE", "ABRT", "PROF", "SYS", "TRAP", "VTALRM", "XCPU", "XFSZ"})
    void programThatSignalsItsWholeGroupHasAnExitCodeAllTheSame(String signal) {
        start("sh", "-c", "trap '' $1; kill -s $1 0; echo after; exit 3", "sh", signal);
        assertThat(exit()).isEqualTo("3");
        assertThat(read("stdout")).isEqualTo("after\n");
    }

    /** Bash keeps some for itself and does not start a program that they are given to. */
    @ParameterizedTest
    @CsvSource({"dash,", "bash,--posix"})
    void variablesThatAShellKeepsForItselfReachTheProgram(String shell, @Nullable String option) throws Exception {
        List<String> names = List.of(
                "_,BASHOPTS,BASH_ARGC,BASH_ARGV,BASH_LINENO,BASH_SOURCE,BASH_VERSINFO,EUID,FUNCNAME,GROUPS,OPTIND,PPID,SHELLOPTS,UID"
                        .split(",", -1));
        Map<String, String> environment = new HashMap<>();
        names.forEach(name -> environment.put(name, "value of " + name));
        Assignment.ExecuteCommand order =
                new Assignment.ExecuteCommand(order().attempt(), List.of("env"), environment, folder.toString());
        List<String> words = new ArrayList<>(List.of(shell));
        words.addAll(option == null ? List.of() : List.of(option));
        words.addAll(List.of("-c", "exec 7>&1 8>&2; . /proc/self/fd/0; program \"$@\""));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().write(WrapperOrder.of(folder, order, "/usr/bin:/bin"));
        process.getOutputStream().close();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        assertThat(told.lines())
                .containsAll(
                        names.stream().map(name -> name + "=value of " + name).toList());
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
        Eventually.within(WITHIN, () -> own + " stays", () -> removed(own));
        gone.orTimeout(WITHIN.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** The wrapper may still put files there. */
    private static boolean removed(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.delete(folder);
            return true;
        } catch (DirectoryNotEmptyException more) {
            return false;
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
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
