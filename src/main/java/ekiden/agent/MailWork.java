package ekiden.agent;

import ekiden.base.LazyLogger;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.Assignment;
import ekiden.link.ManagerLink;
import ekiden.link.Report;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.RawSource;
import ekiden.mail.proof.MailTrust;
import ekiden.mail.save.Former;
import ekiden.mail.save.MailSaver;
import ekiden.mail.save.Pruner;
import ekiden.mail.save.SaveMessage;
import ekiden.mail.scan.Scanners;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.SaveOptions;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.SavedMail;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the manager asks about mails that are in the spool: save, test, treat again, release. */
final class MailWork {
    private static final Logger LOG = LazyLogger.of(MailWork.class);

    private static final String SCANNER = "scanner/";

    private final AgentPorts ports;
    private final ReportQueue reports;
    private final Opener opener;
    private final ShortLooks shortLooks;
    private final FreeSpace space;
    private final ProofAlarms proofs;
    private final KnownMails known;
    private final LateTests lateTests;
    private final Receiver receiver;
    private final MailboxReaders readers;
    private final MailSaver saver;
    private final DiskAlarms alarms;
    private final Asking asking;
    private final SavePlan.Tools tools;
    private final SavesInHand saves = new SavesInHand();

    /** What it stands on. */
    record Desk(
            AgentPorts ports,
            ReportQueue reports,
            DiskAlarms alarms,
            Opener opener,
            ShortLooks shortLooks,
            FreeSpace space,
            ProofAlarms proofs,
            LateProofs lateProofs) {}

    MailWork(Desk desk, Receiver receiver, MailboxReaders readers) {
        this.ports = desk.ports();
        this.reports = desk.reports();
        this.alarms = desk.alarms();
        this.opener = desk.opener();
        this.shortLooks = desk.shortLooks();
        this.space = desk.space();
        this.proofs = desk.proofs();
        this.known = new KnownMails(ports, reports, opener);
        this.readers = readers;
        this.receiver = receiver;
        this.saver = new MailSaver(ports.disk());
        this.tools = new SavePlan.Tools(ZoneId.systemDefault(), ports.clock(), new Scanners(ports.clock(), told()));
        this.asking = new Asking(ports.tasks(), ports.settings().askAgain());
        this.lateTests = new LateTests(desk, known, receiver, readers);
    }

    /** What passes unseen is told once for each scanner, until it answers again. */
    private Scanners.Told told() {
        return new Scanners.Told() {
            @Override
            public void away(String scanner, String reason) {
                Problem problem = Problem.of(SaveMessage.SCANNER_PASSED, "scanner", scanner, "reason", reason);
                reports.alarm(ports.ids().next(), SCANNER + scanner, problem);
            }

            @Override
            public void back(String scanner) {
                reports.alarm(ports.ids().next(), SCANNER + scanner, null);
            }
        };
    }

    /**
     * Removes what a former process left of mails that it was saving. Those of claims that still wait would be removed by the next
     * save, those of others by nobody. Folders of runs ({@code UNIT#NUMBER}) hold the files of commands and are not looked into.
     */
    void removeLeftovers() {
        try {
            int removed = saver.removeLeftovers(
                    ports.settings().files(),
                    folder -> !String.valueOf(folder.getFileName()).contains("#"));
            if (removed > 0) {
                LOG.log(Level.INFO, "{0} unfinished folders of mails were removed", removed);
            }
        } catch (IOException wrong) {
            LOG.log(
                    Level.WARNING,
                    "unfinished folders of mails stay until the next start: {0}",
                    wrong.getClass().getSimpleName());
        }
    }

    /** Saves the files of a mail; where there is no room it waits until there is, or until it is called off. */
    void save(Assignment.SaveMail order, Runnable done) {
        saves.begin(order.claim());
        space.savedIn(order.folder());
        trySave(order, null, done);
    }

    /** What looks at saved files before jobs are told of them. */
    HandedFiles handed() {
        return new HandedFiles(ports, reports, saver);
    }

    /** Nobody waits for these files any more. */
    void callOff(Assignment.CallOffSave order, Runnable done) {
        saves.callOff(order.claim());
        done.run();
    }

    /** How far a try has come. */
    private sealed interface Tried {
        /** The files are there. */
        record Saved(SavedMail files) implements Tried {}

        /** The mail is to replace files of another claim: whose they are the store must say. */
        record Whose(String claim) implements Tried {}
    }

    private void trySave(Assignment.SaveMail order, @Nullable Former former, Runnable done) {
        switch (tried(order, former)) {
            case Result.Ok<Tried>(Tried.Saved(SavedMail files)) -> settle(order, files, done);
            case Result.Ok<Tried>(Tried.Whose(String claim)) -> askFor(order, claim, done);
            case Result.Failed<Tried>(Problem problem)
            when problem.kind() == MessageId.Kind.RETRYABLE -> notNow(order, problem, done);
            case Result.Failed<Tried>(Problem problem) -> saved(order, null, problem, done);
        }
    }

