package ekiden.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A process that a test started: collects what it says, waits with deadlines, ends it by its id. What still runs when this
 * virtual machine ends is killed. Safe from any thread.
 */
public final class ChildProcess implements AutoCloseable {
    /** Where a line was said. */
    public enum Stream {
        /** Standard output. */
        OUT,
        /** Standard error. */
        ERR
    }

    private record Line(Stream stream, String text) {}

    /** More lines than this are counted, not kept. */
    static final int LINES_KEPT = 20_000;

    private static final int LINES_TOLD = 60;
    private static final Duration END_WITHIN = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS_WITHIN = Duration.ofSeconds(1);
    private static final Set<ProcessHandle> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(ProcessHandle::destroyForcibly)));
    }

    private final String name;
    private final Process process;
    private final List<Line> lines = new ArrayList<>();
    private int dropped;
    private int readers = 2;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        keep(process.toHandle());
        // a blocked read of a pipe holds a carrier of virtual threads
        Thread.ofPlatform().daemon().name(name + "-out").start(() -> collect(Stream.OUT, process.getInputStream()));
        Thread.ofPlatform().daemon().name(name + "-err").start(() -> collect(Stream.ERR, process.getErrorStream()));
    }

    /**
     * Starts it, with nothing to read.
     *
     * @param name for messages
     * @param builder the command; its output must not be redirected
     * @return the running process
     */
    public static ChildProcess start(String name, ProcessBuilder builder) {
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new ChildProcess(name, process);
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot start " + builder.command(), broken);
        }
    }

    /**
     * Runs it to its end and wants it to end with 0.
     *
     * @param name for messages
     * @param builder the command
     * @param deadline how long at most
     * @return what it said on standard output
     */
    public static String run(String name, ProcessBuilder builder, Duration deadline) {
        try (ChildProcess child = start(name, builder)) {
            int code = child.awaitExit(deadline);
            if (code != 0) {
                throw new AssertionError(name + " ended with " + code + child.told());
            }
            return String.join("\n", child.lines(Stream.OUT));
        }
    }

    /** Kills this one too when the virtual machine ends, if it still runs then. */
    static void keep(ProcessHandle handle) {
        RUNNING.removeIf(other -> !other.isAlive());
        RUNNING.add(handle);
    }

    private void collect(Stream stream, InputStream from) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(new Line(stream, line));
            }
        } catch (IOException over) {
            add(new Line(stream, "(" + over.getMessage() + ")"));
        }
        synchronized (this) {
            readers--;
        }
    }

    private synchronized void add(Line line) {
        if (lines.size() < LINES_KEPT) {
            lines.add(line);
        } else {
            dropped++;
        }
    }

    /** {@return its process id} */
    public long pid() {
        return process.pid();
    }

    /** {@return whether it runs} */
    public boolean alive() {
        return process.isAlive();
    }

    /** {@return all lines so far} */
    public synchronized List<String> lines() {
        return lines.stream().map(Line::text).toList();
    }

    /** {@return all lines so far of one stream} */
    public synchronized List<String> lines(Stream stream) {
        return lines.stream().filter(l -> l.stream() == stream).map(Line::text).toList();
    }

    /**
     * Waits for a line, also one that was said before.
     *
     * @param part what it holds
     * @param deadline how long at most
     * @return the first such line
     */
    public String awaitLine(String part, Duration deadline) {
        return awaitLine("a line with \"" + part + "\"", line -> line.contains(part), deadline);
    }

    /**
     * Waits for a line, also one that was said before. Fails at once when the process has ended without it.
     *
     * @param what for the message
     * @param wanted which line
     * @param deadline how long at most
     * @return the first such line
     */
    public String awaitLine(String what, Predicate<String> wanted, Duration deadline) {
        return Eventually.value(deadline, () -> what + " of " + name + told(), () -> {
            boolean over = over();
            Optional<String> line = lines().stream().filter(wanted).findFirst();
            if (line.isEmpty() && over) {
                throw new AssertionError(name + " ended with " + process.exitValue() + ", without " + what + told());
            }
            return line;
        });
    }

    private synchronized boolean over() {
        return readers == 0 && !process.isAlive();
    }

    /**
     * Waits for its end.
     *
     * @param deadline how long at most
     * @return its exit code; 128 + signal where one killed it
     */
    public int awaitExit(Duration deadline) {
        Eventually.value(
                deadline,
                () -> "the end of " + name + told(),
                () -> process.isAlive() ? Optional.empty() : Optional.of(true));
        // All it said shall be here; a grandchild may hold the pipes open for as long as it likes.
        Eventually.becomes(LAST_WORDS_WITHIN, this::over);
        return process.exitValue();
    }

    /** {@return its exit code, or empty while it runs} */
    public OptionalInt exit() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /**
     * What it holds in memory now, and at most so far, as Linux counts it; only while it runs.
     *
     * @param now VmRSS in bytes
     * @param peak VmHWM in bytes
     */
    public record Memory(long now, long peak) {}

    /** {@return what it holds in memory} */
    public Memory memory() {
        try {
            List<String> status = Files.readAllLines(Path.of("/proc/" + pid() + "/status"), StandardCharsets.UTF_8);
            return new Memory(bytes(status, "VmRSS:"), bytes(status, "VmHWM:"));
        } catch (IOException gone) {
            throw new AssertionError("no memory to read of " + name + told(), gone);
        }
    }

    private long bytes(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).replace("kB", "").strip())
                .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " has ended, no " + key + told()));
    }

    /**
     * Sends it a signal.
     *
     * @param signal a name without SIG, for example {@code INT}
     */
    public void signal(String signal) {
        signal(pid(), signal);
    }

    /**
     * Sends a signal to one process.
     *
     * @param pid its id
     * @param signal a name without SIG
     */
    static void signal(long pid, String signal) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(END_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("kill -s " + signal + " " + pid + " does not end");
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops it (SIGSTOP) and waits until each of its threads stands: one on another core may else answer once more. */
    public void stop() {
        signal("STOP");
        Eventually.within(END_WITHIN, name + " stands", this::stands);
    }

    /** {@return whether each of its threads is stopped} */
    boolean stands() {
        try (java.util.stream.Stream<Path> threads = Files.list(Path.of("/proc/" + pid() + "/task"))) {
            return threads.allMatch(ChildProcess::isStopped);
        } catch (IOException gone) {
            throw new AssertionError("no threads to read of " + name + told(), gone);
        }
    }

    private static boolean isStopped(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith("T", stat.lastIndexOf(')') + 2);
        } catch (IOException ended) {
            return true;
        }
    }

    /** Kills it without a word (SIGKILL) and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        Eventually.within(END_WITHIN, name + " is killed", () -> !process.isAlive());
    }

    /** {@return what it said last, for the message of a failure} */
    public synchronized String told() {
        int from = Math.max(0, lines.size() - LINES_TOLD);
        StringBuilder text = new StringBuilder("\n--- " + name + ", pid " + pid() + ", said (" + lines.size() + " lines"
                + (dropped > 0 ? ", " + dropped + " more not kept" : "") + "):");
        lines.subList(from, lines.size())
                .forEach(line ->
                        text.append('\n').append(line.stream()).append(' ').append(line.text()));
        return text.append("\n---").toString();
    }

    /** Asks it to end (SIGTERM), kills it after ten seconds. */
    @Override
    public void close() {
        close("TERM");
    }

    /** Asks it to end by that signal, kills it after ten seconds. */
    void close(String signal) {
        if (process.isAlive()) {
            signal(signal);
            end(process.toHandle());
        }
    }

    /** Waits for the end of a process that was asked to, then kills it. */
    static void end(ProcessHandle handle) {
        try {
            handle.onExit().get(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException late) {
            handle.destroyForcibly();
        } catch (java.util.concurrent.ExecutionException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException stopped) {
            handle.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
