package ekiden.timer.running;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Tasks;
import ekiden.store.Store;
import ekiden.timer.TimerMessage;
import ekiden.timer.Timers.Due;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fires timers. One question at a time: it is asked again at the earliest time a timer is set for, at the latest after
 * {@link TimerSettings#poll}, and earlier when a transaction of this process sets an earlier one.
 *
 * <p>Safe from any thread.
 */
public final class TimerService implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(TimerService.class);
    private static final String TASK = "timers";

    private final Store store;
    private final Clock clock;
    private final Tasks tasks;
    private final TimerSettings settings;
    private final Consumer<String> fire;
    private final ReentrantLock lock = new ReentrantLock();
    private Tasks.@Nullable Cancellable waiting;
    private Instant wakeAt = Instant.MAX;
    private boolean asking;
    private boolean closed;

    /**
     * @param store keeps the timers
     * @param clock the present
     * @param tasks where it runs
     * @param settings how often, how many
     * @param fire takes a timer's id in; returns when that is durable, and throws when it could not be taken in
     */
    public TimerService(Store store, Clock clock, Tasks tasks, TimerSettings settings, Consumer<String> fire) {
        this.store = store;
        this.clock = clock;
        this.tasks = tasks;
        this.settings = settings;
        this.fire = fire;
    }

    /** Begins; timers whose time came while no process ran fire at once. */
    public void start() {
        store.whenTimersSet(this::wakeBy);
        wakeBy(clock.now());
    }

    /** Fires nothing more; what is being fired is left to end by itself. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            stopWaiting();
        } finally {
            lock.unlock();
        }
    }

    private void wakeBy(Instant at) {
        lock.lock();
        try {
            if (closed || !at.isBefore(wakeAt)) {
                return;
            }
            wakeAt = at;
            if (!asking) {
                stopWaiting();
                waiting = tasks.after(until(at), TASK, this::ask);
            }
        } finally {
            lock.unlock();
        }
    }

    private Duration until(Instant at) {
        Duration rest = Duration.between(clock.now(), at);
        if (rest.isNegative()) {
            return Duration.ZERO;
        }
        return rest.compareTo(settings.poll()) > 0 ? settings.poll() : rest;
    }

    private void stopWaiting() {
        if (waiting != null) {
            waiting.cancel();
            waiting = null;
        }
    }

    private void ask() {
        lock.lock();
        try {
            if (closed || asking) {
                return;
            }
            asking = true;
            wakeAt = Instant.MAX;
        } finally {
            lock.unlock();
        }
        Instant next = clock.now().plus(settings.poll());
        try {
            next = fireDue();
        } catch (Store.Unavailable unavailable) {
            LOG.log(Level.WARNING, "timers wait: {0}", unavailable.problem());
        } finally {
            askAgain(next);
        }
    }

    private void askAgain(Instant next) {
        lock.lock();
        try {
            asking = false;
            // Those that were set while it asked have noted an earlier time, but could not wait for it.
            Instant earliest = wakeAt.isBefore(next) ? wakeAt : next;
            wakeAt = Instant.MAX;
            wakeBy(earliest);
        } finally {
            lock.unlock();
        }
    }

    /** Returns when to ask again. */
    private Instant fireDue() {
        Instant now = clock.now();
        List<Due> due = store.read(t -> t.timers().due(now, settings.batch()));
        boolean all = true;
        for (Due one : due) {
            all &= fireOne(one);
        }
        if (!all) {
            return clock.now().plus(settings.pause());
        }
        if (due.size() == settings.batch()) {
            return clock.now();
        }
        Instant latest = clock.now().plus(settings.poll());
        Instant next = store.read(t -> t.timers().next()).orElse(latest);
        return next.isBefore(latest) ? next : latest;
    }

    /** Returns whether the store knows what became of it. */
    private boolean fireOne(Due due) {
        if (isClosed()) {
            return false;
        }
        try {
            fire.accept(due.id());
        } catch (RuntimeException notTakenIn) {
            LOG.log(Level.WARNING, "timer " + due.id() + " was not taken in", notTakenIn);
            return later(due, notTakenIn);
        }
        Instant now = clock.now();
        return committed(store.write(t -> {
            t.alarms().clear(alarm(due), now);
            return t.timers().fired(due);
        }));
    }

    private static boolean committed(Store.Outcome<Boolean> outcome) {
        return outcome instanceof Store.Outcome.Committed<Boolean>;
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** So that those behind it get their turn, and a person sees it. */
    private boolean later(Due due, RuntimeException reason) {
        Instant now = clock.now();
        Problem problem = Problem.of(
                TimerMessage.NOT_TAKEN_IN,
                "timer",
                due.id(),
                "reason",
                reason.getClass().getSimpleName(),
                "seconds",
                settings.retry().toSeconds());
        return committed(store.write(t -> {
            if (t.timers().fired(due)) {
                t.timers().set(due.id(), now.plus(settings.retry()));
                t.alarms().raise(alarm(due), problem, now);
            }
            return true;
        }));
    }

    private static String alarm(Due due) {
        return "timer/" + due.id();
    }
}
