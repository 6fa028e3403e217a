package ekiden.agent;

import ekiden.base.Problem;
import ekiden.mail.receive.ByteBudget;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.mail.UidSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Mails of a folder that are wanted and wait until the server's budget of bytes is free again; people are told while there are any. Belongs to the
 * reader's strand, {@link #status} and {@link #before} excepted.
 */
final class PutOffMails {
    /** What the keys of its alarms begin with. */
    static final String ALARM = "budget/";

    private final ReaderDesk desk;
    private final WatchedFolder watched;
    private volatile UidSet uids = UidSet.EMPTY;
    private long until;
    private boolean told;

    PutOffMails(ReaderDesk desk, WatchedFolder watched) {
        this.desk = desk;
        this.watched = watched;
    }

    private @Nullable ByteBudget budget() {
        return watched.settings().limits().budget();
    }

    synchronized void add(UidSet more) {
        ByteBudget budget = budget();
        if (budget == null || more.isEmpty()) {
            return;
        }
        uids = uids.plus(more);
        until = desk.budgets().freeAt(budget);
        if (!told) {
            told = true;
            long seconds = TimeUnit.NANOSECONDS.toSeconds(
                    Math.max(0, until - desk.ports().clock().nanos()));
            alarm(Problem.of(
                    ReceiveMessage.BUDGET_USED,
                    "mailbox",
                    watched.mailbox(),
                    "folder",
                    watched.folder(),
                    "server",
                    budget.server(),
                    "bytes",
                    budget.bytes(),
                    "seconds",
                    budget.per().toSeconds(),
                    "mails",
                    uids.size(),
                    "free",
                    seconds));
        }
    }

    /**
     * Takes what a search found.
     *
     * @param unsettled mails that are there and not settled
     * @param now the present
     * @return those that wait
     */
    synchronized UidSet waiting(UidSet unsettled, long now) {
        uids = uids.and(unsettled);
        if (told && uids.isEmpty()) {
            told = false;
            alarm(null);
        }
        return now - until < 0 ? uids : UidSet.EMPTY;
    }

    /** People were told before this reader; a budget begins unused with the process. */
    synchronized void before() {
        if (!told) {
            alarm(null);
        }
    }

    boolean isEmpty() {
        return uids.isEmpty();
    }

    /** The folder is numbered otherwise, or looked at anew. */
    void clear() {
        waiting(UidSet.EMPTY, until);
    }

    /** {@return the budget and what is used of it, or null where there is none; from any thread} */
    ReaderStatus.@Nullable Budget status() {
        ByteBudget budget = budget();
        return budget == null
                ? null
                : new ReaderStatus.Budget(
                        budget.bytes(), budget.per(), desk.budgets().used(budget), uids.size());
    }

    private void alarm(@Nullable Problem problem) {
        desk.reports().alarm(desk.ports().ids().next(), ALARM + watched.label(), problem);
    }
}
