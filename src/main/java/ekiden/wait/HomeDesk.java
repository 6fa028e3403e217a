package ekiden.wait;

import ekiden.wait.HomeMails.Taken;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Which mails from a home are on their way here, and of which the home is to hear that they have their receipts. Safe from any thread. */
final class HomeDesk {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Taken> underWay = new HashMap<>();
    private final Map<String, Receipt> receipts = new LinkedHashMap<>();
    private final Set<String> staying = new HashSet<>();

    /**
     * A mail that the home may let go.
     *
     * @param run the run it started
     * @param number under which it has its receipt, or 0 where nothing is to be noted here
     */
    record Receipt(String run, long number) {}

    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void handedIn(Taken mail) {
        locked(() -> underWay.put(mail.key(), mail));
    }

    /** It has its receipt, durable. */
    void given(String key, long number) {
        locked(() -> through(key, number));
    }

    /** An earlier call told it, and nothing is left to be noted. */
    void known(String key) {
        locked(() -> through(key, 0));
    }

    /** Its line says that it cannot be read here; where the home has its bytes, they need not stay for this call. */
    void told(String key) {
        locked(() -> {
            Taken mail = underWay.get(key);
            if (mail != null && mail.problem() != null) {
                underWay.remove(key);
            }
        });
    }

    private void through(String key, long number) {
        Taken mail = underWay.remove(key);
        if (mail != null && mail.problem() == null) {
            receipts.put(mail.run(), new Receipt(mail.run(), number));
        }
    }

    /** Whatever became of it, nothing more comes in this call; without a receipt it stays at the home for the next one. */
    void finished(String key) {
        locked(() -> {
            if (underWay.remove(key) != null) {
                staying.add(key);
            }
        });
    }

    /** Whether a mail with this key stays at the home for the next call: one that looks the same must not pass it. */
    boolean stays(String key) {
        lock.lock();
        try {
            return staying.contains(key);
        } finally {
            lock.unlock();
        }
    }

    List<Receipt> receipts() {
        lock.lock();
        try {
            return List.copyOf(receipts.values());
        } finally {
            lock.unlock();
        }
    }

    void gone(Receipt receipt) {
        locked(() -> receipts.remove(receipt.run()));
    }

    /** Whether the home has nothing any more that a next call would want. */
    boolean isEmpty() {
        lock.lock();
        try {
            return underWay.isEmpty() && receipts.isEmpty() && staying.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        locked(() -> {});
    }

    /** Waits until all that was handed in is through, or nothing will come of it any more. */
    void awaitFinished(BooleanSupplier over) {
        lock.lock();
        try {
            while (!underWay.isEmpty() && !over.getAsBoolean()) {
                changed.await();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for so long, or until something holds. */
    void rest(Duration time, BooleanSupplier until) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (left > 0 && !until.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
