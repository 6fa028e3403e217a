package ekiden.testing.sim;

import ekiden.base.Tasks;
import java.time.Duration;

/** The tasks of one life of a process: one at a time, in an order drawn from the seed. */
final class SimTasks implements Tasks {
    private final Schedule schedule;
    private final Host host;
    private final int life;

    SimTasks(Schedule schedule, Host host, int life) {
        this.schedule = schedule;
        this.host = host;
        this.life = life;
    }

    @Override
    public void run(String name, Runnable task) {
        if (host.lives(life)) {
            schedule.within(host, life, Duration.ZERO, name, task);
        }
    }

    @Override
    public Cancellable after(Duration delay, String name, Runnable task) {
        if (!host.lives(life)) {
            return () -> {};
        }
        Schedule.Event event = schedule.within(host, life, delay, name, task);
        return () -> event.cancelled = true;
    }
}
