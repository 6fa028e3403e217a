package ekiden.wait;

import ekiden.base.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What is due at a mailbox, and how many mails are under way to it. Safe from any thread. */
final class Acknowledgements {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Long, Long> due = new HashMap<>();
    private int underWay;
    private boolean beingDone;
    private @Nullable Problem problem;

    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A mail is due: number and UID. */
    void add(long number, long uid) {
        locked(() -> due.put(number, uid));
    }

    /** Mails were handed in. */
    void entered(int mails) {
        locked(() -> underWay += mails);
    }

    /** Mails are through; some are due now, number to UID. */
    void through(int mails, Map<Long, Long> numbers) {
        locked(() -> {
            underWay -= mails;
            due.putAll(numbers);
        });
    }

    /** Takes all that is due, number to UID; until {@link #taken} or {@link #back} it counts as due still. */
    Map<Long, Long> take() {
        Map<Long, Long> now = new HashMap<>();
        locked(() -> {
            now.putAll(due);
            due.clear();
            beingDone = !now.isEmpty();
        });
        return now;
    }

    /** What was taken is done, or will not be. */
    void taken() {
        locked(() -> beingDone = false);
    }

    /** It could not be done now. */
    void back(Map<Long, Long> numbers) {
        locked(() -> {
            due.putAll(numbers);
            beingDone = false;
        });
    }

    /** Notes why something will not be done. */
    void problem(Problem why) {
        locked(() -> problem = problem == null ? why : problem);
    }

    @Nullable
    Problem problem() {
        lock.lock();
        try {
            return problem;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return due.isEmpty() && !beingDone;
        } finally {
            lock.unlock();
        }
    }

    boolean waiting() {
        return !isEmpty();
    }

    boolean underWay() {
        lock.lock();
        try {
            return underWay > 0;
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        locked(() -> {});
    }

    /** Waits until something holds, or the time is up. */
    void await(Duration atMost, BooleanSupplier holds) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (left > 0 && !holds.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
