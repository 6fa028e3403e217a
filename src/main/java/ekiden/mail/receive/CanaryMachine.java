package ekiden.mail.receive;

import ekiden.base.Problem;
import ekiden.mail.receive.CanaryNote.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Decides when a canary is sent, when it is overdue, and what one that was seen means: (state, event, now) → state and actions. What is not in
 * {@link CanaryPhase#TABLE} changes nothing: an older or second canary, an answer that comes too late. Pure.
 */
public final class CanaryMachine {
    private CanaryMachine() {}

    /**
     * The present on both clocks.
     *
     * @param nanos elapsed time, on which everything is decided
     * @param wall the wall clock, for people
     */
    public record Now(long nanos, Instant wall) {}

    /**
     * What follows from an event.
     *
     * @param state where the canary stands now
     * @param actions what is to be done, in this order
     */
    public record Step(CanaryState state, List<CanaryAction> actions) {
        /** Copies the list. */
        public Step {
            actions = List.copyOf(actions);
        }
    }

    /**
     * A process begins. One that may have been sent is sent again under its id; one that the server took has its whole time again, since nobody could
     * see it meanwhile.
     *
     * @param note what was kept, or {@link CanaryNote#NONE}
     * @param now the present
     * @param chance from 0 to below 1, so that many mailboxes do not begin together
     * @param plan the mailbox's
     * @return the first step
     */
    public static Step begin(CanaryNote note, Now now, double chance, CanaryPlan plan) {
        Instant sent = note.sent();
        long next = sent == null
                ? (long) (chance * shorter(plan.limits().firstWithin(), plan.every()))
                : left(Duration.between(sent, now.wall()), plan.every());
        boolean sending = note.phase() == CanaryPhase.SENDING || note.phase() == CanaryPhase.PUT_OFF;
        CanaryNote goesOn = sending ? note.in(CanaryPhase.SENDING) : note;
        CanaryState state = new CanaryState(goesOn, now.nanos(), now.nanos(), now.nanos() + next, true);
        UUID id = note.id();
        return new Step(state, sending && id != null ? List.of(new CanaryAction.Send(id)) : List.of());
    }

    private static long shorter(Duration one, Duration other) {
        return Math.min(one.toNanos(), other.toNanos());
    }

    /** What is left of a span, whatever the wall clock did meanwhile. */
    private static long left(Duration elapsed, Duration span) {
        Duration left = span.minus(elapsed);
        return left.isNegative() ? 0 : shorter(left, span);
    }

    /**
     * @param state where the canary stands
     * @param event what happened
     * @param now the present
     * @param plan the mailbox's
     * @return what follows
     */
    public static Step decide(CanaryState state, CanaryEvent event, Now now, CanaryPlan plan) {
        if (event instanceof CanaryEvent.WasTold) {
            return wasTold(state);
        }
        Step still = new Step(state, List.of());
        Optional<CanaryPhase.On> on = on(state, event, now.nanos(), plan);
        if (on.isEmpty()) {
            return still;
        }
        return CanaryPhase.TABLE
                .next(state.note().phase(), on.get())
                .map(phase -> enter(state, state.note().in(phase), event, now, plan))
                .orElse(still);
    }

    /**
     * @param state where the canary stands
     * @param plan the mailbox's
     * @return when {@link CanaryEvent.Ticked} is wanted next, or nothing while it is being sent
     */
    public static OptionalLong wake(CanaryState state, CanaryPlan plan) {
        return switch (state.note().phase()) {
            case RESTING, UNSENT, OVERDUE -> OptionalLong.of(state.next());
            case PUT_OFF ->
                OptionalLong.of(state.since() + plan.limits().tryAgain().toNanos());
            case UNDER_WAY -> OptionalLong.of(state.since() + plan.within().toNanos());
            case SENDING -> OptionalLong.empty();
        };
    }

    private static Optional<CanaryPhase.On> on(CanaryState state, CanaryEvent event, long now, CanaryPlan plan) {
        return switch (event) {
            case CanaryEvent.Ticked ignored -> {
                OptionalLong wake = wake(state, plan);
                boolean early = wake.isEmpty() || now - wake.getAsLong() < 0;
                boolean travels = state.note().phase() == CanaryPhase.UNDER_WAY;
                yield early ? Optional.empty() : Optional.of(travels ? CanaryPhase.On.MISS : CanaryPhase.On.DUE);
            }
            case CanaryEvent.Accepted(UUID id) -> of(state, id, CanaryPhase.On.ACCEPT);
            case CanaryEvent.Seen(UUID id) -> of(state, id, CanaryPhase.On.SEE);
            case CanaryEvent.Failed(UUID id, Problem problem, boolean again) -> {
                long tried = now + plan.limits().tryAgain().toNanos() - state.begun();
                boolean more = again && tried < plan.within().toNanos();
                yield of(state, id, more ? CanaryPhase.On.PUT_OFF : CanaryPhase.On.FAIL);
            }
            case CanaryEvent.WasTold ignored -> Optional.empty();
        };
    }

    private static Optional<CanaryPhase.On> of(CanaryState state, UUID id, CanaryPhase.On on) {
        return id.equals(state.note().id()) ? Optional.of(on) : Optional.empty();
    }

    private static Step enter(CanaryState before, CanaryNote note, CanaryEvent event, Now now, CanaryPlan plan) {
        // an overdue one may still come: how long it took counts from when the server took it
        long since = note.phase() == CanaryPhase.OVERDUE ? before.since() : now.nanos();
        CanaryState state = new CanaryState(note, before.begun(), since, before.next(), before.earlier());
        return switch (event) {
            case CanaryEvent.Ticked(UUID fresh) ->
                note.phase() == CanaryPhase.OVERDUE
                        ? tell(state, Told.OVERDUE, new CanaryAction.TellOverdue())
                        : send(before, state, fresh, now, plan);
            case CanaryEvent.Accepted ignored ->
                new Step(
                        new CanaryState(note.accepted(now.wall()), before.begun(), since, before.next(), false),
                        List.of());
            case CanaryEvent.Failed(UUID id, Problem problem, boolean again) ->
                note.phase() == CanaryPhase.PUT_OFF
                        ? new Step(state, List.of())
                        : tell(state, Told.UNSENT, new CanaryAction.TellUnsent(problem));
            case CanaryEvent.Seen ignored ->
                new Step(
                        state.with(note.seen(now.wall(), took(before, now))),
                        note.told() == Told.NOTHING ? List.of() : List.of(new CanaryAction.AllClear()));
            case CanaryEvent.WasTold ignored -> new Step(state, List.of());
        };
    }

    /** One that was put off keeps its id: the server may have it. */
    private static Step send(CanaryState before, CanaryState state, UUID fresh, Now now, CanaryPlan plan) {
        UUID id = before.note().id();
        if (before.note().phase() == CanaryPhase.PUT_OFF && id != null) {
            return new Step(state, List.of(new CanaryAction.Send(id)));
        }
        long next = now.nanos() + plan.every().toNanos();
        CanaryNote begun = state.note().begun(fresh, now.wall());
        return new Step(
                new CanaryState(begun, now.nanos(), now.nanos(), next, false), List.of(new CanaryAction.Send(fresh)));
    }

    /** People hear once of each of the two; one takes the place of the other. */
    private static Step tell(CanaryState state, Told what, CanaryAction words) {
        Told before = state.note().told();
        List<CanaryAction> actions = new ArrayList<>();
        if (before != what) {
            if (before != Told.NOTHING) {
                actions.add(new CanaryAction.AllClear());
            }
            actions.add(words);
        }
        return new Step(state.with(state.note().told(what)), actions);
    }

    /** Within one process elapsed time says it; across processes only the wall clock can, wherever it was set meanwhile. */
    private static Duration took(CanaryState state, Now now) {
        Instant accepted = state.note().accepted();
        if (!state.earlier()) {
            return Duration.ofNanos(now.nanos() - state.since());
        }
        Duration took = accepted == null ? Duration.ZERO : Duration.between(accepted, now.wall());
        return took.isNegative() ? Duration.ZERO : took;
    }

    /** Where the last one was seen it is over; otherwise the next one that is seen says so. */
    private static Step wasTold(CanaryState state) {
        CanaryNote note = state.note();
        if (note.told() != Told.NOTHING) {
            return new Step(state, List.of());
        }
        boolean seen = note.phase() == CanaryPhase.RESTING && note.seen() != null;
        return seen
                ? new Step(state, List.of(new CanaryAction.AllClear()))
                : new Step(state.with(note.told(Told.OVERDUE)), List.of());
    }
}
