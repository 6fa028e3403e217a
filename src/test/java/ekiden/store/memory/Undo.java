package ekiden.store.memory;

import java.util.ArrayDeque;
import java.util.Deque;

/** What takes the changes of the present transaction back, newest first. */
final class Undo {
    private final Deque<Runnable> steps = new ArrayDeque<>();

    void add(Runnable step) {
        steps.push(step);
    }

    boolean empty() {
        return steps.isEmpty();
    }

    void rollBack() {
        while (!steps.isEmpty()) {
            steps.pop().run();
        }
    }

    void forget() {
        steps.clear();
    }
}
