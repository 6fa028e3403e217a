package ekiden.timer.running;

import ekiden.base.Clock;
import ekiden.base.Tasks;
import ekiden.store.StoreSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock and its tasks: nothing happens but in {@link #step}. */
final class SteppedTime implements Clock, Tasks {
    private static final int MOST_TASKS = 10_000;

    private static final class Waiting {
        final Instant at;
        final Runnable task;

        Waiting(Instant at, Runnable task) {
            this.at = at;
            this.task = task;
        }
    }

    private final List<Waiting> waiting = new ArrayList<>();
    private Instant now = StoreSamples.T0;
    private int ran;

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanos() {
        return Duration.between(StoreSamples.T0, now).toNanos();
    }

    @Override
    public void run(String name, Runnable task) {
        waiting.add(new Waiting(now, task));
    }

    @Override
    public Cancellable after(Duration delay, String name, Runnable task) {
        Waiting one = new Waiting(now.plus(delay), task);
        waiting.add(one);
        return () -> waiting.remove(one);
    }

    /** How many tasks have run. */
    int ran() {
        return ran;
    }

    int waiting() {
        return waiting.size();
    }

    /** Lets time pass and runs each task at its time. */
    void step(Duration duration) {
        Instant end = now.plus(duration);
        while (true) {
            Waiting next = waiting.stream()
                    .filter(one -> !one.at.isAfter(end))
                    .min(Comparator.comparing(one -> one.at))
                    .orElse(null);
            if (next == null) {
                now = end;
                return;
            }
            waiting.remove(next);
            now = next.at.isAfter(now) ? next.at : now;
            if (++ran > MOST_TASKS) {
                throw new AssertionError("tasks without end");
            }
            next.task.run();
        }
    }

    /** The wall clock is set. */
    void jump(Duration duration) {
        now = now.plus(duration);
    }
}
