package ekiden.agent.process;

import ekiden.agent.AgentMessage;
import ekiden.agent.CommandRunner;
import ekiden.base.Problem;
import ekiden.base.Tasks;
import ekiden.link.Assignment;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Starts commands through {@code /bin/sh} on POSIX systems. The wrapper ({@link WrapperScript}) runs in a session of its own, so that a
 * signal to the agent's terminal does not reach it. Its note is {@code PID STARTTIME}; the start time (in clock ticks since boot,
 * /proc/PID/stat field 22) tells it from a later process with the same number.
 */
public final class ShellRunner implements CommandRunner, AutoCloseable {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** Where programs are looked for when nobody says. */
    private static final String OWN_PATH =
            Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");

    private final Tasks tasks;
    private final Duration killGrace;
    private final WrapperReserve reserve;
    private final String bootId;

    /**
     * @param tasks where waiting runs
     * @param killGrace between the polite and the final end of a command
     * @param output bytes of each output stream that are kept, at least 2
     * @param reserve where wrappers wait, on the disk of the attempts; made where it is absent
     */
    public ShellRunner(Tasks tasks, Duration killGrace, long output, Path reserve) {
        this.tasks = tasks;
        this.killGrace = killGrace;
        this.reserve = new WrapperReserve(tasks, output / 2, reserve);
        this.bootId = readBootId();
    }

    private static String readBootId() {
        try {
            return Files.readString(BOOT_ID, StandardCharsets.US_ASCII).strip();
        } catch (IOException none) {
            // without it every start that left no note is unknown: never the same twice
            return "unknown-" + ProcessHandle.current().pid();
        }
    }

    @Override
    public String bootId() {
        return bootId;
    }

    @Override
    public Optional<Problem> start(Path folder, Assignment.ExecuteCommand command, Note note, Runnable gone)
            throws IOException {
        Optional<Process> ready = reserve.take(folder);
        try {
            note.write();
        } catch (IOException wrong) {
            ready.ifPresent(WrapperReserve::dismiss);
            throw wrong;
        }
        try {
            Process wrapper = ordered(WrapperOrder.of(folder, command, OWN_PATH), ready, folder);
            whenGone(wrapper.toHandle(), "ended " + command.attempt(), gone);
            return Optional.empty();
        } catch (IOException | InvalidPathException wrong) {
            ready.ifPresent(WrapperReserve::dismiss);
            return Optional.of(Problem.of(
                    AgentMessage.CANNOT_START, "program", command.command().getFirst()));
        }
    }

    @Override
    public Optional<Problem> notStarted(Path folder, Assignment.ExecuteCommand command, int code) {
        return NotStarted.why(folder, command, OWN_PATH, code);
    }

    /** A wrapper that ended while it waited has no whole order and begins nothing, so another one gets it. */
    private Process ordered(byte[] order, Optional<Process> ready, Path folder) throws IOException {
        try {
            return give(order, ready.isPresent() ? ready.get() : reserve.start(folder));
        } catch (IOException gone) {
            return give(order, reserve.start(folder));
        }
    }

    private static Process give(byte[] order, Process wrapper) throws IOException {
        try (OutputStream itsInput = wrapper.getOutputStream()) {
            itsInput.write(order);
        }
        return wrapper;
    }

    @Override
    public void close() {
        reserve.close();
    }

    @Override
    public boolean find(String note, Runnable gone) {
        Optional<ProcessHandle> wrapper = wrapper(note);
        wrapper.ifPresent(handle -> whenGone(handle, "ended, found again", gone));
        return wrapper.isPresent();
    }

    /** The future belongs to the JDK and never fails; what it runs is a task, which tells of its own bugs. */
    private void whenGone(ProcessHandle process, String name, Runnable gone) {
        CompletableFuture<Void> told = process.onExit().thenRun(() -> tasks.run(name, gone));
        assert !told.isCompletedExceptionally();
    }

    @Override
    public void kill(String note) {
        Optional<ProcessHandle> wrapper = wrapper(note);
        if (wrapper.isEmpty()) {
            return;
        }
        SessionProcesses processes = new SessionProcesses(wrapper.get());
        List<ProcessHandle> begun = processes.begun();
        begun.forEach(ProcessHandle::destroy);
        tasks.after(killGrace, "kill for good", () -> {
            begun.forEach(ProcessHandle::destroyForcibly);
            processes.begun().forEach(ProcessHandle::destroyForcibly);
        });
    }

    /** The living process that the note names, if it still is that one. */
    private static Optional<ProcessHandle> wrapper(String note) {
        String[] words = note.lines().findFirst().orElse("").split(" ", -1);
        if (words.length != 2 || !words[0].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> SessionProcesses.startTime(handle.pid()).equals(words[1]));
    }
}
