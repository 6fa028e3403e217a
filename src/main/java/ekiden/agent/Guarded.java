package ekiden.agent;

import ekiden.base.LazyLogger;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Work that goes on after a wait. What a bug ends is not in hand any more, so that the next sweep may bring it again.
 *
 * @param what names it in the log
 * @param task the work
 * @param done tells that it is not in hand any more
 */
record Guarded(String what, Runnable task, Runnable done) implements Runnable {
    private static final Logger LOG = LazyLogger.of(Guarded.class);

    @Override
    public void run() {
        try {
            task.run();
        } catch (OutOfMemoryError | StackOverflowError full) {
            // the task is over and what it held is free again; without this word nobody would bring the work again
            LOG.log(Level.ERROR, "work on " + what + " ended for want of memory", full);
            done.run();
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "work on " + what + " ended by a bug", bug);
            done.run();
        }
    }
}
