package ekiden.testing.sim;

import ekiden.base.Tasks;
import java.time.Duration;

/** The tasks of one life of a process: one at a time, in an order drawn from the seed. */
final class SimTasks implements Tasks {
    /** Those that may wait in their middle. */
    private static final String READER = "reader of ";

    private final SimWorld world;
    private final Schedule schedule;
    private final Host host;
    private final int life;

    SimTasks(SimWorld world, Host host, int life) {
        this.world = world;
        this.schedule = world.schedule;
        this.host = host;
        this.life = life;
    }

    @Override
    public void run(String name, Runnable task) {
        if (host.lives(life)) {
            boolean waits = name.startsWith(READER);
            schedule.within(host, life, Duration.ZERO, name, waits ? () -> world.fibers.run(task) : task);
        }
    }

    @Override
    public Cancellable after(Duration delay, String name, Runnable task) {
        boolean forgotten = world.canary == Canary.NO_WATCHDOG && name.startsWith("watchdog of ");
        if (!host.lives(life) || forgotten) {
            return () -> {};
        }
        Schedule.Event event = schedule.within(host, life, delay, name, task);
        return () -> event.cancelled = true;
    }
}
