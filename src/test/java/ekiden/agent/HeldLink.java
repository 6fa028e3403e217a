package ekiden.agent;

import ekiden.link.Assignment;
import ekiden.link.ManagerLink;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.link.WatchList;
import ekiden.model.mail.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A way to the manager on which reports of mails can be held up: they arrive when they are let go, whoever sent them is long dead. */
final class HeldLink implements ManagerLink {
    private final List<Report.MailsFound> held = new ArrayList<>();
    private ManagerLink inner;
    private boolean holds;

    HeldLink(ManagerLink inner) {
        this.inner = inner;
    }

    /** Both processes have begun anew; what is on its way stays there. */
    HeldLink to(ManagerLink anew) {
        inner = anew;
        return this;
    }

    void hold() {
        holds = true;
    }

    /** {@return how many are on their way} */
    int held() {
        return held.size();
    }

    /** All arrive, and nobody hears the answers. */
    void letGo() {
        holds = false;
        held.forEach(report -> inner.found(report, verdict -> {}));
        held.clear();
    }

    @Override
    public void found(Report.MailsFound report, Consumer<Verdict> answer) {
        if (holds) {
            held.add(report);
        } else {
            inner.found(report, answer);
        }
    }

    @Override
    public void report(Report report, Runnable taken) {
        inner.report(report, taken);
    }

    @Override
    public void watches(String mailbox, Consumer<WatchList> answer) {
        inner.watches(mailbox, answer);
    }

    @Override
    public void cursor(String mailbox, String folder, Consumer<Optional<Cursor>> answer) {
        inner.cursor(mailbox, folder, answer);
    }

    @Override
    public void known(String mailbox, List<String> keys, Consumer<List<Traced>> answer) {
        inner.known(mailbox, keys, answer);
    }

    @Override
    public void traces(String mailbox, String folder, long uidValidity, String after, Consumer<List<Traced>> answer) {
        inner.traces(mailbox, folder, uidValidity, after, answer);
    }

    @Override
    public void waiting(Consumer<List<Assignment>> answer) {
        inner.waiting(answer);
    }

    @Override
    public void alarms(Consumer<Set<String>> answer) {
        inner.alarms(answer);
    }

    @Override
    public void former(String claim, String former, Consumer<FormerFiles> answer) {
        inner.former(claim, former, answer);
    }

    @Override
    public void unknown(List<String> places, Consumer<Set<String>> answer) {
        inner.unknown(places, answer);
    }
}
