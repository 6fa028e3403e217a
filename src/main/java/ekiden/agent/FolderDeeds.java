package ekiden.agent;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.Assignment.DoAfterReceive;
import ekiden.link.Report;
import ekiden.mail.receive.Deed;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.PoisonMails;
import ekiden.mail.receive.Present;
import ekiden.mail.receive.ReaderLimits;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Trace;
import ekiden.model.mail.UidSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * After-receive actions in one folder: equal ones together, keyword and read first, then move or removal, and these only after the mail at the
 * server was compared with what was read. Done again after a crash they change nothing: what is gone counts as done. Orders are added from any
 * thread, and carried out on the reader's strand.
 *
 * <p>What the server refuses for now (a target folder that is full, say) is tried again after a pause and holds up no mail; people hear of it when it
 * lasts. Whether it was such a refusal or the end of the session is known when a search is answered after it, or is not. Where sessions end at it again and
 * again, it rests too.
 */
final class FolderDeeds implements FolderWork {
    /** What the keys of its alarms begin with. */
    static final String ALARM = "after-receive/";

    private final ReaderDesk desk;
    private final String label;
    private final ReaderLimits limits;
    private final List<Order> waiting = new ArrayList<>();
    /** Why the last run did not come to its end, until it is known what that means. */
    private @Nullable Problem trouble;

    private int refusals;
    /** So many sessions in a row ended at them. */
    private int losses;

    private volatile long restsUntil;
    private boolean told;

    /**
     * What is to be done with one mail, and who is told that it is not in hand any more.
     *
     * @param never why it must not be done, or null
     */
    record Order(
            DoAfterReceive order,
            long uidValidity,
            long uid,
            @Nullable Problem never,
            Runnable done) {}

    FolderDeeds(ReaderDesk desk, WatchedFolder watched) {
        this.desk = desk;
        this.label = watched.label();
        this.limits = watched.settings().limits();
        this.restsUntil = now();
    }

    private long now() {
        return desk.ports().clock().nanos();
    }

