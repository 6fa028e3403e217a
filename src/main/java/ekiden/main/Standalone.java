package ekiden.main;

import ekiden.agent.Agent;
import ekiden.agent.AgentPorts;
import ekiden.agent.AgentSettings;
import ekiden.agent.process.ShellRunner;
import ekiden.base.Clock;
import ekiden.base.Ids;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.ThreadTasks;
import ekiden.config.Home;
import ekiden.config.HomePaths;
import ekiden.config.MailSettings;
import ekiden.config.SecretLimits;
import ekiden.config.SecretReader;
import ekiden.config.Settings;
import ekiden.disk.Disk;
import ekiden.disk.FileDisk;
import ekiden.link.AgentLink;
import ekiden.link.Assignment;
import ekiden.mail.mime.MimeLimits;
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
import ekiden.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Manager and agent in one process on one home: the wiring of {@code ekiden up}. An unreadable mail section does not keep it from
 * starting; home, store and listen addresses do.
 */
final class Standalone implements AutoCloseable {
    /** The name of the agent that lives in the manager's process. */
    static final String AGENT = "local";

    private static final Duration STOP_GRACE = Duration.ofSeconds(5);

    private final Home home;
    private final Settings settings;
    private final Clock clock;
    private final ThreadTasks tasks = new ThreadTasks();
    private final Ids ids;
    private final Disk disk = new FileDisk();
    private final AtomicReference<MailSettings> mail;
    private final AgentSlot slot = new AgentSlot();
    private final List<SmtpServer> listeners = new ArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private @Nullable Agent agent;
    private @Nullable Inbox inbox;
    private @Nullable Store store;

    Standalone(Home home, Settings settings, Clock clock) {
        this.home = home;
        this.settings = settings;
        this.clock = clock;
        this.ids = new Ids(clock);
        this.mail = new AtomicReference<>(settings.mail());
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

    Result<Boolean> start(SmtpdListener hears) {
        return openStore().then(this::startManager).then(endpoint -> startAgent(endpoint, hears));
    }

    private Result<Store> openStore() {
        return Stores.open(settings.store(), secrets(), clock).then(opening -> {
            store = opening;
            return Result.ok(opening);
        });
    }

    private Result<ManagerEndpoint> startManager(Store opening) {
        HomePaths paths = home.paths();
        ManagerSettings limits = ManagerSettings.defaults(AGENT, paths.files(), paths.attempts());
        Manager manager = new Manager(opening, clock, ids, limits, slot);
        Inbox commands = new Inbox(manager, tasks);
        inbox = commands;
        opened.add(Stores.timers(
                opening, clock, tasks, timer -> commands.put(new Command.TimerFired(timer), reply -> {})));
        return Result.ok(new ManagerEndpoint(manager, commands, tasks));
    }

    private Result<Boolean> startAgent(ManagerEndpoint manager, SmtpdListener hears) {
        HomePaths paths = home.paths();
        AgentSettings limits = AgentSettings.defaults(paths.folder());
        Profiles profiles = profiles();
        return Spool.start(disk, paths.spool(), SpoolLimits.DEFAULT, clock).then(spool -> {
            AgentPorts ports = new AgentPorts(
                    clock,
                    tasks,
                    ids,
                    disk,
                    spool,
                    manager,
                    new ShellRunner(tasks, limits.killGrace()),
                    profiles,
                    limits);
            Agent local = new Agent(ports, MimeLimits.DEFAULT);
            agent = local;
            slot.agent = local;
            return local.start(profiles.mailboxes()).then(ok -> listen(profiles, spool, local, hears));
        });
    }

    private Result<Boolean> listen(Profiles profiles, Spool spool, Agent local, SmtpdListener hears) {
        for (SmtpdSettings listener : profiles.listeners()) {
            SmtpdParts parts = new SmtpdParts(spool, local.delivery(), ids, clock, tasks, disk, hears);
            switch (SmtpServer.start(listener, parts)) {
                case Result.Ok<SmtpServer>(SmtpServer server) -> listeners.add(server);
                case Result.Failed<SmtpServer>(Problem problem) -> {
                    return Result.failed(problem);
                }
            }
        }
        return Result.ok(true);
    }

    /** The mail profiles, by the settings as they are now. */
    Profiles profiles() {
        return new Profiles(mail::get, secrets(), home.paths().folder(), clock, tasks);
    }

    private SecretReader secrets() {
        return new SecretReader(home.paths(), System.getenv(), clock, SecretLimits.DEFAULT);
    }

    /** The manager's inbox, once started. */
    Inbox inbox() {
        return Objects.requireNonNull(inbox);
    }

    /** The store, once started. */
    Store store() {
        return Objects.requireNonNull(store);
    }

    /** Where the listeners listen. */
    List<SmtpServer> listeners() {
        return List.copyOf(listeners);
    }

    @Override
    public void close() {
        listeners.forEach(server -> server.stop(STOP_GRACE));
        if (agent != null) {
            agent.stop();
        }
        if (inbox != null) {
            inbox.close();
        }
        for (AutoCloseable one : opened.reversed()) {
            closeQuietly(one);
        }
        tasks.close();
        if (store != null) {
            store.close();
        }
        home.close();
    }

    private static void closeQuietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception wrong) {
            System.getLogger(Standalone.class.getName()).log(System.Logger.Level.WARNING, "while stopping", wrong);
        }
    }

    /** Whether a problem keeps a process from starting for good. */
    static boolean permanent(Problem problem) {
        return problem.kind() == MessageId.Kind.PERMANENT;
    }
}
