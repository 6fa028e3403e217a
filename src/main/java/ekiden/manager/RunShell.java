package ekiden.manager;

import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.engine.Effect;
import ekiden.engine.RunDecider;
import ekiden.engine.RunDecision;
import ekiden.engine.RunFold;
import ekiden.engine.RunInput;
import ekiden.link.Assignment;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.Work;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import ekiden.model.run.BounceCause;
import ekiden.model.run.RecordedEvent;
import ekiden.model.run.Run;
import ekiden.model.run.RunEvent;
import ekiden.model.run.RunStatus;
import ekiden.model.run.Watch;
import ekiden.store.Definitions.Definition;
import ekiden.store.SentMails;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Carries out decisions on runs: writes state and history, and turns effects into rows of the same transaction. */
final class RunShell {
    private final Scope scope;
    private final Deque<String> freed = new ArrayDeque<>();
    private boolean passingOn;

    RunShell(Scope scope) {
        this.scope = scope;
    }

    /** Makes a run; its jobs begin only with {@link #ready}. */
    Run create(UUID id, Definition definition, @Nullable String claim) {
        return create(id, definition, claim, null);
    }

    /** Makes a run and lets it begin, because a mail came back. */
    void begin(UUID id, Definition definition, BounceCause bounce) {
        create(id, definition, null, bounce);
        ready(id);
    }

    private Run create(UUID id, Definition definition, @Nullable String claim, @Nullable BounceCause bounce) {
        Jobnet jobnet = definition.jobnet();
        String unit = jobnet.name().value();
        long number = scope.tx.runs().lastNumber(unit) + 1;
        List<String> jobs = jobnet.jobs().stream().map(Job::name).toList();
        RunEvent.RunCreated created = new RunEvent.RunCreated(unit, number, definition.id(), jobs, claim, bounce);
        Run run = versioned(RunFold.create(id, created, scope.now), 1);
        scope.tx.runs().insert(run);
        scope.tx.runs().append(List.of(recorded(id, 1, created)));
        return run;
    }

    /** Nothing is left to wait for but the run's turn. */
    void ready(UUID id) {
        scope.tx.runs().find(id).ifPresent(run -> take(id, new RunInput.Ready(hasTurn(run))));
    }

    private boolean hasTurn(Run run) {
        if (definition(run).jobnet().overlap() == Jobnet.Overlap.ALLOW) {
            return true;
        }
        if (somebodyHasTheTurn(run.unit())) {
            return false;
        }
        Optional<Run> first = firstOfQueue(run.unit());
        return first.isEmpty() || first.get().id().equals(run.id());
    }

    /** Lets inputs come to a run, and carries out what follows, until nothing more follows. */
    void take(UUID id, RunInput first) {
        Deque<RunInput> inputs = new ArrayDeque<>(List.of(first));
        while (!inputs.isEmpty()) {
            Run run = scope.tx.runs().find(id).orElse(null);
            if (run == null) {
                return;
            }
            Definition definition = definition(run);
            RunDecision decision = RunDecider.decide(run, definition.jobnet(), inputs.remove(), scope.now);
            if (!decision.events().isEmpty()) {
                persist(run, decision);
            }
            for (Effect effect : decision.effects()) {
                carryOut(effect, decision.run(), definition, inputs);
            }
        }
    }

    /** Runs of the unit go on, but wait no longer for a mail that cannot be saved. */
    void unitDeleted(String unit) {
        for (Run run : scope.tx.runs().in(unit, Set.of(RunStatus.PREPARING, RunStatus.RUNNING))) {
            take(run.id(), new RunInput.UnitDeleted());
        }
    }

    private void persist(Run before, RunDecision decision) {
        Run after = versioned(decision.run(), before.version() + 1);
        scope.tx.runs().update(after);
        long sequence = scope.tx.runs().lastSequence(before.id());
        List<RecordedEvent> recorded = new ArrayList<>();
        for (RunEvent event : decision.events()) {
            recorded.add(recorded(before.id(), ++sequence, event));
        }
        scope.tx.runs().append(recorded);
    }

