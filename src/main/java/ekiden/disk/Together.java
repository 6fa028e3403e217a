package ekiden.disk;

import ekiden.base.NamedThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does several forces at a time: a file system with a journal makes one commit of what it is asked for meanwhile, where one after another each would
 * wait for a commit of its own. On a few threads that are there only while they are needed. Safe from any thread.
 */
final class Together {
    /** More at a time would not share more. */
    private static final int THREADS = 4;

    private static final long IDLE_SECONDS = 10;
    private static final ThreadPoolExecutor POOL = pool();

    private Together() {}

    /** One force. */
    interface Force {
        void run() throws IOException;
    }

    private static ThreadPoolExecutor pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamedThreads("ekiden-force-"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Returns when all are done, the failed ones too.
     *
     * @throws IOException what the first of those that failed said
     */
    static void run(List<Force> forces) throws IOException {
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (Force force : forces.subList(1, forces.size())) {
            others.add(CompletableFuture.runAsync(() -> unchecked(force), POOL));
        }
        IOException failed = failure(() -> unchecked(forces.getFirst()));
        for (CompletableFuture<Void> other : others) {
            IOException its = failure(other::join);
            failed = failed == null ? its : failed;
        }
        if (failed != null) {
            throw failed;
        }
    }

    private static void unchecked(Force force) {
        try {
            force.run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static @Nullable IOException failure(Runnable force) {
        try {
            force.run();
            return null;
        } catch (UncheckedIOException failure) {
            return failure.getCause();
        } catch (CompletionException failure) {
            return failure.getCause() instanceof UncheckedIOException inside
                    ? inside.getCause()
                    : new IOException(failure.getCause());
        }
    }
}