    private void askFor(Assignment.SaveMail order, String former, Runnable done) {
        Runnable giveUp = giveUp(order, SaveMessage.FILES_NEEDED.id(), done);
        if (!saves.await(order.claim(), giveUp)) {
            giveUp.run();
            return;
        }
        asking.<ManagerLink.FormerFiles>ask(
                "files of " + former,
                () -> saves.waits(order.claim()),
                answer -> ports.manager().former(order.claim(), former, answer),
                files -> ports.tasks()
                        .run("save", new Guarded("save", () -> replace(order, former, files, done), done)));
    }

    /** The files of a run that has not ended stay until it has. */
    private void replace(Assignment.SaveMail order, String former, ManagerLink.FormerFiles files, Runnable done) {
        if (!saves.goOn(order.claim())) {
            return;
        }
        String reader = files.neededBy();
        if (reader == null) {
            trySave(order, new Former(former, files.saved()), done);
        } else {
            wait(order, Problem.of(SaveMessage.FILES_NEEDED, "folder", order.folder(), "run", reader), done);
        }
    }

    /** What watches the disk gets the time that the job gives it; then it is seen what it left. */
    private void settle(Assignment.SaveMail order, SavedMail files, Runnable done) {
        SaveOptions options = order.options();
        Duration settle = options == null ? null : options.settle();
        if (settle == null) {
            look(order, files, done);
        } else {
            ports.tasks().after(settle, "settle", new Guarded("settle", () -> look(order, files, done), done));
        }
    }

    private void look(Assignment.SaveMail order, SavedMail files, Runnable done) {
        SaveOptions options = Objects.requireNonNullElse(order.options(), SaveOptions.DEFAULT);
        boolean closely = options.settle() != null;
        MailSaver.Look how = new MailSaver.Look(closely, options.access(), ZoneId.systemDefault());
        switch (saver.look(files, how)) {
            case Result.Ok<SavedMail>(SavedMail there) -> {
                tell(order, files, there);
                saved(order, there, null, done);
            }
            case Result.Failed<SavedMail>(Problem problem) -> notNow(order, problem, done);
        }
    }

    /** A person must hear of what another program did. */
    private void tell(Assignment.SaveMail order, SavedMail files, SavedMail there) {
        if (!files.equals(there)) {
            reports.alarm(ports.ids().next(), "files/" + order.claim(), HandedFiles.problem(files, there));
        }
    }

    /** A bug must leave nothing in hand that waits for nobody: it is told and tried again, and can be called off. */
    private Result<Tried> tried(Assignment.SaveMail order, @Nullable Former former) {
        shortLooks.inHand(ports.clock().nanos());
        try {
            // an older release named no mailbox: then nothing is opened by anybody's key
            MailTrust.Means means = opener.means(Objects.requireNonNullElse(order.mailbox(), ""));
            return known.open(
                    order.mail(), order.raw(), means, (message, source) -> save(order, former, message, source));
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError bug) {
            LOG.log(Level.ERROR, order.key() + " ended by a bug", bug);
            String name = bug.getClass().getSimpleName();
            return Result.failed(AgentMessage.WORK_BUG, "what", order.key(), "bug", name);
        } finally {
            shortLooks.handled();
        }
    }

    /** The alarm comes before the wait: whoever calls it off clears it. */
    private void notNow(Assignment.SaveMail order, Problem problem, Runnable done) {
        alarms.files(order.folder(), order.key(), problem);
        wait(order, problem, done);
    }

    private void wait(Assignment.SaveMail order, Problem problem, Runnable done) {
        Runnable giveUp = giveUp(order, problem.id(), done);
        if (!saves.await(order.claim(), giveUp)) {
            giveUp.run();
            return;
        }
        again("save", done, () -> {
            if (saves.goOn(order.claim())) {
                trySave(order, null, done);
            }
        });
    }

    private Runnable giveUp(Assignment.SaveMail order, String because, Runnable done) {
        Problem calledOff = Problem.of(AgentMessage.SAVE_CALLED_OFF, "folder", order.folder(), "because", because);
        return () -> {
            saver.calledOff(order.claim());
            saved(order, null, calledOff, done);
        };
    }

    private void saved(Assignment.SaveMail order, @Nullable SavedMail files, @Nullable Problem problem, Runnable done) {
        saves.end(order.claim());
        reports.put(new Report.MailSaved(ports.ids().next(), order.claim(), files, problem), done);
        alarms.over(order.key());
    }

    private Result<Tried> save(Assignment.SaveMail order, @Nullable Former former, Message message, RawSource source) {
        return SavePlan.of(order, message.summary(), tools, former).then(plan -> {
            String there = saver.former(plan).orElse(null);
            if (there != null && (former == null || !former.claim().equals(there))) {
                return Result.ok(new Tried.Whose(there));
            }
            return saver.save(message, source, plan).then(files -> Result.ok(new Tried.Saved(files)));
        });
    }

    /** Tests a new watch against mails that were there before it. */
    void test(Assignment.TestMails order, Runnable done) {
        lateTests.test(order, done);
    }

