package ekiden.agent;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.mail.receive.CanaryAction;
import ekiden.mail.receive.CanaryEvent;
import ekiden.mail.receive.CanaryMachine;
import ekiden.mail.receive.CanaryNote;
import ekiden.mail.receive.CanaryPhase;
import ekiden.mail.receive.CanaryState;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The canary of one mailbox: does what {@link CanaryMachine} decides, and keeps where it stands. Safe from any thread. */
final class MailboxCanary {
    /** What the keys of its alarms begin with. */
    static final String ALARM = "canary/";

    private static final Logger LOG = LazyLogger.of(MailboxCanary.class);

    private final Desk desk;
    private final CanaryOrder order;
    private CanaryState state;
    private boolean kept = true;
    private boolean ended;
    /** Counts the plans for a next moment; only the newest counts. */
    private long plans;

    /** What all canaries share. */
    interface Desk {
        AgentPorts ports();

        CanaryFiles files();

        /** Hands it over soon, and says what became of it. */
        void send(MailboxCanary canary, UUID id);

        /** Has the folders of the mailbox looked at. */
        void look(String mailbox);

        void alarm(String key, @Nullable Problem problem);
    }

    MailboxCanary(Desk desk, CanaryOrder order) {
        this.desk = desk;
        this.order = order;
        this.state = new CanaryState(CanaryNote.NONE, 0, 0, 0, false);
    }

    CanaryOrder order() {
        return order;
    }

    synchronized void start() {
        double chance = desk.ports().chance().getAsDouble();
        CanaryNote before = desk.files().read(order.mailbox());
        take(CanaryMachine.begin(before, now(), chance, order.plan()));
        plan();
    }

    /** Nothing more is done; what was kept stays. */
    synchronized void stop() {
        ended = true;
    }

    synchronized CanaryStatus status() {
        return new CanaryStatus(order.mailbox(), state.note());
    }

    /** Whether it is this one that is waited for. */
    synchronized boolean waitsFor(UUID id) {
        return id.equals(state.note().id()) && state.note().phase() != CanaryPhase.RESTING;
    }

    /**
     * A reader saw a canary of this home.
     *
     * @return why that cannot be kept, so that it must be seen once more; or null
     */
    synchronized @Nullable Problem seen(UUID id) {
        on(new CanaryEvent.Seen(id));
        return ended || kept ? null : keep();
    }

    synchronized void on(CanaryEvent event) {
        if (!ended) {
            take(CanaryMachine.decide(state, event, now(), order.plan()));
        }
    }

    private CanaryMachine.Now now() {
        return new CanaryMachine.Now(
                desk.ports().clock().nanos(), desk.ports().clock().now());
    }

    /** People are told before it is kept that they were, and it is kept what is to be sent before it is. */
    private void take(CanaryMachine.Step step) {
        boolean same = step.state().equals(state);
        boolean news = !step.state().note().equals(state.note());
        state = step.state();
        step.actions().forEach(this::tell);
        if (news) {
            kept = false;
            keep();
        }
        for (CanaryAction action : step.actions()) {
            if (action instanceof CanaryAction.Send(UUID id)) {
                desk.send(this, id);
            }
        }
        if (!same) {
            plan();
        }
    }

    private void tell(CanaryAction action) {
        String key = ALARM + order.mailbox();
        switch (action) {
            case CanaryAction.Send ignored -> LOG.log(Level.DEBUG, "a canary for {0} is sent", order.mailbox());
            case CanaryAction.TellUnsent(Problem because) -> desk.alarm(key, CanaryProblems.unsent(order, because));
            case CanaryAction.TellOverdue ignored ->
                desk.alarm(
                        key,
                        CanaryProblems.overdue(
                                order, state.note().id(), state.note().sent()));
            case CanaryAction.AllClear ignored -> desk.alarm(key, null);
        }
    }

    private @Nullable Problem keep() {
        try {
            desk.files().write(order.mailbox(), state.note());
            kept = true;
            return null;
        } catch (IOException wrong) {
            LOG.log(Level.WARNING, "a note of a canary cannot be kept: {0}", wrong.getMessage());
            return CanaryProblems.notKept(desk.ports().settings().canaries(), Reason.of(wrong));
        }
    }

    /** Before one is overdue the folders are looked at once more: where nothing happens that may be a while ago. */
    private void plan() {
        long mine = ++plans;
        OptionalLong wake = CanaryMachine.wake(state, order.plan());
        if (wake.isEmpty()) {
            return;
        }
        Duration left = Duration.ofNanos(
                Math.max(0, wake.getAsLong() - desk.ports().clock().nanos()));
        Duration look = left.minus(order.plan().limits().lastLook());
        if (state.note().phase() == CanaryPhase.UNDER_WAY) {
            desk.ports().tasks().after(look.isNegative() ? Duration.ZERO : look, "last look", () -> lookIfOpen(mine));
        }
        desk.ports().tasks().after(left, "canary of " + order.mailbox(), () -> wake(mine));
    }

    private void lookIfOpen(long mine) {
        if (isOpen(mine)) {
            desk.look(order.mailbox());
        }
    }

    private synchronized boolean isOpen(long mine) {
        return mine == plans && !ended;
    }

    private void wake(long mine) {
        if (isOpen(mine)) {
            on(new CanaryEvent.Ticked(desk.ports().ids().next()));
            planAgain(mine);
        }
    }

    /** Where nothing came of it, it was too early. */
    private synchronized void planAgain(long mine) {
        if (isOpen(mine)) {
            plan();
        }
    }
}
