package ekiden.main;

import ekiden.agent.Agent;
import ekiden.agent.AgentPorts;
import ekiden.agent.AgentSettings;
import ekiden.agent.CanaryOrder;
import ekiden.agent.ReaderWaits;
import ekiden.agent.Senders;
import ekiden.agent.WatchedFolder;
import ekiden.agent.process.ShellRunner;
import ekiden.base.Clock;
import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.ThreadTasks;
import ekiden.config.HomePaths;
import ekiden.config.RunLimits;
import ekiden.disk.Disk;
import ekiden.disk.FileDisk;
import ekiden.link.AgentLink;
import ekiden.link.Assignment;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.RawSource;
import ekiden.mail.proof.MailTrust;
import ekiden.mail.receive.smtpd.SmtpServer;
import ekiden.mail.receive.smtpd.SmtpdListener;
import ekiden.mail.receive.smtpd.SmtpdParts;
import ekiden.mail.receive.smtpd.SmtpdSettings;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolLimits;
import ekiden.manager.Command;
import ekiden.manager.Inbox;
import ekiden.manager.Manager;
import ekiden.manager.ManagerEndpoint;
import ekiden.manager.ManagerSettings;
import ekiden.manager.ProfileRules;
import ekiden.model.mail.RawMail;
import ekiden.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Manager, agent and listeners on one home and one store: what receives, decides and works, without API and settings file. */
final class Works implements AutoCloseable {
    /** The name of the agent that lives in the manager's process. */
    static final String AGENT = "local";

    private final ThreadTasks tasks;
    private final Ids ids;
    private final Store store;
    private final Spool spool;
    private final Disk disk;
    private final Inbox inbox;
    private final AutoCloseable timers;
    private final ShellRunner commands;
    private final MailTrust trust;
    private final Function<String, Optional<String>> authserv;
    private final Agent agent;
    private final Listeners listeners;

    /**
     * What the works stand on.
     *
     * @param paths the home
     * @param store the open store; closed with the works
     * @param senders the sending sides of the profiles
     * @param authserv whose Authentication-Results the profile of a name believes
     * @param trust by what the mails of profiles are opened and verified
     * @param rules what profiles say of their own
     * @param limits bounds of the work
     * @param clock the one clock
     * @param tasks where work runs; closed with the works
     * @param changed called after each batch of commands
     * @param hears hears what happens at the listeners
     */
    record Ground(
            HomePaths paths,
            Store store,
            Senders senders,
            Function<String, Optional<String>> authserv,
            MailTrust trust,
            ProfileRules rules,
            RunLimits limits,
            Clock clock,
            ThreadTasks tasks,
            Runnable changed,
            SmtpdListener hears) {}

    private Works(Ground ground, Spool spool, Disk disk) {
        this.tasks = ground.tasks();
        this.ids = new Ids(ground.clock());
        this.store = ground.store();
        this.spool = spool;
        this.disk = disk;
        HomePaths paths = ground.paths();
        AgentSlot slot = new AgentSlot();
        ManagerSettings managing = ManagerSettings.defaults(AGENT, paths.files(), paths.attempts())
                .keeping(
                        ground.limits().keepMails(),
                        ground.limits().keepRuns(),
                        ground.limits().keepQuarantine());
        Manager manager = new Manager(store, ground.clock(), ids, managing, slot, ground.rules());
        this.inbox = new Inbox(manager, tasks, ground.changed());
        this.timers = Stores.timers(store, ground.clock(), tasks, timer -> {
            // durable before the timer is forgotten: a timer in the inbox would die with the process
            manager.fire(timer);
            ground.changed().run();
        });
        AgentSettings working = AgentSettings.defaults(paths.folder())
                .with(
                        ground.limits().commands(),
                        ground.limits().sendRetries(),
                        ground.limits().sendRetryInterval(),
                        ground.limits().freeSpace());
        this.commands = new ShellRunner(
                tasks, working.killGrace(), working.output(), working.attempts().resolveSibling("reserve"));
        this.trust = ground.trust();
        this.authserv = ground.authserv();
        this.agent = new Agent(
                new AgentPorts(
                        ground.clock(),
                        tasks,
                        ids,
                        disk,
                        spool,
                        new ManagerEndpoint(manager, inbox, tasks),
                        commands,
                        ground.senders(),
                        ReaderWaits.blocking(tasks),
                        new Random(ground.clock().nanos())::nextDouble,
                        TrialProcess.ofThisProduct(disk, paths.trials()),
                        working),
                MimeLimits.DEFAULT,
                trust);
        agent.believe(ground.authserv());
        slot.agent = agent;
        this.listeners = new Listeners(
                new SmtpdParts(spool, agent.delivery(), ids, ground.clock(), tasks, disk, ground.hears()));
    }

    /** Delivers to the agent of this process once it is there. */
    private static final class AgentSlot implements AgentLink {
        private volatile @Nullable AgentLink agent;

        @Override
        public void assigned(List<Assignment> assignments) {
            AgentLink present = agent;
            if (present != null) {
                present.assigned(assignments);
            }
        }

        @Override
        public void watchesChanged(String mailbox) {
            AgentLink present = agent;
            if (present != null) {
                present.watchesChanged(mailbox);
            }
        }
    }

    /** Makes the works; nothing is received or begun before {@link #start}. */
    static Result<Works> on(Ground ground) {
        Disk disk = new FileDisk();
        return Spool.start(disk, ground.paths().spool(), SpoolLimits.DEFAULT, ground.clock())
                .then(spool -> Result.ok(new Works(ground, spool, disk)));
    }

    /** Takes up what was left, then listens; says which listeners cannot be started, by {@code HOST:PORT}. */
    Result<Map<String, Problem>> start(Wanted wanted) {
        inbox.put(new Command.Begin(), reply -> {});
        agent.read(wanted.folders());
        agent.canaries(wanted.canaries());
        return agent.start(wanted.mailboxes()).then(ok -> Result.ok(listeners.follow(wanted.listeners())));
    }

    /** Follows a change of the settings; says which listeners cannot be started. */
    Map<String, Problem> follow(Wanted wanted) {
        agent.watch(wanted.mailboxes());
        agent.read(wanted.folders());
        agent.canaries(wanted.canaries());
        return listeners.follow(wanted.listeners());
    }

    /**
     * What the settings want to be received.
     *
     * @param mailboxes those behind our own listeners
     * @param listeners our own listeners
     * @param folders folders at servers
     * @param canaries mailboxes at servers that want canaries
     */
    record Wanted(
            List<String> mailboxes,
            List<SmtpdSettings> listeners,
            List<WatchedFolder> folders,
            List<CanaryOrder> canaries) {}

    Agent agent() {
        return agent;
    }

    Inbox inbox() {
        return inbox;
    }

    Store store() {
        return store;
    }

    Ids ids() {
        return ids;
    }

    ThreadTasks tasks() {
        return tasks;
    }

    List<SmtpServer> listeners() {
        return listeners.running();
    }

    /** The bytes that the agent keeps. */
    HomeBytes bytes(HomePaths paths) {
        return new HomeBytes(disk, spool, paths, trust, authserv);
    }

    /** The bytes of a mail. */
    Result<RawSource> raw(RawMail mail) {
        return spool.open(mail);
    }

    @Override
    public void close() {
        Closing closing = new Closing();
        closing.close("listeners", listeners::stop);
        closing.close("agent", agent::stop);
        closing.close("wrapper in reserve", commands);
        closing.close("inbox", inbox::close);
        closing.close("timers", timers);
        closing.close("tasks", tasks);
        closing.close("store", store);
    }
}
