package ekiden.agent;

import ekiden.base.Tasks;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bounds how many commands run at the same time. What finds no room waits in order. Commands found again after a crash run already:
 * they take room without waiting. Safe from any thread.
 */
final class Slots {
    private final int limit;
    private final Tasks tasks;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int taken;

    Slots(int limit, Tasks tasks) {
        this.limit = limit;
        this.tasks = tasks;
    }

    /** Runs {@code begin} now or when there is room; whoever began gives the room back by {@link #give}. */
    void take(Runnable begin) {
        synchronized (this) {
            if (taken >= limit) {
                waiting.add(begin);
                return;
            }
            taken++;
        }
        begin.run();
    }

    /** Takes room for something that runs already. */
    synchronized void takeAnyway() {
        taken++;
    }

    void give() {
        Runnable next;
        synchronized (this) {
            taken--;
            next = taken < limit ? waiting.poll() : null;
            if (next != null) {
                taken++;
            }
        }
        if (next != null) {
            tasks.run("command that waited for room", next);
        }
    }
}
