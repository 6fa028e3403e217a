package ekiden.manager;

import ekiden.base.Problem;
import ekiden.base.Tasks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bounded inbox of a manager. Whatever comes from outside is put in and taken out in batches by one task at a time, which
 * shares one commit among all that waited. Safe from any thread.
 */
public final class Inbox {
    private final Manager manager;
    private final Tasks tasks;
    private final Runnable afterwards;
    private final Deque<Manager.Envelope> waiting = new ArrayDeque<>();
    private boolean working;
    private boolean closed;

    /**
     * @param manager who carries the commands out
     * @param tasks where that runs
     */
    public Inbox(Manager manager, Tasks tasks) {
        this(manager, tasks, () -> {});
    }

    /**
     * @param manager who carries the commands out
     * @param tasks where that runs
     * @param afterwards called after each batch: something may have changed
     */
    public Inbox(Manager manager, Tasks tasks, Runnable afterwards) {
        this.manager = manager;
        this.tasks = tasks;
        this.afterwards = afterwards;
    }

    /**
     * Puts a command in.
     *
     * @param command what is asked
     * @param reply takes what became of it, on a thread of the manager; must be quick
     */
    public void put(Command command, Consumer<Reply> reply) {
        Problem refused = add(new Manager.Envelope(command, reply));
        if (refused != null) {
            reply.accept(new Reply.Refused(refused));
        }
    }

    private synchronized @Nullable Problem add(Manager.Envelope envelope) {
        if (closed) {
            return Problem.of(ManagerMessage.STOPPING);
        }
        if (waiting.size() >= manager.settings().inbox()) {
            return Problem.of(
                    ManagerMessage.INBOX_FULL, "limit", manager.settings().inbox());
        }
        waiting.add(envelope);
        if (!working) {
            working = true;
            tasks.run("manager", this::work);
        }
        return null;
    }

    private void work() {
        List<Manager.Envelope> batch = next();
        if (!batch.isEmpty()) {
            try {
                manager.process(batch);
                afterwards.run();
            } finally {
                tasks.run("manager", this::work);
            }
        }
    }

    private synchronized List<Manager.Envelope> next() {
        List<Manager.Envelope> batch = new ArrayList<>();
        while (!waiting.isEmpty() && batch.size() < manager.settings().batch()) {
            batch.add(waiting.remove());
        }
        working = !batch.isEmpty();
        return batch;
    }

    /** Takes nothing more in; what waits is still carried out. */
    public synchronized void close() {
        closed = true;
    }
}
