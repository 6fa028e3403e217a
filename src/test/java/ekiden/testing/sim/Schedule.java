package ekiden.testing.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What is to happen and when. Of all that could happen now, chance picks. */
final class Schedule {
    /** Whoever lives when it happens. */
    static final int ANY_LIFE = -1;

    /** Something to happen. */
    static final class Event {
        final long at;
        final long number;
        final @Nullable Host host;
        final int life;
        final String name;
        final Runnable action;
        boolean cancelled;

        Event(long at, long number, @Nullable Host host, int life, String name, Runnable action) {
            this.at = at;
            this.number = number;
            this.host = host;
            this.life = life;
            this.name = name;
            this.action = action;
        }

        private boolean applies() {
            return !cancelled && (host == null || (life == ANY_LIFE ? host.up() : host.lives(life)));
        }
    }

    private final SimClock clock;
    private final Chance chance;
    private final PriorityQueue<Event> later = new PriorityQueue<>(
            Comparator.<Event>comparingLong(event -> event.at).thenComparingLong(event -> event.number));
    private final List<Event> now = new ArrayList<>();
    private long number;

    Schedule(SimClock clock, Chance chance) {
        this.clock = clock;
        this.chance = chance;
    }

    /** Something that no process does: the outside world. */
    Event outside(Duration delay, String name, Runnable action) {
        return add(delay, null, ANY_LIFE, name, action);
    }

    /** Something that one life of a process does; it dies with it. */
    Event within(Host host, int life, Duration delay, String name, Runnable action) {
        return add(delay, host, life, name, action);
    }

    /** Something that reaches whatever life is there then. */
    Event reaching(Host host, Duration delay, String name, Runnable action) {
        return add(delay, host, ANY_LIFE, name, action);
    }

    private Event add(Duration delay, @Nullable Host host, int life, String name, Runnable action) {
        Event event = new Event(clock.nanos() + delay.toNanos(), number++, host, life, name, action);
        later.add(event);
        return event;
    }

    /** The next thing that happens; the clock stands there then. Null where nothing is left. */
    @Nullable
    Event next() {
        while (true) {
            while (!later.isEmpty() && later.peek().at <= clock.nanos()) {
                now.add(later.remove());
            }
            if (now.isEmpty() && later.isEmpty()) {
                return null;
            }
            if (now.isEmpty()) {
                clock.advanceTo(later.element().at);
                continue;
            }
            int pick = chance.below(now.size());
            Event event = now.get(pick);
            now.set(pick, now.getLast());
            now.removeLast();
            if (event.applies()) {
                return event;
            }
        }
    }
}
