package ekiden.agent;

import ekiden.base.Tasks;
import java.util.ArrayDeque;
import java.util.Deque;

/** Runs what is posted one after another, each on a stack of its own. Safe from any thread. */
final class Strand {
    private final Tasks tasks;
    private final String name;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    Strand(Tasks tasks, String name) {
        this.tasks = tasks;
        this.name = name;
    }

    void post(Runnable next) {
        synchronized (this) {
            waiting.add(next);
            if (running) {
                return;
            }
            running = true;
        }
        tasks.run(name, this::one);
    }

    private void one() {
        Runnable next;
        synchronized (this) {
            next = waiting.remove();
        }
        try {
            next.run();
        } finally {
            goOn();
        }
    }

    private void goOn() {
        synchronized (this) {
            running = !waiting.isEmpty();
            if (!running) {
                return;
            }
        }
        tasks.run(name, this::one);
    }

    synchronized boolean isIdle() {
        return !running;
    }
}
