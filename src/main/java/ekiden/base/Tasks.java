package ekiden.base;

import java.time.Duration;

/**
 * Where work runs. The product's implementation gives each task a virtual thread; the simulation keeps them in a queue
 * and runs one at a time, in an order drawn from a seed. A task may block only on a port that the simulation replaces,
 * never on another task.
 *
 * <p>Safe from any thread. An exception that leaves a task is a bug: it is logged and the task ends.
 */
public interface Tasks {
    /**
     * Runs a task soon, never on the caller's stack.
     *
     * @param name for logs and thread dumps, for example {@code "save claim 7"}
     * @param task what to do
     */
    void run(String name, Runnable task);

    /**
     * Runs a task soon that will sleep and wake a great many times; otherwise as {@link #run}. For few tasks at a time.
     *
     * @param name for logs and thread dumps
     * @param task what to do
     */
    default void runApart(String name, Runnable task) {
        run(name, task);
    }

    /**
     * Runs a task once, not before {@code delay} has elapsed (counted on {@link Clock#nanos}).
     *
     * @param delay zero or more
     * @param name for logs and thread dumps
     * @param task what to do
     * @return a handle that cancels it; cancelling a task that has begun does nothing
     */
    Cancellable after(Duration delay, String name, Runnable task);

    /** Something that can be called off. Calling it twice does nothing. */
    @FunctionalInterface
    interface Cancellable {
        /** Calls it off if it has not begun. */
        void cancel();
    }
}
