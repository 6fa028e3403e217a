package ekiden.manager;

import ekiden.base.Tasks;
import ekiden.link.Assignment;
import ekiden.link.ManagerLink;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.link.WatchList;
import ekiden.store.Outbox;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The manager's end of the link. What was not committed gets no answer: the agent asks again. Safe from any thread.
 */
public final class ManagerEndpoint implements ManagerLink {
    private static final int MAX_WAITING = 10_000;

    private final Manager manager;
    private final Inbox inbox;
    private final Tasks tasks;

    /**
     * @param manager the manager
     * @param inbox its inbox
     * @param tasks where reading runs
     */
    public ManagerEndpoint(Manager manager, Inbox inbox, Tasks tasks) {
        this.manager = manager;
        this.inbox = inbox;
        this.tasks = tasks;
    }

    @Override
    public void found(Report.MailsFound report, Consumer<Verdict> answer) {
        inbox.put(new Command.TakeMails(report), reply -> {
            if (reply instanceof Reply.Judged(Verdict verdict)) {
                answer.accept(verdict);
            }
        });
    }

    @Override
    public void report(Report report, Runnable taken) {
        inbox.put(new Command.TakeReport(report), reply -> {
            if (reply instanceof Reply.Done) {
                taken.run();
            }
        });
    }

    @Override
    public void watches(String mailbox, Consumer<WatchList> answer) {
        tasks.run("watches of " + mailbox, () -> {
            WatchList list = manager.store().read(tx -> WatchShell.list(tx, mailbox));
            answer.accept(list);
        });
    }

    @Override
    public void waiting(Consumer<List<Assignment>> answer) {
        tasks.run("waiting", () -> {
            List<Assignment> waiting = manager.store()
                    .read(tx -> tx.outbox().waiting(manager.settings().agent(), 0, MAX_WAITING).stream()
                            .map(Outbox.Row::assignment)
                            .toList());
            answer.accept(waiting);
        });
    }

    @Override
    public void unknown(List<String> places, Consumer<Set<String>> answer) {
        tasks.run("unknown places", () -> {
            Set<String> unknown = manager.store().read(tx -> {
                Set<String> none = new HashSet<>(places);
                none.removeIf(tx.mails()::pointsAt);
                return none;
            });
            answer.accept(unknown);
        });
    }
}
