package ekiden.main;

import ekiden.base.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The mails between the reader of a batch and the lanes that send them: few, and of a bounded size together. One at a time until the mail system has
 * shown that it can be used, so that a wrong password is tried once. Safe from any thread.
 */
final class BatchQueue {
    /** So many for each lane: the reader sleeps until half of them are through. */
    private static final int AHEAD = 8;

    private final int most;
    private final long bytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition mails = lock.newCondition();
    private final Deque<BatchEntry> waiting = new ArrayDeque<>();
    private int inHand;
    private long bytesInHand;
    private final Condition through = lock.newCondition();
    private volatile boolean proven;
    private boolean ended;
    /** Lanes that have not ended. */
    private int lanes;

    private volatile boolean calledOff;
    /** How long the lanes have then, on {@link Clock#nanos}. */
    private long until;

    /**
     * @param lanes who take
     * @param bytes of the lines, and of the texts that they name, that are in hand together; one line may have more
     */
    BatchQueue(int lanes, long bytes) {
        this.most = lanes * AHEAD;
        this.lanes = lanes;
        this.bytes = bytes;
    }

    /** Waits for room. {@return false where no more mails are wanted} */
    boolean put(BatchEntry entry) {
        lock.lock();
        try {
            while (!ended && !fits(entry.size())) {
                if (!slept(room)) {
                    return false;
                }
            }
            if (ended) {
                return false;
            }
            waiting.addLast(entry);
            inHand++;
            bytesInHand += entry.size();
            mails.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(long size) {
        return inHand == 0 || (proven && inHand < most && bytesInHand + size <= bytes);
    }

    /** Waits for a mail. {@return null where no more come} */
    @Nullable
    BatchEntry take() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !ended) {
                if (!slept(mails)) {
                    return null;
                }
            }
            return waiting.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    /** {@return a mail that is here already, or null} */
    @Nullable
    BatchEntry poll() {
        lock.lock();
        try {
            return waiting.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    /** A mail is through. */
    void done(BatchEntry entry) {
        lock.lock();
        try {
            inHand--;
            bytesInHand -= entry.size();
            if (inHand <= most / 2) {
                room.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The mail system can be used: from now on all lanes work. */
    void prove() {
        if (proven) {
            return;
        }
        lock.lock();
        try {
            proven = true;
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    /** No more come; those that wait are still given out. */
    void end() {
        lock.lock();
        try {
            ended = true;
            room.signalAll();
            mails.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** No more are wanted, those that wait included. */
    void stop() {
        lock.lock();
        try {
            waiting.clear();
            end();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The caller wants an end: no more are wanted, and the lanes have so much time for what they have begun.
     *
     * @param within how much
     * @param clock on which it is counted
     */
    void callOff(Duration within, Clock clock) {
        lock.lock();
        try {
            if (!calledOff) {
                until = clock.nanos() + within.toNanos();
                calledOff = true;
            }
            stop();
            through.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether the caller wants an end} */
    boolean calledOff() {
        return calledOff;
    }

    /** Waits until no mail is in hand, or no more are wanted: what comes next needs the memory alone. */
    void alone() {
        lock.lock();
        try {
            boolean waits = true;
            while (waits && !ended && inHand > 0) {
                waits = slept(room);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A lane takes no more; behind the last one nobody does. */
    void laneEnded() {
        lock.lock();
        try {
            lanes--;
            if (lanes == 0) {
                stop();
            }
            through.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the lanes: what they have begun they end, for they hold the journal. Who interrupts this thread wants no more mails.
     *
     * @param clock on which the time is counted that they have once they are called off
     * @return how many had not ended by then
     */
    int await(Clock clock) {
        boolean interrupted = false;
        lock.lock();
        try {
            while (lanes > 0 && !(calledOff && until - clock.nanos() <= 0)) {
                interrupted |= !sleptUntilDue(clock);
            }
            return lanes;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** {@return false where this thread was interrupted} */
    @SuppressWarnings("WaitNotInLoop") // its caller is the loop
    private boolean sleptUntilDue(Clock clock) {
        try {
            if (calledOff) {
                through.awaitNanos(until - clock.nanos());
            } else {
                through.await();
            }
            return true;
        } catch (InterruptedException ending) {
            stop();
            return false;
        }
    }

    @SuppressWarnings("WaitNotInLoop") // its callers are the loops
    private boolean slept(Condition until) {
        try {
            until.await();
            return true;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            stop();
            return false;
        }
    }
}
