package ekiden.main;

import ekiden.base.Tasks;
import ekiden.model.run.Alarm;
import ekiden.store.Store;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Shows alarms as they are raised and as they end, whoever raises them. Looks a moment after a change, not at each. Safe from any thread. */
final class AlarmWatch {
    /** Open alarms that are looked at; older ones are in the list of alarms only. */
    static final int LOOKED_AT = 200;

    private static final Duration MOMENT = Duration.ofMillis(100);

    private final Store store;
    private final Tasks tasks;
    private final Speaker speaker;
    private final AtomicBoolean due = new AtomicBoolean();
    private final Map<Long, Alarm> open = new LinkedHashMap<>();

    AlarmWatch(Store store, Tasks tasks, Speaker speaker) {
        this.store = store;
        this.tasks = tasks;
        this.speaker = speaker;
    }

    /** {@return the open alarms, newest first} */
    static List<Alarm> open(Store store) {
        return store.read(tx -> tx.alarms().list(true, LOOKED_AT));
    }

    /** Something may have changed. */
    void changed() {
        if (due.compareAndSet(false, true)) {
            tasks.after(MOMENT, "look at the alarms", () -> {
                due.set(false);
                look();
            });
        }
    }

    /** Shows what is new, oldest first, and what has ended. */
    synchronized void look() {
        List<Alarm> now;
        try {
            now = open(store);
        } catch (Store.Unavailable notNow) {
            return;
        }
        Map<Long, Alarm> left = new LinkedHashMap<>(open);
        for (Alarm alarm : now.reversed()) {
            if (left.remove(alarm.id()) == null) {
                open.put(alarm.id(), alarm);
                speaker.raised(alarm);
            }
        }
        if (now.size() < LOOKED_AT) {
            left.values().forEach(ended -> {
                open.remove(ended.id());
                speaker.ended(ended);
            });
        }
    }
}
