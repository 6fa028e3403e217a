package ekiden.mail.receive;

import ekiden.base.BackOff;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what a reader does: (state, event, now) → state and actions. What is not in {@link ReaderPhase#TABLE} changes nothing, so an event that
 * comes too late does no harm. Pure.
 */
public final class ReaderMachine {
    private ReaderMachine() {}

    /**
     * What follows from an event.
     *
     * @param state where the reader stands now
     * @param actions what is to be done, in this order
     */
    public record Step(ReaderState state, List<ReaderAction> actions) {
        /** Copies the list. */
        public Step {
            actions = List.copyOf(actions);
        }
    }

    /**
     * @param now the present, {@link ekiden.base.Clock#nanos}
     * @param settings the reader's
     * @return the first step
     */
    public static Step begin(long now, ReaderSettings settings) {
        return new Step(ReaderState.begin(now, settings), List.of(new ReaderAction.Open()));
    }

    /**
     * @param state where the reader stands
     * @param event what happened
     * @param now the present, {@link ekiden.base.Clock#nanos}
     * @param chance from 0 to below 1, so that readers that fail together do not come back together
     * @param settings the reader's
     * @return what follows
     */
    public static Step decide(ReaderState state, ReaderEvent event, long now, double chance, ReaderSettings settings) {
        return ReaderPhase.TABLE
                .next(state.phase(), event.on())
                .map(phase -> enter(state.in(phase), event, now, chance, settings))
                .orElseGet(() -> new Step(state, List.of()));
    }

    /**
     * Bytes are coming in: no answer to a search can be expected meanwhile.
     *
     * @param state where the reader stands
     * @param now the present
     * @param settings the reader's
     * @return the state with a later due time
     */
    public static ReaderState progress(ReaderState state, long now, ReaderSettings settings) {
        return state.dueBy(now + settings.deadline().toNanos());
    }

    /**
     * People were told of this reader by one before it, and not yet that it is over.
     *
     * @param state where the reader stands
     * @return the state in which the next answer is the all-clear
     */
    public static ReaderState wasTold(ReaderState state) {
        return state.knownToPeople();
    }

    private static Step enter(ReaderState state, ReaderEvent event, long now, double chance, ReaderSettings settings) {
        long due = now + settings.deadline().toNanos();
        return switch (event) {
            case ReaderEvent.Opened(boolean renumbered) ->
                new Step(
                        state.dueBy(due).activeAt(now - Pace.OPENED.toNanos()),
                        List.of(renumbered ? new ReaderAction.Rebind() : new ReaderAction.Look()));
            case ReaderEvent.Answered(boolean found) -> answered(state, found, now, settings);
            case ReaderEvent.WasRead(boolean news) ->
                new Step((news ? state.activeAt(now) : state).well(due), clearAnd(state, new ReaderAction.Look()));
            case ReaderEvent.Woken ignored -> new Step(state, List.of(new ReaderAction.Look()));
            case ReaderEvent.Rebound ignored -> new Step(state.dueBy(due), List.of(new ReaderAction.Look()));
            case ReaderEvent.Retried ignored -> new Step(state.dueBy(due), List.of(new ReaderAction.Open()));
            case ReaderEvent.Stopped ignored -> new Step(state, List.of(new ReaderAction.Close()));
            case ReaderEvent.Failed(Problem problem) -> failed(state, problem, now, chance, settings);
            case ReaderEvent.Missed(Problem problem) -> failed(state, problem, now, chance, settings);
        };
    }

    /** A server that finds mails and ends each session at the first one that it is to hand out has not recovered. */
    private static Step answered(ReaderState before, boolean found, long now, ReaderSettings settings) {
        long due = now + settings.deadline().toNanos();
        if (found) {
            return new Step(before.answeredWithMails(now, due), List.of(new ReaderAction.Read()));
        }
        Duration since = Duration.ofNanos(now - before.active());
        return new Step(
                before.answeredAt(now, due), clearAnd(before, new ReaderAction.Await(Pace.next(since, settings))));
    }

    private static List<ReaderAction> clearAnd(ReaderState before, ReaderAction next) {
        return before.told() ? List.of(new ReaderAction.AllClear(), next) : List.of(next);
    }

    /**
     * A retryable failure is told when it does not pass by itself, or when the server's answer is overdue; a permanent one at once, and after the
     * grace time jobs wait no longer.
     */
    private static Step failed(ReaderState before, Problem problem, long now, double chance, ReaderSettings settings) {
        boolean permanent = problem.kind() == MessageId.Kind.PERMANENT;
        boolean overdue = now - before.answered() >= settings.deadline().toNanos();
        boolean tell =
                permanent || overdue || before.failures() >= settings.limits().failures();
        ReaderState state = before.failed(now, problem, before.told() || tell);
        List<ReaderAction> actions = new ArrayList<>();
        actions.add(new ReaderAction.Close());
        if (tell && !(before.told() && problem.equals(before.problem()))) {
            actions.add(new ReaderAction.Alarm(problem));
        }
        if (permanent && now - state.troubled() >= settings.grace().toNanos()) {
            actions.add(new ReaderAction.GiveUpJobs(problem));
        }
        actions.add(new ReaderAction.BackOff(BackOff.halfToAll(settings.limits().backOff(before.failures()), chance)));
        return new Step(state, actions);
    }
}
