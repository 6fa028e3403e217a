package ekiden.testing.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of the agent that wait in their middle, as a call to a mail server does. Each has a thread of its own, and only one thread of a
 * world ever runs: whoever lets a task go on waits until that one ends or waits itself. So the world stays one that steps from its seed.
 */
final class Fibers {
    private final SimWorld world;
    private final List<Fiber> waiting = new ArrayList<>();
    private @Nullable Fiber present;

    Fibers(SimWorld world) {
        this.world = world;
    }

    /** Runs it until it ends or waits. */
    void run(Runnable task) {
        new Fiber(task).goOn();
    }

    /** Wakes one wait; a second time nothing happens. */
    interface Alarm {
        void ring();
    }

    /** Takes what ends a wait. */
    interface Bed {
        void prepare(Alarm alarm);
    }

    /** Waits here until the alarm rings. Ends the caller where its process ends meanwhile. */
    void sleep(Bed bed) {
        Fiber mine = present;
        if (mine == null) {
            throw new IllegalStateException("only a task of its own can wait");
        }
        int night = ++mine.night;
        bed.prepare(() -> {
            if (mine.asleep && mine.night == night) {
                mine.goOn();
            }
        });
        mine.sleep();
    }

    /** The process that all of them belong to ends: each ends where it waits. */
    void endAll() {
        for (Fiber one : List.copyOf(waiting)) {
            one.ended = true;
            try {
                one.goOn();
            } catch (SimCrash ended) {
                world.trace.say(() -> "  a call that waited ended");
            }
        }
    }

    private final class Fiber {
        private final Runnable task;
        private final Semaphore turn = new Semaphore(0);
        private final Semaphore back = new Semaphore(0);
        private boolean begun;
        private boolean asleep;
        private boolean ended;
        private int night;
        private @Nullable Throwable bug;

        Fiber(Runnable task) {
            this.task = task;
        }

        void goOn() {
            Fiber before = present;
            present = this;
            waiting.remove(this);
            asleep = false;
            if (begun) {
                turn.release();
            } else {
                begun = true;
                Thread.ofVirtual().start(this::body);
            }
            back.acquireUninterruptibly();
            present = before;
            Throwable thrown = bug;
            bug = null;
            if (thrown instanceof Error error) {
                throw error;
            } else if (thrown instanceof RuntimeException unexpected) {
                throw unexpected;
            }
        }

        private void body() {
            try {
                world.here(task);
            } catch (RuntimeException | Error thrown) {
                bug = thrown;
            } finally {
                back.release();
            }
        }

        void sleep() {
            asleep = true;
            waiting.add(this);
            back.release();
            turn.acquireUninterruptibly();
            if (ended) {
                throw new SimCrash();
            }
        }
    }
}
