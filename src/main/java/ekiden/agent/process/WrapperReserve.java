package ekiden.agent.process;

import ekiden.base.CallerLocale;
import ekiden.base.LazyLogger;
import ekiden.base.Tasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One wrapper that waits for its order, so that a command needs no new processes before its own: to start a wrapper takes longer
 * than everything else between an assignment and the command's first instruction. Who finds none here starts one. A waiting wrapper
 * ends when this process closes its end or ends itself. It waits in a folder of its own, which is given the name of the
 * attempt's folder. Safe from any thread.
 */
final class WrapperReserve implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(WrapperReserve.class);
    /** Not at once: the command that has just been given the last one needs the processors more. */
    static final Duration REFILL = Duration.ofMillis(500);

    private static final Path OWN_SESSION = Path.of("/usr/bin/setsid");

    private final Tasks tasks;
    private final List<String> words;
    private final Path folders;
    private @Nullable Waiting waiting;
    private int started;
    private boolean refilling;
    private boolean closed;

    /**
     * @param tasks where refilling runs
     * @param half bytes of a stream that a wrapper keeps of its beginning, and as many of its end
     * @param folders where they wait, on the disk of the attempts; made where it is absent
     */
    WrapperReserve(Tasks tasks, long half, Path folders) {
        this.tasks = tasks;
        this.folders = folders;
        List<String> wrapper = List.of("/bin/sh", "-c", WrapperScript.TEXT, "ekiden", Long.toString(half));
        this.words = Files.isExecutable(OWN_SESSION)
                ? Stream.concat(Stream.of(OWN_SESSION.toString()), wrapper.stream())
                        .toList()
                : wrapper;
        tasks.run("wrappers of before", this::removeFolders);
        refill(Duration.ZERO);
    }

    private record Waiting(Process wrapper, Path folder) {}

    /**
     * Makes the folder of an attempt, with a wrapper that waits in it for its order where there is one in reserve.
     *
     * @param folder which; its parent is there
     * @return the wrapper, the caller's from now on; or empty: {@link #start} makes one
     * @throws IOException when the folder cannot be made
     */
    Optional<Process> take(Path folder) throws IOException {
        Waiting ready = takeWaiting();
        refill(REFILL);
        if (ready != null && ready.wrapper.isAlive() && moved(ready.folder, folder)) {
            return Optional.of(ready.wrapper);
        }
        dismiss(ready);
        Files.createDirectories(folder);
        return Optional.empty();
    }

    /** Not where an earlier try or a kill has left something in the attempt's folder. */
    private static boolean moved(Path from, Path folder) {
        try {
            Files.move(from, folder, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException taken) {
            LOG.log(Level.DEBUG, "{0} is there already: {1}", folder, taken);
            return false;
        }
    }

    private synchronized @Nullable Waiting takeWaiting() {
        Waiting ready = waiting;
        waiting = null;
        return ready;
    }

    private synchronized void refill(Duration delay) {
        if (!closed && !refilling && waiting == null) {
            refilling = true;
            tasks.after(delay, "a wrapper in reserve", this::refill);
        }
    }

    private void refill() {
        Waiting fresh = null;
        try {
            Path folder = folders.resolve(ProcessHandle.current().pid() + "-" + number());
            Files.createDirectories(folder);
            fresh = new Waiting(start(folder), folder);
        } catch (IOException none) {
            // the next command tries for itself, and tells
            LOG.log(Level.DEBUG, "no wrapper in reserve", none);
        }
        if (!keep(fresh)) {
            dismiss(fresh);
        }
    }

    private synchronized int number() {
        return ++started;
    }

    private synchronized boolean keep(@Nullable Waiting fresh) {
        refilling = false;
        if (closed) {
            return false;
        }
        waiting = fresh;
        return true;
    }

    /**
     * @param folder where it keeps what the program writes; its folder of work until the order comes
     * @return a new wrapper; the caller's
     */
    Process start(Path folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        CallerLocale.restore(builder.environment());
        Process process = builder.start();
        // the wrapper opens ends of its own, which it can while it holds the others
        process.getInputStream().close();
        process.getErrorStream().close();
        return process;
    }

    private void dismiss(@Nullable Waiting ready) {
        if (ready != null) {
            dismiss(ready.wrapper);
            removeFolder(ready.folder);
        }
    }

    /** Ends a wrapper that has no order, which then begins nothing. */
    static void dismiss(Process wrapper) {
        try {
            wrapper.getOutputStream().close();
        } catch (IOException gone) {
            wrapper.destroy();
        }
    }

    /** Those of former lives, whose wrappers have ended with them. */
    private void removeFolders() {
        String ours = ProcessHandle.current().pid() + "-";
        try (Stream<Path> all = Files.list(folders)) {
            all.filter(folder -> !String.valueOf(folder.getFileName()).startsWith(ours))
                    .forEach(WrapperReserve::removeFolder);
        } catch (IOException | UncheckedIOException none) {
            LOG.log(Level.DEBUG, "no folders of wrappers", none);
        }
    }

    /** What its wrapper still makes is left to the next start. */
    private static void removeFolder(Path folder) {
        try {
            for (String stream : List.of("stdout", "stderr")) {
                Files.deleteIfExists(folder.resolve(stream));
            }
            Files.deleteIfExists(folder);
        } catch (IOException left) {
            LOG.log(Level.DEBUG, "{0} is left to the next start: {1}", folder, left);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        dismiss(takeWaiting());
    }
}