    synchronized void add(Order order) {
        waiting.add(order);
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** {@return whether something is to be done now} */
    boolean isDue() {
        return now() - restsUntil >= 0 && !isEmpty();
    }

    private synchronized List<Order> next() {
        return List.copyOf(waiting.subList(0, Math.min(limits.chunk(), waiting.size())));
    }

    private synchronized void forget(List<Order> orders) {
        waiting.removeAll(orders);
    }

    /** {@return null: what kept it from its end is told by {@link #sessionLost}} */
    @Override
    public @Nullable Problem run(MailboxSession session) {
        if (now() - restsUntil < 0) {
            return null;
        }
        for (List<Order> some = next(); !some.isEmpty(); some = next()) {
            trouble = run(session, some);
            if (trouble != null) {
                return null;
            }
        }
        refusals = 0;
        losses = 0;
        if (told) {
            told = false;
            alarm(null);
        }
        return null;
    }

    private @Nullable Problem takeTrouble() {
        Problem why = trouble;
        trouble = null;
        return why;
    }

    /**
     * The session is lost: says why, where that was found out here. They are due again at once in the next session; where they end one again and again
     * they rest, so that mails do not wait behind them.
     */
    @Nullable
    Problem sessionLost() {
        Problem why = takeTrouble();
        if (why != null && ++losses >= PoisonMails.LOSSES) {
            rest(limits.longestBackOff());
            tell(why);
        }
        return why;
    }

    /** A search was answered. */
    void sessionLives() {
        Problem refusal = takeTrouble();
        if (refusal == null) {
            return;
        }
        rest(limits.backOff(refusals));
        losses = 0;
        refusals++;
        if (refusals > limits.failures()) {
            tell(refusal);
        }
    }

    private void rest(Duration pause) {
        restsUntil = now() + pause.toNanos();
    }

    private void tell(Problem why) {
        if (!told) {
            told = true;
            alarm(why);
        }
    }

    /** People were told by a reader before this one, and not that it is over. */
    void wasTold() {
        told = true;
    }

    private void alarm(@Nullable Problem problem) {
        desk.reports().alarm(desk.ports().ids().next(), ALARM + label, problem);
    }

    /** An order under another UIDVALIDITY comes again under the present one, once the manager knows it. */
    private @Nullable Problem run(MailboxSession session, List<Order> some) {
        Map<AfterReceive, List<Order>> alike = new LinkedHashMap<>();
        for (Order one : some) {
            if (one.uidValidity == session.folder().uidValidity()) {
                alike.computeIfAbsent(one.order.action(), action -> new ArrayList<>())
                        .add(one);
            }
        }
        for (Map.Entry<AfterReceive, List<Order>> group : alike.entrySet()) {
            Group deed = new Group(session, group.getKey(), group.getValue());
            Problem lost = deed.run();
            if (lost != null) {
                return lost;
            }
            done(group.getValue(), deed.treated);
        }
        List<Order> others = some.stream()
                .filter(one -> one.uidValidity != session.folder().uidValidity())
                .toList();
        forget(others);
        others.forEach(one -> one.done.run());
        return null;
    }

    private void done(List<Order> orders, List<Report.Treated> treated) {
        List<String> places = orders.stream()
                .map(one -> one.order.raw())
                .filter(Objects::nonNull)
                .map(RawMail::place)
                .toList();
        desk.discardForGood(places, () -> {
            Report report = new Report.AfterReceiveDone(desk.ports().ids().next(), treated);
            desk.reports().put(report, () -> orders.forEach(one -> one.done.run()));
        });
        forget(orders);
    }

    @Override
    public void giveUp() {
        List<Order> all;
        synchronized (this) {
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(one -> one.done.run());
    }

    /** One action on several mails. */
    private static final class Group {
        private final MailboxSession session;
        private final AfterReceive action;
        private final Map<Long, Order> orders = new LinkedHashMap<>();
        private final List<Report.Treated> treated = new ArrayList<>();

        Group(MailboxSession session, AfterReceive action, List<Order> some) {
            this.session = session;
            this.action = action;
            some.forEach(one -> orders.put(one.uid, one));
        }

        /** {@return why the session is of no more use, or null} */
        @Nullable
        Problem run() {
            Problem never = never();
            if (never != null) {
                return end(Result.failed(never));
            }
            if (Deed.removes(action)) {
                Problem lost = compare();
                if (lost != null) {
                    return lost;
                }
            }
            return end(Deed.run(session, action, UidSet.of(orders.keySet())));
        }

        /** The same for all of them: they are of one folder, and the action is one. */
        private @Nullable Problem never() {
            return orders.values().stream()
                    .map(Order::never)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        /** Only a refusal says something about the mails; a folder that is renumbered meanwhile does not. */
        private @Nullable Problem end(Result<Boolean> result) {
            @Nullable Problem problem = result instanceof Result.Failed<Boolean>(Problem why) ? why : null;
            if (problem != null && problem.kind() != MessageId.Kind.PERMANENT) {
                return problem;
            }
            for (Order one : orders.values()) {
                treated.add(new Report.Treated(one.order.mail(), false, problem));
            }
            return null;
        }

        /** Takes out what is gone, and what is another mail than the one that was read. */
        private @Nullable Problem compare() {
            Map<Long, Trace> read = new HashMap<>();
            // what was never looked at is like nothing that is there
            orders.forEach(
                    (uid, one) -> read.put(uid, Objects.requireNonNullElse(one.order.trace(), new Trace(-1, ""))));
            return switch (Present.compare(session, read)) {
                case Result.Failed<Present>(Problem problem) -> problem;
                case Result.Ok<Present>(Present now) -> {
                    now.gone().forEach(uid -> takeOut(uid, true, null));
                    now.others().forEach(uid -> {
                        DoAfterReceive order = Objects.requireNonNull(orders.get(uid)).order;
                        takeOut(
                                uid,
                                false,
                                Problem.of(
                                        ReceiveMessage.ANOTHER_MAIL,
                                        "mail",
                                        order.mail(),
                                        "identity",
                                        order.identity()));
                    });
                    yield null;
                }
            };
        }

        private void takeOut(long uid, boolean gone, @Nullable Problem problem) {
            Order order = Objects.requireNonNull(orders.remove(uid));
            treated.add(new Report.Treated(order.order.mail(), gone, problem));
        }
    }
}
