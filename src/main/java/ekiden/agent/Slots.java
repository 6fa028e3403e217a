package ekiden.agent;

import ekiden.base.Tasks;
import ekiden.model.run.AttemptId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many commands run at the same time. What finds no room waits in order, unless it is called off. Commands found again
 * after a crash run already: they take room without waiting. Safe from any thread.
 */
final class Slots {
    private final int limit;
    private final Tasks tasks;
    private final SequencedMap<AttemptId, Waiting> waiting = new LinkedHashMap<>();
    private int taken;

    private record Waiting(Runnable begin, Runnable calledOff) {}

    Slots(int limit, Tasks tasks) {
        this.limit = limit;
        this.tasks = tasks;
    }

    /**
     * Runs {@code begin} now or when there is room; whoever began gives the room back by {@link #give}.
     *
     * @param calledOff runs instead, without room, where {@link #callOff} comes before that
     */
    void take(AttemptId attempt, Runnable begin, Runnable calledOff) {
        synchronized (this) {
            if (taken >= limit) {
                waiting.put(attempt, new Waiting(begin, calledOff));
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

    /** Calls off what waits; nothing happens where it does not. */
    void callOff(AttemptId attempt) {
        Waiting off;
        synchronized (this) {
            off = waiting.remove(attempt);
        }
        if (off != null) {
            off.calledOff.run();
        }
    }

    void give() {
        Runnable next;
        synchronized (this) {
            taken--;
            next = taken < limit ? first() : null;
            if (next != null) {
                taken++;
            }
        }
        if (next != null) {
            tasks.run("command that waited for room", next);
        }
    }

    private @Nullable Runnable first() {
        Map.Entry<AttemptId, Waiting> first = waiting.pollFirstEntry();
        return first == null ? null : first.getValue().begin;
    }
}
