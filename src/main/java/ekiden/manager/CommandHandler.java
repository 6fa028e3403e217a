package ekiden.manager;

import ekiden.base.Problem;
import ekiden.engine.FileRetention;
import ekiden.engine.ReportMemory;
import ekiden.engine.RerunRule;
import ekiden.engine.RunInput;
import ekiden.link.Report;
import ekiden.model.definition.Jobnet;
import ekiden.model.run.Alarm;
import ekiden.model.run.AttemptId;
import ekiden.model.run.Rerun;
import ekiden.model.run.Run;
import ekiden.model.run.Watch;
import ekiden.store.Definitions.Definition;
import java.util.Optional;
import java.util.UUID;

/** Carries out one command in one transaction. */
final class CommandHandler {
    private static final Reply DONE = new Reply.Done();
    private static final int ALARMS_SEARCHED = 1_000;

    private final Scope scope;

    CommandHandler(Scope scope) {
        this.scope = scope;
    }

    Reply handle(Command command) {
        return switch (command) {
            case Command.Define define -> define(define);
            case Command.Delete delete -> delete(delete.unit());
            case Command.StartRun start -> start(start);
            case Command.KillRun kill -> kill(kill.run());
            case Command.RerunRun rerun -> rerun(rerun.run(), rerun.rerun());
            case Command.TakeMails mails -> new Reply.Judged(scope.mails.found(mails.report()));
            case Command.TakeReport report -> takeIn(report.report());
            case Command.Begin begin -> begin();
            case Command.TimerFired timer -> timer(timer.id());
            case Command.ReleaseMail release -> scope.mails.treat(release.mail(), false);
            case Command.DropMail drop -> scope.mails.treat(drop.mail(), true);
            case Command.Prune prune -> new Reply.Pruned(new Retention(scope).all(prune.from(), prune.dry()));
            case Command.ClearAlarm clear -> clearAlarm(clear.alarm());
        };
    }

    private Reply define(Command.Define define) {
        Optional<Definition> told = scope.tx.definitions().find(define.id());
        if (told.isPresent()) {
            return new Reply.Defined(told.get(), false);
        }
        String unit = define.jobnet().name().value();
        Optional<Definition> before = scope.tx.definitions().current(unit);
        if (before.isPresent() && same(before.get(), define) && !begun(before.get())) {
            return new Reply.Defined(before.get(), false);
        }
        before.ifPresent(this::closeStart);
        Definition definition = new Definition(
                define.id(),
                define.jobnet(),
                define.folder(),
                scope.tx.definitions().versions(unit) + 1,
                scope.now);
        scope.tx.definitions().put(definition);
        if (definition.jobnet().start() != null) {
            scope.watches.openStart(definition);
        }
        return new Reply.Defined(definition, true);
    }

    private static boolean same(Definition before, Command.Define define) {
        return before.jobnet().equals(define.jobnet()) && before.folder().equals(define.folder());
    }

    /** A start condition that has taken some of the mails it was to take: defining it again means that many anew. */
    private boolean begun(Definition definition) {
        Integer times = definition.jobnet().times();
        return times != null
                && scope.tx
                        .watches()
                        .find(Watch.startId(definition.id()))
                        .filter(watch -> times.equals(watch.left()))
                        .isEmpty();
    }

    private void closeStart(Definition definition) {
        scope.watches.close(Watch.startId(definition.id()));
    }

    private Reply delete(String unit) {
        Optional<Definition> present = scope.tx.definitions().current(unit);
        if (present.isEmpty()) {
            return new Reply.Refused(Problem.of(ManagerMessage.NO_UNIT, "unit", unit));
        }
        closeStart(present.get());
        scope.tx.definitions().delete(unit);
        scope.runs.unitDeleted(unit);
        return DONE;
    }

    private Reply start(Command.StartRun start) {
        Optional<Run> before = scope.tx.runs().find(start.id());
        if (before.isPresent()) {
            return new Reply.Started(before.get());
        }
        Optional<Definition> definition = scope.tx.definitions().current(start.unit());
        if (definition.isEmpty()) {
            return new Reply.Refused(Problem.of(ManagerMessage.NO_UNIT, "unit", start.unit()));
        }
        Jobnet jobnet = definition.get().jobnet();
        scope.runs.create(start.id(), definition.get(), null);
        scope.runs.ready(start.id());
        return new Reply.Started(scope.tx
                .runs()
                .find(start.id())
                .orElseThrow(() ->
                        new IllegalStateException("the run of " + jobnet.name() + " was written in this transaction")));
    }

    private Reply kill(UUID id) {
        Optional<Run> run = scope.tx.runs().find(id);
        if (run.isEmpty()) {
            return new Reply.Refused(Problem.of(ManagerMessage.NO_RUN, "run", id));
        }
        if (run.get().status().ended()) {
            return new Reply.Refused(
                    Problem.of(ManagerMessage.RUN_ENDED, "run", run.get().label()));
        }
        scope.runs.take(id, new RunInput.Kill("person"));
        return DONE;
    }

    private Reply rerun(UUID id, Rerun rerun) {
        Run run = scope.tx.runs().find(id).orElse(null);
        if (run == null) {
            return new Reply.Refused(Problem.of(ManagerMessage.NO_RUN, "run", id));
        }
        if (scope.tx.outbox().find("forget/" + id).isPresent()) {
            return new Reply.Refused(Problem.of(ManagerMessage.RUN_FORGOTTEN, "run", run.label()));
        }
        Optional<RerunRule.Refusal> refusal = RerunRule.refusal(run, rerun);
        if (refusal.isPresent()) {
            return new Reply.Refused(refused(run, refusal.get()));
        }
        scope.runs.take(id, new RunInput.Again(rerun));
        return DONE;
    }

