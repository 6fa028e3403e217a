package ekiden.agent;

import ekiden.base.Clock;
import ekiden.base.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A clock and its tasks: nothing happens but in {@link #step}. */
final class SteppedTasks implements Clock, Tasks {
    private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");
    private static final int MOST_TASKS = 200_000;

    private static final class Waiting {
        final long at;
        final Runnable task;

        Waiting(long at, Runnable task) {
            this.at = at;
            this.task = task;
        }
    }

    private final List<Waiting> waiting = new ArrayList<>();
    private long nanos;
    private Duration jumped = Duration.ZERO;
    private int ran;

    @Override
    public Instant now() {
        return BEGIN.plusNanos(nanos).plus(jumped).truncatedTo(ChronoUnit.MICROS);
    }

    /** Somebody sets the wall clock by so much. */
    void jump(Duration by) {
        jumped = jumped.plus(by);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void run(String name, Runnable task) {
        waiting.add(new Waiting(nanos, task));
    }

    @Override
    public Cancellable after(Duration delay, String name, Runnable task) {
        Waiting one = new Waiting(nanos + delay.toNanos(), task);
        waiting.add(one);
        return () -> waiting.remove(one);
    }

    /** The task that runs just now takes so long. */
    void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    /** Lets time pass and runs each task at its time. */
    void step(Duration duration) {
        long end = nanos + duration.toNanos();
        while (true) {
            Waiting next = waiting.stream()
                    .filter(one -> one.at <= end)
                    .min(Comparator.comparingLong(one -> one.at))
                    .orElse(null);
            if (next == null) {
                nanos = Math.max(nanos, end);
                return;
            }
            waiting.remove(next);
            nanos = Math.max(nanos, next.at);
            if (++ran > MOST_TASKS) {
                throw new AssertionError("tasks without end");
            }
            next.task.run();
        }
    }

    /** Runs so many tasks at most, however late. */
    void some(int tasks) {
        int[] left = {tasks};
        until(() -> waiting.isEmpty() || left[0]-- <= 0);
    }

    /** Runs one task after another until something is so. */
    void until(BooleanSupplier so) {
        while (!so.getAsBoolean()) {
            Waiting next = waiting.stream()
                    .min(Comparator.comparingLong(one -> one.at))
                    .orElseThrow(() -> new AssertionError("it never comes to that"));
            waiting.remove(next);
            nanos = Math.max(nanos, next.at);
            if (++ran > MOST_TASKS) {
                throw new AssertionError("it never comes to that");
            }
            next.task.run();
        }
    }

    /** The process ends: nothing of what waits is done. */
    void forget() {
        waiting.clear();
    }
}
