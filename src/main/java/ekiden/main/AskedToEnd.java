package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.base.LazyLogger;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and SIGTERM while a command runs that wants to end in order: the first one asks it to, a second one ends the process at once. Safe from any
 * thread.
 */
final class AskedToEnd implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(AskedToEnd.class);
    private static final long LOOK_MILLIS = 100;
    /** A minute; a command that has not ended by then is in something that it cannot leave. */
    private static final int MOST_LOOKS = 600;

    /** The virtual machine handles each signal in a thread of this name, behind the signal's; one that is ending already lets it wait. */
    private static final String HANDLER = " handler";

    private static final String CONTROL_C = "SIGINT" + HANDLER;
    private static final int CONTROL_C_EXIT = 130;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final @Nullable Thread hook;
    private @Nullable Runnable ask;
    private boolean asked;
    private volatile @Nullable ExitCode code;

    private AskedToEnd(boolean process) {
        hook = process ? new Thread(this::signalled, "ekiden-ask") : null;
        if (hook != null) {
            try {
                Runtime.getRuntime().addShutdownHook(hook);
            } catch (IllegalStateException ending) {
                LOG.log(Level.DEBUG, "the process ends already", ending);
                asked = true;
            }
        }
    }

    /** {@return what this process is asked from now on} */
    static AskedToEnd ofProcess() {
        return new AskedToEnd(true);
    }

    /** {@return what nobody asks but {@link #ask}} */
    static AskedToEnd never() {
        return new AskedToEnd(false);
    }

    /**
     * Says what to do when the end is wanted; at once where it is wanted already.
     *
     * @param deed returns soon
     */
    void whenAsked(Runnable deed) {
        boolean late;
        synchronized (this) {
            ask = deed;
            late = asked;
        }
        if (late) {
            deed.run();
        }
    }

    /** The end is wanted. */
    void ask() {
        Runnable deed;
        synchronized (this) {
            deed = asked ? null : ask;
            asked = true;
        }
        if (deed != null) {
            deed.run();
        }
    }

    /**
     * The command is through, and has written all it had to say.
     *
     * @param with what it ends with
     */
    void through(ExitCode with) {
        code = with;
        ended.countDown();
    }

    private void signalled() {
        if (code != null) {
            return;
        }
        ask();
        awaitEnd();
        ExitCode with = code;
        if (with != null && with != ExitCode.STOPPED) {
            // it came to its end all the same; otherwise the virtual machine ends with 128 + the number of the signal
            Runtime.getRuntime().halt(with.code());
        }
    }

    private void awaitEnd() {
        try {
            for (int look = 0; look < MOST_LOOKS && !ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS); look++) {
                if (signals() > 1) {
                    Runtime.getRuntime().halt(signals(CONTROL_C) > 0 ? CONTROL_C_EXIT : ExitCode.STOPPED.code());
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static long signals() {
        return signals(HANDLER);
    }

    private static long signals(String ending) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("SIG") && name.endsWith(ending))
                .count();
    }

    /** Nobody listens any more. */
    @Override
    public void close() {
        ended.countDown();
        if (hook == null) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            LOG.log(Level.DEBUG, "the process ends already", ending);
        }
    }
}
