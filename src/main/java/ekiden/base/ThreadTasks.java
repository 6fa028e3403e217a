package ekiden.base;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Tasks on virtual threads, delays on one platform thread that only hands over. */
public final class ThreadTasks implements Tasks, AutoCloseable {
    private static final Logger LOG = System.getLogger(ThreadTasks.class.getName());

    private final ScheduledExecutorService delays = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ekiden-delays").factory());

    private volatile boolean closed;

    @Override
    public void run(String name, Runnable task) {
        Thread.ofVirtual().name(name).start(() -> guarded(name, task));
    }

    /** On a platform thread: a virtual one that sleeps for milliseconds keeps three others awake. */
    @Override
    public void runApart(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(() -> guarded(name, task));
    }

    @Override
    public Cancellable after(Duration delay, String name, Runnable task) {
        try {
            ScheduledFuture<?> waiting = delays.schedule(() -> run(name, task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> waiting.cancel(false);
        } catch (RejectedExecutionException closed) {
            LOG.log(Level.DEBUG, "closed, so {0} will not run", name);
            return () -> {};
        }
    }

    private void guarded(String name, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error bug) {
            // what is still under way while everything is being closed meets closed things
            LOG.log(closed ? Level.DEBUG : Level.ERROR, "task " + name + " ended by a bug", bug);
        }
    }

    /** Starts no further delayed task; tasks that run are left to end by themselves. */
    @Override
    public void close() {
        closed = true;
        delays.shutdownNow();
    }
}
