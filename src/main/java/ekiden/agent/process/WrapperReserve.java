package ekiden.agent.process;

import ekiden.base.CallerLocale;
import ekiden.base.Tasks;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One wrapper that waits for its order, so that a command needs no new processes before its own: to start a wrapper takes longer
 * than everything else between an assignment and the command's first instruction. Who finds none here starts one. A waiting wrapper
 * ends when this process closes its end or ends itself. Safe from any thread.
 */
final class WrapperReserve implements AutoCloseable {
    private static final Logger LOG = System.getLogger(WrapperReserve.class.getName());
    /** Not at once: the command that has just been given the last one needs the processors more. */
    static final Duration REFILL = Duration.ofMillis(500);

    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final Path OWN_SESSION = Path.of("/usr/bin/setsid");

    private final Tasks tasks;
    private final List<String> words;
    private @Nullable Process waiting;
    /** Whether the one that waits has had the time to begin its keepers. */
    private boolean settled;

    private boolean refilling;
    private boolean closed;

    /**
     * @param tasks where refilling runs
     * @param half bytes of a stream that a wrapper keeps of its beginning, and as many of its end
     */
    WrapperReserve(Tasks tasks, long half) {
        this.tasks = tasks;
        List<String> wrapper = List.of("/bin/sh", "-c", WrapperScript.TEXT, "ekiden", Long.toString(half));
        this.words = Files.isExecutable(OWN_SESSION)
                ? Stream.concat(Stream.of(OWN_SESSION.toString()), wrapper.stream())
                        .toList()
                : wrapper;
        refill(Duration.ZERO);
    }

    /** {@return a wrapper that waits for its order, with those that keep its output; the caller's from now on} */
    Process take() throws IOException {
        Process ready = takeWaiting();
        refill(REFILL);
        return ready == null ? start() : ready;
    }

    private synchronized @Nullable Process takeWaiting() {
        Process ready = waiting;
        waiting = null;
        if (ready == null || Keepers.complete(ready, settled)) {
            return ready;
        }
        dismiss(ready);
        return null;
    }

    private synchronized void refill(Duration delay) {
        if (!closed && !refilling && waiting == null) {
            refilling = true;
            tasks.after(delay, "a wrapper in reserve", this::refill);
        }
    }

    private void refill() {
        Process fresh = null;
        try {
            fresh = start();
        } catch (IOException none) {
            // the next command tries for itself, and tells
            LOG.log(Level.DEBUG, "no wrapper in reserve", none);
        }
        if (!keep(fresh)) {
            dismiss(fresh);
        }
    }

    private synchronized boolean keep(@Nullable Process fresh) {
        refilling = false;
        if (closed) {
            return false;
        }
        waiting = fresh;
        settled = false;
        if (fresh != null) {
            tasks.after(SETTLED, "the keepers in reserve", () -> settled(fresh));
        }
        return true;
    }

    private synchronized void settled(Process wrapper) {
        settled |= waiting == wrapper;
    }

    /** {@return a new wrapper; the caller's} */
    Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words);
        CallerLocale.restore(builder.environment());
        Process process = builder.start();
        // the wrapper opens ends of its own, which it can while it holds the others
        process.getInputStream().close();
        process.getErrorStream().close();
        return process;
    }

    private static void dismiss(@Nullable Process process) {
        if (process == null) {
            return;
        }
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            process.destroy();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        dismiss(waiting);
        waiting = null;
    }
}
