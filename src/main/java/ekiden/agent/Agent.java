package ekiden.agent;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.AgentLink;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Opening;
import ekiden.mail.proof.MailTrust;
import ekiden.mail.receive.smtpd.Delivery;
import ekiden.mail.send.ComposeLimits;
import ekiden.mail.spool.SpoolEntry;
import ekiden.model.run.AttemptId;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One agent. {@link #start} takes up whatever the process before left; from then on assignments and mails are worked on, each in a
 * task of its own. An assignment that is in hand already is not begun again; one that is not is begun however often it comes, and
 * answers from what the disk knows. Safe from any thread.
 */
public final class Agent implements AgentLink {
    private static final Logger LOG = LazyLogger.of(Agent.class);

    private final AgentPorts ports;
    private final ReportQueue reports;
    private final DiskAlarms alarms;
    private final Asking asking;
    private final WatchLists watchLists;
    private final Receiver receiver;
    private final Leftovers leftovers = new Leftovers();
    private final Canaries canaries;
    private final MailboxReaders readers;
    private final ProofAlarms proofs;
    private final SpoolLook spoolLook;
    private final FreeSpace space;
    private final MailWork mails;
    private final HandedFiles handed;
    private final CommandAttempts commands;
    private final MailAttempts sending;
    private final WorkInHand inHand = new WorkInHand();
    private volatile boolean stopped;

    /**
     * @param ports what it stands on
     * @param limits limits of reading mails
     */
    public Agent(AgentPorts ports, MimeLimits limits) {
        this(ports, limits, MailTrust.only(Opening.USUAL));
    }

    /**
     * @param ports what it stands on
     * @param limits limits of reading mails
     * @param trust by what they are opened and verified
     */
    public Agent(AgentPorts ports, MimeLimits limits, MailTrust trust) {
        this.ports = ports;
        this.reports = new ReportQueue(ports.disk(), ports.tasks(), ports.manager(), ports.settings());
        this.alarms = new DiskAlarms(reports, ports.ids());
        this.watchLists = new WatchLists(ports.manager());
        Opener opener = new Opener(
                ports.spool(),
                limits,
                trust,
                ports.settings().openingBytes(),
                ports.settings().openingPatience());
        this.proofs = new ProofAlarms(reports, ports.ids());
        this.receiver = new Receiver(ports, opener, watchLists, proofs);
        this.spoolLook = new SpoolLook(ports, reports, () -> !stopped, this::takeUp);
        this.asking = new Asking(ports.tasks(), ports.settings().askAgain());
        RestingLooks resting = new RestingLooks(ports.settings().restingLooks(), ports.chance());
        ShortLooks looks = new ShortLooks(
                ports.settings().shortLooks(), resting, ports.clock().nanos());
        this.canaries = new Canaries(ports, reports, this::look);
        ByteBudgets budgets = new ByteBudgets(ports.clock());
        LateProofs late = new LateProofs(ports, proofs);
        this.readers = new MailboxReaders(new ReaderDesk(
                ports, opener, watchLists, reports, asking, looks, resting, canaries, budgets, late, leftovers));
        this.space = new FreeSpace(
                ports.disk(),
                reports,
                ports.ids(),
                ports.settings().freeSpace(),
                ports.settings().files());
        this.mails = new MailWork(
                new MailWork.Desk(ports, reports, alarms, opener, looks, space, proofs, late), receiver, readers);
        this.handed = mails.handed();
        this.commands = new CommandAttempts(ports, reports, alarms);
        this.sending = new MailAttempts(ports, reports, alarms, ComposeLimits.DEFAULT);
    }

    /** {@return what the listener hands its mails to} */
    public Delivery delivery() {
        return receiver;
    }

    /**
     * Takes up what was left, and begins to ask for work.
     *
     * @param mailboxes those whose watches are wanted
     * @return why the home cannot be used, or nothing
     */
    public Result<Boolean> start(List<String> mailboxes) {
        List<String> strange;
        try {
            ports.disk().makeFolders(ports.settings().attempts());
            strange = reports.start();
        } catch (IOException wrong) {
            return Result.failed(
                    AgentMessage.FOLDER, "attempt", ports.settings().attempts());
        }
        watch(mailboxes);
        // an alarm at once, its end when the start is over
        Duration when = strange.isEmpty() ? ports.settings().sweep() : Duration.ZERO;
        ports.tasks().after(when, "strange reports", () -> tellStrange(strange));
        spoolLook.start(() -> {
            canaries.begin();
            readers.begin();
        });
        sweep();
        // Not at once: what waits is worked on first.
        ports.tasks().after(ports.settings().sweep(), "leftovers", mails::removeLeftovers);
        // by then all that waits was brought and tried
        ports.tasks().after(ports.settings().sweep().multipliedBy(2), "alarms of before", this::settleAlarms);
        return Result.ok(true);
    }

    private void tellStrange(List<String> names) {
        Problem problem = names.isEmpty()
                ? null
                : Problem.of(
                        AgentMessage.STRANGE_REPORTS,
                        "folder",
                        ports.settings().reports(),
                        "count",
                        names.size(),
                        "name",
                        names.getFirst());
        reports.alarm(ports.ids().next(), "reports/strange", problem);
    }

    /**
     * Asks for the watches of mailboxes, for example after a change of the settings.
     *
     * @param mailboxes which
     */
    public void watch(List<String> mailboxes) {
        mailboxes.forEach(watchLists::refresh);
    }

    /**
     * Follows the settings: which folders at servers are to be watched.
     *
     * @param folders all of them
     */
    public void read(List<WatchedFolder> folders) {
        if (readers.follow(folders)) {
            // by then those that took the place of others know how they are
            ports.tasks().after(ports.settings().sweep(), "alarms of other settings", this::settleAlarms);
        }
    }

    /**
     * Follows the settings: whose Authentication-Results are believed.
     *
     * @param servers gives the name for a mailbox, each time it is needed
     */
    public void believe(Function<String, Optional<String>> servers) {
        watchLists.believe(servers);
    }

    /**
     * Follows the settings: which mailboxes at servers want canary mails.
     *
     * @param orders all of them
     */
    public void canaries(List<CanaryOrder> orders) {
        canaries.follow(orders);
    }

    /** {@return how the canaries are, by mailbox} */
    public List<CanaryStatus> canaries() {
        return canaries.statuses();
    }

    private void look(String mailbox) {
        readers.look(mailbox);
    }

    /** {@return how the readers of folders at servers are, by mailbox and folder} */
    public List<ReaderStatus> readers() {
        return readers.statuses();
    }

    /**
     * A person allows that new UIDs are followed in the folders of a mailbox.
     *
     * @param mailbox the mail profile's name
     */
    public void resume(String mailbox) {
        readers.resume(mailbox);
    }

    /**
     * Asks the server what is in the folders of a mailbox.
     *
     * @param mailbox the mail profile's name
     * @param answer called once, when all folders that are watched have answered
     */
    public void survey(String mailbox, Consumer<List<FolderSeen>> answer) {
        readers.survey(mailbox, answer);
    }

    /** {@return quick looks of all readers in the last second, about} */
    public long shortLooks() {
        return readers.shortLooks();
    }

    /** {@return how many of these there may be in a second} */
    public int shortLooksMost() {
        return ports.settings().shortLooks();
    }

    /** Ends asking; what runs is left to end by itself. */
    public void stop() {
        stopped = true;
        canaries.stop();
        readers.stop();
    }

    /** Alarms that the process before, or readers of other settings, raised and could not clear. */
    private void settleAlarms() {
        Set<String> raised = reports.raised();
        asking.<Set<String>>ask("which alarms are open", () -> !stopped, ports.manager()::alarms, open -> {
            Set<String> all = new HashSet<>(open);
            all.addAll(raised);
            alarms.settle(all);
            space.settle(all);
            readers.settle(all);
            proofs.settle(all);
            canaries.settle(all);
        });
    }

    /** What came from a server lies there still, unless nobody needs it: its reader knows. What a report brings is the manager's. */
    private void takeUp(SpoolEntry entry) {
        if (reports.bring(entry.place())) {
            return;
        }
        if (Leftovers.ofServer(entry)) {
            leftovers.put(entry).ifPresent(twin -> ports.spool().delete(twin.place()));
        } else {
            receiver.takeUp(entry);
        }
    }

    /** Asks for all that waits, from time to time: a message may be lost on the way. Arms itself first, so that no bug ends it. */
    private void sweep() {
        if (stopped) {
            return;
        }
        ports.tasks().after(ports.settings().sweep(), "sweep", this::sweep);
        ports.spool().removeAgain();
        space.look();
        WorkInHand.Question question = inHand.ask();
        ports.manager().waiting(waiting -> assigned(inHand.stillWaiting(question, waiting)));
    }

    @Override
    public void assigned(List<Assignment> assignments) {
        for (Assignment assignment : assignments) {
            if (inHand.begin(assignment.key())) {
                ports.tasks().run(assignment.key(), () -> work(assignment));
            }
        }
    }

    @Override
    public void watchesChanged(String mailbox) {
        watchLists.refresh(mailbox);
    }

    /** What a bug ended is not in hand any more, so that the next sweep may bring it again. */
    private void work(Assignment assignment) {
        Runnable done = () -> inHand.end(assignment.key());
        new Guarded(assignment.key(), () -> work(assignment, done), done).run();
    }

    private void work(Assignment assignment, Runnable done) {
        switch (assignment) {
            case Assignment.SaveMail save -> mails.save(save, done);
            case Assignment.CallOffSave callOff -> mails.callOff(callOff, done);
            case Assignment.DoAfterReceive after -> mails.afterReceive(after, done);
            case Assignment.TestMails test -> mails.test(test, done);
            case Assignment.ProveMail proof -> mails.prove(proof, done);
            case Assignment.ExecuteCommand command ->
                handed.look(command.attempt(), command.handed(), () -> commands.execute(command, done), done);
            case Assignment.SubmitMail mail ->
                handed.look(mail.attempt(), mail.handed(), () -> sending.submit(mail, done), done);
            case Assignment.KillAttempt kill -> kill(kill.attempt(), done);
            case Assignment.TellDelivered told -> sending.delivered(told, done);
            case Assignment.TreatQuarantined treat -> mails.treat(treat, done);
            case Assignment.ReleaseRaw release -> mails.release(release, done);
            case Assignment.PruneFiles prune -> mails.prune(prune, done);
            case Assignment.ForgetRun forget -> forget(forget, done);
        }
    }

    private void forget(Assignment.ForgetRun order, Runnable done) {
        String about = "forget " + order.run();
        try {
            new AttemptFolders(ports.disk(), ports.settings().attempts()).remove(order.run());
        } catch (IOException wrong) {
            LOG.log(Level.WARNING, "what a run left cannot be removed: {0}", wrong.getMessage());
            alarms.attempts(about, Problem.of(AgentMessage.FOLDER, "attempt", order.run()));
            ports.tasks().after(ports.settings().sweep(), about, new Guarded(about, () -> forget(order, done), done));
            return;
        }
        alarms.over(about);
        reports.put(new Report.RunForgotten(ports.ids().next(), order.run()), done);
    }

    private void kill(AttemptId attempt, Runnable done) {
        try {
            commands.kill(attempt);
        } catch (IOException wrong) {
            LOG.log(Level.WARNING, "a kill cannot be noted: {0}", wrong.getMessage());
            alarms.attempts("kill " + attempt, Problem.of(AgentMessage.FOLDER, "attempt", attempt));
            Runnable again = new Guarded("kill " + attempt, () -> kill(attempt, done), done);
            ports.tasks().after(ports.settings().retry(), "kill again", again);
            return;
        }
        alarms.over("kill " + attempt);
        sending.goOn(attempt);
        done.run();
    }

    /** {@return whether nothing is in hand and nothing waits to be reported} */
    public boolean isIdle() {
        return inHand.isEmpty() && reports.isEmpty() && readers.isIdle();
    }
}
