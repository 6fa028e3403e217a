package ekiden.base;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Tasks on virtual threads, delays on one platform thread that only hands over. */
public final class ThreadTasks implements Tasks, AutoCloseable {
    private static final Logger LOG = LazyLogger.of(ThreadTasks.class);

    /**
     * Platform threads for tasks apart. With as many carriers of virtual threads (the launcher's {@code maxPoolSize}), those that force files, and
     * what the virtual machine has for itself, about 25, a process stays below 64 threads.
     */
    static final int MOST_APART = 16;

    private static final long IDLE_SECONDS = 10;

    private final ScheduledExecutorService delays =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("ekiden-delays-"));

    private final ThreadPoolExecutor apart;

    private volatile boolean closed;

    /** Tasks of a process. */
    public ThreadTasks() {
        this(MOST_APART);
    }

    /**
     * Tasks with another number of threads of their own.
     *
     * @param mostApart tasks of {@link #runApart} that have a platform thread at the same time; 1 or more
     */
    ThreadTasks(int mostApart) {
        this.apart = new ThreadPoolExecutor(
                0,
                mostApart,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new NamedThreads("ekiden-apart-"));
    }

    @Override
    public void run(String name, Runnable task) {
        Thread.ofVirtual().name(name).start(() -> guarded(name, task));
    }

    /**
     * On a platform thread: a virtual one that sleeps for milliseconds keeps three others awake. It is kept for the next such task, because a
     * new thread takes a piece of the heap for itself, and the garbage collector stops everything once the pieces are used up. Where all are in use
     * the task runs as others do.
     */
    @Override
    public void runApart(String name, Runnable task) {
        try {
            apart.execute(() -> guarded(name, task));
        } catch (RejectedExecutionException allInUse) {
            run(name, task);
        }
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
        apart.shutdown();
    }
}
