package ekiden.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tasks on threads: those apart. */
class ThreadTasksTest {
    private static final int MOST = 3;

    @Test
    void oneTaskApartMoreThanThereAreThreadsForRunsBesideThem() throws Exception {
        try (ThreadTasks tasks = new ThreadTasks(MOST)) {
            CyclicBarrier allRun = new CyclicBarrier(MOST + 2);
            Set<Thread> platform = ConcurrentHashMap.newKeySet();
            Set<Thread> virtual = ConcurrentHashMap.newKeySet();
            for (int i = 0; i < MOST + 1; i++) {
                tasks.runApart("apart", () -> {
                    (Thread.currentThread().isVirtual() ? virtual : platform).add(Thread.currentThread());
                    meet(allRun);
                });
            }
            meet(allRun);
            assertThat(platform).hasSize(MOST);
            assertThat(virtual).hasSize(1);
        }
    }

    @Test
    void taskApartThatEndsByABugLeavesItsThreadToTheNext() throws Exception {
        try (ThreadTasks tasks = new ThreadTasks(1)) {
            CountDownLatch begun = new CountDownLatch(1);
            tasks.runApart("bug", () -> {
                begun.countDown();
                throw new IllegalStateException("a bug");
            });
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            CountDownLatch next = new CountDownLatch(1);
            tasks.runApart("next", next::countDown);
            assertThat(next.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception alone) {
            throw new IllegalStateException(alone);
        }
    }
}
