package ekiden.manager;

import ekiden.base.Tasks;
import ekiden.link.Assignment;
import ekiden.link.ManagerLink;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.link.WatchList;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.UidKey;
import ekiden.model.run.Alarm;
import ekiden.store.Outbox;
import ekiden.store.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The manager's end of the link. What was not committed gets no answer: the agent asks again. Safe from any thread.
 */
public final class ManagerEndpoint implements ManagerLink {
    private static final int MAX_WAITING = 10_000;
    private static final int TRACES_AT_ONCE = 5_000;
    private static final int MAX_ALARMS = 10_000;

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
    public void cursor(String mailbox, String folder, Consumer<Optional<Cursor>> answer) {
        tasks.run("cursor of " + mailbox, () -> {
            Optional<Cursor> cursor = manager.store().read(tx -> tx.cursors().find(mailbox, folder));
            answer.accept(cursor);
        });
    }

    @Override
    public void traces(String mailbox, String folder, long uidValidity, String after, Consumer<List<Traced>> answer) {
        tasks.run("mails of " + mailbox, () -> {
            List<Traced> traced =
                    manager.store().read(tx -> traced(tx, mailbox, UidKey.prefix(folder, uidValidity), after));
            answer.accept(traced);
        });
    }

    @Override
    public void known(String mailbox, List<String> keys, Consumer<List<Traced>> answer) {
        tasks.run("known mails of " + mailbox, () -> {
            List<Traced> traced = manager.store()
                    .read(tx -> keys.stream()
                            .map(key -> tx.mails().find(new MailIdentity(mailbox, key)))
                            .flatMap(Optional::stream)
                            .map(ManagerEndpoint::traced)
                            .toList());
            answer.accept(traced);
        });
    }

    /** A page, the first that has any that did not go away before anybody took them. */
    private static List<Traced> traced(Transaction tx, String mailbox, String prefix, String after) {
        String behind = after;
        while (true) {
            List<CatalogueMail> page = tx.mails().under(mailbox, prefix, behind, TRACES_AT_ONCE);
            List<Traced> traced = page.stream()
                    .filter(mail -> !ServerMails.isGone(tx, mail))
                    .map(ManagerEndpoint::traced)
                    .toList();
            if (page.isEmpty() || !traced.isEmpty()) {
                return traced;
            }
            behind = page.getLast().identity().key();
        }
    }

    private static Traced traced(CatalogueMail mail) {
        return new Traced(
                mail.id(),
                mail.identity().key(),
                Objects.requireNonNull(mail.trace()),
                mail.received(),
                mail.summary().messageId());
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
    public void alarms(Consumer<Set<String>> answer) {
        tasks.run("open alarms", () -> {
            Set<String> open = manager.store()
                    .read(tx -> tx.alarms().list(true, MAX_ALARMS).stream()
                            .map(Alarm::key)
                            .collect(Collectors.toSet()));
            answer.accept(open);
        });
    }

    @Override
    public void unknown(List<String> places, Consumer<Set<String>> answer) {
        tasks.run("unknown places", () -> {
            Set<String> unknown = manager.store().read(tx -> {
                Set<String> none = new HashSet<>(places);
                // those that it has asked to be removed are known too: nobody may take them up in between
                none.removeIf(place -> tx.mails().pointsAt(place)
                        || tx.outbox().find("release/" + place).isPresent());
                return none;
            });
            answer.accept(unknown);
        });
    }

    @Override
    public void former(String claim, String former, Consumer<FormerFiles> answer) {
        tasks.run("files of " + former, () -> {
            FormerFiles files = manager.store().read(tx -> Replacement.of(tx, claim, former));
            answer.accept(files);
        });
    }
}