    private void carryOut(Effect effect, Run run, Definition definition, Deque<RunInput> further) {
        switch (effect) {
            case Effect.Assign assign -> assign(assign.attempt(), run, definition, further);
            case Effect.Kill kill -> scope.assign(new Assignment.KillAttempt(kill.attempt()));
            case Effect.Forget forget -> forget(forget.attempt());
            case Effect.OpenWatch open -> watch(open.attempt(), run, definition, further);
            case Effect.CallOffSave callOff -> scope.assign(new Assignment.CallOffSave(callOff.claim()));
            case Effect.CloseWatch close -> scope.watches.close(Watch.jobId(close.attempt()));
            case Effect.SetTimeout set -> scope.tx.timers().set(timeoutId(set.attempt()), scope.now.plus(set.after()));
            case Effect.CancelTimeout cancel -> scope.tx.timers().cancel(timeoutId(cancel.attempt()));
            case Effect.RaiseAlarm alarm -> scope.tx.alarms().raise(alarm.key(), alarm.problem(), scope.now);
            case Effect.ClearAlarm alarm -> scope.tx.alarms().clear(alarm.key(), scope.now);
            case Effect.AskForTurn ignored -> further.add(new RunInput.Ready(hasTurn(run)));
            case Effect.LetNextBegin ignored -> letNextBegin(run.unit());
        }
    }

    private void assign(AttemptId attempt, Run run, Definition definition, Deque<RunInput> further) {
        Result<Assignment> work = new AssignmentBuilder(scope, run, definition).build(attempt);
        switch (work) {
            case Result.Ok<Assignment>(Assignment assignment) -> {
                if (assignment instanceof Assignment.SubmitMail mail) {
                    scope.tx.sentMails().note(mail.messageId(), new SentMails.Sender(run.id(), attempt.job()));
                }
                scope.assign(assignment);
            }
            case Result.Failed<Assignment>(Problem problem) ->
                further.add(new RunInput.Ended(
                        attempt.job(), attempt.attempt(), new AttemptOutcome.NotStarted(problem, false)));
        }
    }

    private void watch(AttemptId attempt, Run run, Definition definition, Deque<RunInput> further) {
        Result<Work> work = new AssignmentBuilder(scope, run, definition).work(attempt.job());
        switch (work) {
            case Result.Ok<Work>(Work filled) -> scope.watches.openJob(attempt, definition, (ReceiveMail) filled);
            case Result.Failed<Work>(Problem problem) -> further.add(new RunInput.CannotWatch(attempt.job(), problem));
        }
    }

    private void forget(AttemptId attempt) {
        scope.tx.outbox().remove("attempt/" + attempt);
        scope.tx.outbox().remove("kill/" + attempt);
        scope.tx.outbox().remove(Assignment.TellDelivered.key(attempt));
    }

    /** Runs that end at once let the next begin, and so on: one after another, not one inside another. */
    private void letNextBegin(String unit) {
        freed.add(unit);
        if (passingOn) {
            return;
        }
        passingOn = true;
        while (!freed.isEmpty()) {
            beginNext(freed.remove());
        }
        passingOn = false;
    }

    private void beginNext(String unit) {
        if (!somebodyHasTheTurn(unit)) {
            firstOfQueue(unit).ifPresent(next -> take(next.id(), new RunInput.Ready(true)));
        }
    }

    private boolean somebodyHasTheTurn(String unit) {
        return scope.tx.runs().first(unit, RunStatus.RUNNING).isPresent();
    }

    private Optional<Run> firstOfQueue(String unit) {
        return scope.tx.runs().first(unit, RunStatus.QUEUED);
    }

    Definition definition(Run run) {
        return scope.tx.definitions().find(run.definition()).orElseThrow();
    }

    private RecordedEvent recorded(UUID run, long sequence, RunEvent event) {
        return new RecordedEvent(Ids.derive(run, "event " + sequence, scope.now), run, sequence, scope.now, event);
    }

    private static String timeoutId(AttemptId attempt) {
        return "timeout/" + attempt;
    }

    private static Run versioned(Run run, long version) {
        return new Run(
                run.id(),
                run.unit(),
                run.number(),
                run.definition(),
                run.status(),
                run.claim(),
                run.bounce(),
                run.killing(),
                run.problem(),
                run.jobs(),
                run.created(),
                run.started(),
                run.ended(),
                version);
    }
}
