package ekiden.main;

import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Tasks;
import ekiden.link.Report;
import ekiden.manager.Command;
import ekiden.manager.Inbox;
import ekiden.manager.Reply;
import ekiden.model.run.Alarm;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Alarms about the process itself: its settings, listeners and disk. A change that the store cannot take, because the disk is full for
 * example, is said at once and kept here until the store takes it. In order. Safe from any thread.
 */
final class AlarmDesk {
    /** Changes that wait for the store; one more is said and not kept. */
    static final int WAITING = 1_000;

    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final Inbox inbox;
    private final Ids ids;
    private final Tasks tasks;
    private final Consumer<Problem> notKept;
    private final Map<String, Problem> open = new HashMap<>();
    private final Deque<Report.AlarmChanged> waiting = new ArrayDeque<>();
    private boolean sending;

    /**
     * @param inbox takes the changes
     * @param ids their ids
     * @param tasks where they are tried again
     * @param known alarms that are open already
     * @param notKept told once of an alarm that the store cannot take at present; must be quick
     */
    AlarmDesk(Inbox inbox, Ids ids, Tasks tasks, List<Alarm> known, Consumer<Problem> notKept) {
        this.inbox = inbox;
        this.ids = ids;
        this.tasks = tasks;
        this.notKept = notKept;
        known.forEach(alarm -> open.put(alarm.key(), alarm.problem()));
    }

    /** This is wrong now. Said again it is no other alarm; another problem under the same key is. */
    synchronized void raise(String key, Problem problem) {
        Problem before = open.get(key);
        if (before != null && (problem.equals(before) || waits(key))) {
            return;
        }
        open.put(key, problem);
        if (before != null) {
            add(new Report.AlarmChanged(ids.next(), key, null));
        }
        add(new Report.AlarmChanged(ids.next(), key, problem));
    }

    /** This is not wrong any more. */
    synchronized void clear(String key) {
        if (open.remove(key) != null) {
            add(new Report.AlarmChanged(ids.next(), key, null));
        }
    }

    /** This happened and is over: an alarm until somebody clears it by hand. */
    synchronized void happened(String key, Problem problem) {
        if (!waits(key)) {
            add(new Report.AlarmChanged(ids.next(), key, problem));
        }
    }

    private boolean waits(String key) {
        return waiting.stream().anyMatch(change -> change.key().equals(key));
    }

    private void add(Report.AlarmChanged change) {
        if (waiting.size() >= WAITING) {
            tell(change);
            return;
        }
        waiting.add(change);
        if (!sending) {
            sending = true;
            send(change, true);
        }
    }

    private void tell(Report.AlarmChanged change) {
        Problem problem = change.problem();
        if (problem != null) {
            notKept.accept(problem);
        }
    }

    private void send(Report.AlarmChanged change, boolean first) {
        tasks.run("alarm", () -> inbox.put(new Command.TakeReport(change), reply -> taken(change, reply, first)));
    }

    private synchronized void taken(Report.AlarmChanged change, Reply reply, boolean first) {
        if (reply instanceof Reply.Refused) {
            if (first) {
                tell(change);
            }
            tasks.after(AGAIN, "alarm again", () -> send(change, false));
            return;
        }
        waiting.remove();
        Report.AlarmChanged next = waiting.peek();
        sending = next != null;
        if (next != null) {
            send(next, true);
        }
    }
}
