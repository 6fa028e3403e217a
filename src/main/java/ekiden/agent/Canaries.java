package ekiden.agent;

import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.mail.receive.CanaryEvent;
import ekiden.mail.receive.CanaryLimits;
import ekiden.mail.receive.Glimpse;
import ekiden.mail.receive.MailboxSession;
import ekiden.model.mail.UidSet;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The canaries of an agent: small mails that it sends to its own mailboxes and recognises there, as proof that mail reaches them. They belong to
 * nobody's watch and leave no row. Safe from any thread.
 */
final class Canaries implements MailboxCanary.Desk {
    private final AgentPorts ports;
    private final ReportQueue reports;
    private final Consumer<String> look;
    private final CanaryLimits limits = CanaryLimits.DEFAULT;
    private final CanaryFiles files;
    private final CanaryMail mail;
    private final Map<String, MailboxCanary> canaries = new ConcurrentHashMap<>();
    private final CanaryRemoval removal = new CanaryRemoval(limits.removals());
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int sending;
    private boolean begun;
    private List<CanaryOrder> wanted = List.of();
    private @Nullable Set<String> before;

    Canaries(AgentPorts ports, ReportQueue reports, Consumer<String> look) {
        this.ports = ports;
        this.reports = reports;
        this.look = look;
        this.files = new CanaryFiles(ports.disk(), ports.settings().canaries());
        this.mail = new CanaryMail(ports, files);
    }

    /** Begins, before the first reader does. */
    synchronized void begin() {
        begun = true;
        follow(wanted);
        if (before != null) {
            settle(before);
        }
    }

    /** Follows the settings: which mailboxes want canaries. */
    synchronized void follow(List<CanaryOrder> orders) {
        wanted = List.copyOf(orders);
        if (!begun) {
            return;
        }
        Map<String, CanaryOrder> next = new LinkedHashMap<>();
        orders.forEach(order -> next.put(order.mailbox(), order));
        for (MailboxCanary present : List.copyOf(canaries.values())) {
            if (!present.order().equals(next.get(present.order().mailbox()))) {
                end(present, next.containsKey(present.order().mailbox()));
            }
        }
        files.keepOnly(next.keySet());
        for (CanaryOrder order : next.values()) {
            if (!canaries.containsKey(order.mailbox())) {
                MailboxCanary canary = new MailboxCanary(this, order);
                canaries.put(order.mailbox(), canary);
                canary.start();
            }
        }
    }

    private void end(MailboxCanary canary, boolean goesOn) {
        canary.stop();
        canaries.remove(canary.order().mailbox());
        if (!goesOn) {
            alarm(MailboxCanary.ALARM + canary.order().mailbox(), null);
        }
    }

    synchronized void stop() {
        canaries.values().forEach(MailboxCanary::stop);
    }

    /** Alarms of the process before: each ends when the next canary is seen, or at once where none is wanted any more. */
    synchronized void settle(Set<String> open) {
        if (!begun) {
            before = Set.copyOf(open);
            return;
        }
        for (String key : open) {
            if (key.startsWith(MailboxCanary.ALARM)) {
                MailboxCanary canary = canaries.get(key.substring(MailboxCanary.ALARM.length()));
                if (canary == null) {
                    alarm(key, null);
                } else {
                    canary.on(new CanaryEvent.WasTold());
                }
            }
        }
    }

    List<CanaryStatus> statuses() {
        return canaries.values().stream()
                .map(MailboxCanary::status)
                .sorted(Comparator.comparing(CanaryStatus::mailbox))
                .toList();
    }

    /**
     * Takes the canaries of this home out of what a reader looked at, before any watch is asked: notes that they were seen, then removes them. On the
     * strand of the folder's reader.
     *
     * @param watched the folder
     * @param session its open session
     * @param glimpses what was looked at
     * @return the UIDs of those that need no further look, or why the session, or the disk, is of no use now
     */
    Result<UidSet> take(WatchedFolder watched, MailboxSession session, List<Glimpse> glimpses) {
        try {
            CanaryMark mark = files.mark();
            return mark == null ? Result.ok(UidSet.EMPTY) : take(mark, watched, session, glimpses);
        } catch (IOException wrong) {
            return Result.failed(CanaryProblems.notKept(ports.settings().canaries(), Reason.of(wrong)));
        }
    }

    private Result<UidSet> take(
            CanaryMark mark, WatchedFolder watched, MailboxSession session, List<Glimpse> glimpses) {
        List<Long> own = new ArrayList<>();
        List<Long> removable = new ArrayList<>();
        for (Glimpse glimpse : glimpses) {
            Optional<UUID> id = mark.read(glimpse.header());
            if (id.isPresent()) {
                own.add(glimpse.uid());
                Problem notKept = seen(watched.mailbox(), id.get());
                if (notKept != null) {
                    return Result.failed(notKept);
                }
                if (!isOfAnother(watched.mailbox(), id.get())) {
                    removable.add(glimpse.uid());
                }
            }
        }
        UidSet all = UidSet.of(own);
        return removal.run(watched.label(), session, UidSet.of(removable)).then(done -> Result.ok(all));
    }

    private @Nullable Problem seen(String mailbox, UUID id) {
        MailboxCanary canary = canaries.get(mailbox);
        return canary == null ? null : canary.seen(id);
    }

    /** Two profiles may watch one mailbox: the reader of the other one must find it still. */
    private boolean isOfAnother(String mailbox, UUID id) {
        return canaries.values().stream()
                .anyMatch(other -> !other.order().mailbox().equals(mailbox) && other.waitsFor(id));
    }

    @Override
    public AgentPorts ports() {
        return ports;
    }

    @Override
    public CanaryFiles files() {
        return files;
    }

    @Override
    public void look(String mailbox) {
        look.accept(mailbox);
    }

    @Override
    public void alarm(String key, @Nullable Problem problem) {
        reports.alarm(ports.ids().next(), key, problem);
    }

    @Override
    public void send(MailboxCanary canary, UUID id) {
        Runnable task = () -> {
            CanaryEvent became = mail.send(canary.order(), id);
            next();
            canary.on(became);
        };
        synchronized (waiting) {
            if (sending >= limits.sends()) {
                waiting.add(task);
                return;
            }
            sending++;
        }
        ports.tasks().run("send a canary", task);
    }

    private void next() {
        synchronized (waiting) {
            Runnable task = waiting.poll();
            if (task != null) {
                ports.tasks().run("send a canary", task);
            } else {
                sending--;
            }
        }
    }
}