    private static Problem refused(Run run, RerunRule.Refusal refusal) {
        ManagerMessage message = switch (refusal.why()) {
            case KILLING -> ManagerMessage.RERUN_WHILE_KILLED;
            case NOTHING -> ManagerMessage.NOTHING_TO_RERUN;
            case STATUS -> ManagerMessage.CANNOT_RERUN;
            case UNCERTAIN -> ManagerMessage.RERUN_NEEDS_A_WORD;
            case CERTAIN -> ManagerMessage.NOT_UNCERTAIN;
            case TOO_MANY -> ManagerMessage.TOO_MANY_ATTEMPTS;
        };
        return Problem.of(
                message,
                "run",
                run.label(),
                "job",
                refusal.job(),
                "attempt",
                refusal.attempt(),
                "limit",
                RerunRule.MAX_ATTEMPTS);
    }

    private Reply takeIn(Report report) {
        if (!scope.tx.reports().takeIn(report.id(), scope.now)) {
            return DONE;
        }
        switch (report) {
            case Report.MailsFound ignored -> throw new IllegalArgumentException("mails come as TakeMails");
            case Report.MailsTested tested -> scope.mails.late().tested(tested);
            case Report.MailProved proved -> scope.mails.late().proved(proved);
            case Report.MailSaved saved -> scope.mails.saved(saved);
            case Report.AfterReceiveDone done -> scope.mails.afterReceive(done);
            case Report.AttemptStarted started -> started(started.attempt());
            case Report.AttemptPutOff putOff -> putOff(putOff);
            case Report.AttemptEnded ended -> ended(ended);
            case Report.FilesChanged changed -> filesChanged(changed);
            case Report.QuarantineDone done -> scope.mails.treated(done);
            case Report.MailUnreadable unreadable -> scope.mails.unreadable(unreadable);
            case Report.RawReleased released -> scope.mails.released(released.place());
            case Report.RunForgotten forgotten -> new Retention(scope).forgotten(forgotten.run());
            case Report.FilesPruned pruned -> new Retention(scope).pruned(pruned);
            case Report.Rebound rebound -> scope.mails.servers().rebound(rebound);
            case Report.MailboxFailing failing -> scope.mails.servers().failing(failing);
            case Report.AlarmChanged alarm -> alarm(alarm);
        }
        return DONE;
    }

    private void started(AttemptId attempt) {
        scope.runs.take(attempt.run(), new RunInput.Started(attempt.job(), attempt.attempt()));
    }

    private void putOff(Report.AttemptPutOff report) {
        AttemptId attempt = report.attempt();
        RunInput input = new RunInput.PutOff(attempt.job(), attempt.attempt(), report.problem(), report.until());
        scope.runs.take(attempt.run(), input);
    }

    private void ended(Report.AttemptEnded report) {
        AttemptId attempt = report.attempt();
        scope.tx.outbox().remove("attempt/" + attempt);
        scope.tx.outbox().remove("kill/" + attempt);
        scope.runs.take(attempt.run(), new RunInput.Ended(attempt.job(), attempt.attempt(), report.outcome()));
    }

    private void filesChanged(Report.FilesChanged report) {
        for (Report.Changed changed : report.changed()) {
            scope.tx
                    .claims()
                    .find(changed.claim())
                    .filter(claim -> FileRetention.files(claim) != null)
                    .ifPresent(claim -> scope.tx.claims().update(claim.saved(changed.saved())));
        }
        AttemptId attempt = report.attempt();
        scope.tx.outbox().remove("attempt/" + attempt);
        scope.tx.outbox().remove("kill/" + attempt);
        scope.runs.take(attempt.run(), new RunInput.FilesChanged(attempt.job(), attempt.attempt(), report.problem()));
    }

    private void alarm(Report.AlarmChanged report) {
        Problem problem = report.problem();
        if (problem != null) {
            scope.tx.alarms().raise(report.key(), problem, scope.now);
        } else if (ReportMemory.remembers(report.id(), scope.now, scope.settings.keepReports())) {
            scope.tx.alarms().clear(report.key(), scope.now);
        }
    }

    private Reply begin() {
        new ReportNotes(scope).begin();
        new Retention(scope).begin();
        return DONE;
    }

    private Reply timer(String id) {
        if (id.equals(ReportNotes.TIMER)) {
            new ReportNotes(scope).forget();
            return DONE;
        }
        if (id.startsWith(Retention.TIMER)) {
            new Retention(scope).sweep(id);
            return DONE;
        }
        if (id.startsWith(WatchShell.TIMER)) {
            scope.watches.goOn(id);
            return DONE;
        }
        String[] parts = id.split("/", -1);
        if (parts.length == 4 && parts[0].equals("timeout")) {
            RunInput input = new RunInput.TimedOut(parts[2], Integer.parseInt(parts[3]));
            scope.runs.take(UUID.fromString(parts[1]), input);
        }
        return DONE;
    }

    private Reply clearAlarm(long number) {
        Optional<Alarm> alarm = scope.tx.alarms().list(true, ALARMS_SEARCHED).stream()
                .filter(open -> open.id() == number)
                .findFirst();
        if (alarm.isEmpty()) {
            return new Reply.Refused(Problem.of(ManagerMessage.NO_ALARM, "alarm", number));
        }
        scope.tx.alarms().clear(alarm.get().key(), scope.now);
        return DONE;
    }
}
