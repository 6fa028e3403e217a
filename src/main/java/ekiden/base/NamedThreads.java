package ekiden.base;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Daemon threads of the platform with a name and, behind it, their number from 0. The factories of the JDK's builder count by a handle that takes 6 ms when it is
 * used first, in each process, and a short command has not many more of them than that. Safe from any thread.
 */
public final class NamedThreads implements ThreadFactory {
    private final String name;
    private final AtomicInteger made = new AtomicInteger();

    /**
     * @param name in front of the number
     */
    public NamedThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable task) {
        return Thread.ofPlatform().daemon().name(name + made.getAndIncrement()).unstarted(task);
    }
}