    /** Tests one of them alone, of which it was not known from whom it is. */
    void prove(Assignment.ProveMail order, Runnable done) {
        lateTests.prove(order, done);
    }

    private void again(String what, Runnable done, Runnable task) {
        ports.tasks().after(ports.settings().retry(), what + " again", new Guarded(what, task, done));
    }

    /**
     * The Ekiden-owned mailbox keeps its flags in the catalogue: the manager's note is the deed. At a server it is the reader's.
     */
    void afterReceive(Assignment.DoAfterReceive order, Runnable done) {
        if (order.trace() != null) {
            readers.afterReceive(order, done);
            return;
        }
        AfterReceive action = order.action();
        Problem problem = action.moveTo() == null && action.keyword() == null
                ? null
                : Problem.of(
                        AgentMessage.AFTER_RECEIVE, "mailbox", order.identity().mailbox(), "mail", order.mail());
        Report.Treated treated = new Report.Treated(order.mail(), false, problem);
        reports.put(new Report.AfterReceiveDone(ports.ids().next(), List.of(treated)), done);
    }

    /** Lets a quarantined mail go through again; one that only its server has is fetched first. */
    void treat(Assignment.TreatQuarantined order, Runnable done) {
        RawMail raw = order.raw();
        if (raw != null) {
            treat(order, raw, done);
        } else {
            readers.fetch(order, outcome -> fetched(order, outcome, done));
        }
    }

    private void fetched(Assignment.TreatQuarantined order, FolderOne.@Nullable Outcome outcome, Runnable done) {
        RawMail raw = outcome == null ? null : outcome.raw();
        Problem problem = outcome == null ? null : outcome.problem();
        if (raw != null) {
            treat(order, raw, done);
            return;
        }
        if (problem != null) {
            treated(order, receiver.unreadable(order.identity(), problem), done);
        } else {
            done.run();
        }
    }

    /**
     * A quarantined mail with its bytes.
     *
     * @param since when it was tried first, as {@link ekiden.base.Clock#nanos}
     * @param tries how often before
     */
    private record Treating(Assignment.TreatQuarantined order, RawMail raw, Runnable done, long since, int tries) {
        String label() {
            return order.identity().toString();
        }
    }

    private void treat(Assignment.TreatQuarantined order, RawMail raw, Runnable done) {
        treat(new Treating(order, raw, done, ports.clock().nanos(), 0));
    }

    /** While it cannot be known from whom it is nothing is said of it; the longer that lasts the more rarely it is tried, and people hear of it. */
    private void treat(Treating mail) {
        Result<Report.Found> again = receiver.readAgain(mail.order, mail.raw);
        // bytes that were fetched for this are not the catalogue's before the report is: a crash in between must leave
        // nothing
        if (mail.order.raw() != null) {
            ports.spool().markKept(mail.raw.place());
        }
        switch (again) {
            case Result.Ok<Report.Found>(Report.Found found) -> {
                proofs.over(mail.label());
                treated(mail.order, found, mail.done);
            }
            case Result.Failed<Report.Found>(Problem notNow) -> treatLater(mail, notNow);
        }
    }

    private void treatLater(Treating mail, Problem notNow) {
        if (ports.clock().nanos() - mail.since >= ports.settings().proofTold().toNanos()) {
            proofs.tell(mail.label(), notNow);
        }
        Treating next = new Treating(mail.order, mail.raw, mail.done, mail.since, mail.tries + 1);
        Runnable task = new Guarded("treat", () -> treat(next), mail.done);
        ports.tasks().after(ports.settings().proofPause(mail.tries), "treat again", task);
    }

    private void treated(Assignment.TreatQuarantined order, Report.Found found, Runnable done) {
        reports.put(new Report.QuarantineDone(ports.ids().next(), order.mail(), found), done);
    }

    /** Removes saved files whose time is over, as far as they are as they were saved. */
    void prune(Assignment.PruneFiles order, Runnable done) {
        switch (saver.prune(order.claim(), Path.of(order.folder()))) {
            case Result.Ok<Pruner.Outcome>(Pruner.Outcome gone) -> {
                Report report = new Report.FilesPruned(ports.ids().next(), order.claim(), gone.bytes(), gone.kept());
                reports.put(report, done);
                alarms.over(order.key());
            }
            case Result.Failed<Pruner.Outcome>(Problem problem) -> {
                alarms.files(order.folder(), order.key(), problem);
                ports.tasks()
                        .after(
                                ports.settings().sweep(),
                                "prune again",
                                new Guarded("prune", () -> prune(order, done), done));
            }
        }
    }

    /** Removes bytes that nobody needs. */
    void release(Assignment.ReleaseRaw order, Runnable done) {
        if (ports.spool().deleteForGood(List.of(order.place())).isPresent()) {
            again("release", done, () -> release(order, done));
            return;
        }
        reports.put(new Report.RawReleased(ports.ids().next(), order.place()), done);
    }
}
