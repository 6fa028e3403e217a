package ekiden.main;

import ekiden.agent.Agent;
import ekiden.agent.AgentPorts;
import ekiden.agent.AgentSettings;
import ekiden.agent.process.ShellRunner;
import ekiden.base.Clock;
import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.ThreadTasks;
import ekiden.config.Home;
import ekiden.config.HomePaths;
import ekiden.config.MailSettings;
import ekiden.config.SecretLimits;
import ekiden.config.SecretReader;
import ekiden.config.Settings;
import ekiden.config.SettingsFile;
import ekiden.disk.Disk;
import ekiden.disk.FileDisk;
import ekiden.http.ApiBackend;
import ekiden.http.ApiServer;
import ekiden.http.ApiSettings;
import ekiden.link.AgentLink;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.receive.smtpd.SmtpServer;
import ekiden.mail.receive.smtpd.SmtpdListener;
import ekiden.mail.receive.smtpd.SmtpdParts;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolLimits;
import ekiden.manager.Command;
import ekiden.manager.Inbox;
import ekiden.manager.Manager;
import ekiden.manager.ManagerEndpoint;
import ekiden.manager.ManagerSettings;
import ekiden.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Manager and agent in one process on one home: the wiring of {@code ekiden up}. An unreadable mail section does not keep it from
 * starting, and is taken up once it can be read; home, store and listen addresses do.
 */
final class Standalone implements AutoCloseable {
    /** The name of the agent that lives in the manager's process. */
    static final String AGENT = "local";

    private static final Duration SETTINGS_LOOK = Duration.ofSeconds(5);
    private static final String SETTINGS_ALARM = "settings/mail";

    private final Home home;
    private final Settings settings;
    private final Clock clock;
    private final ThreadTasks tasks = new ThreadTasks();
    private final Ids ids;
    private final Disk disk = new FileDisk();
    private final AtomicReference<MailSettings> mail;
    private final AgentSlot slot = new AgentSlot();
    private final Profiles profiles;
    private volatile boolean ready;
    private volatile boolean stopped;
    private @Nullable Store store;
    private @Nullable Inbox inbox;
    private @Nullable AutoCloseable timers;
    private @Nullable Agent agent;
    private @Nullable Listeners listeners;
    private volatile @Nullable ApiServer api;

    Standalone(Home home, Settings settings, Clock clock) {
        this.home = home;
        this.settings = settings;
        this.clock = clock;
        this.ids = new Ids(clock);
        this.mail = new AtomicReference<>(settings.mail());
        this.profiles = new Profiles(mail::get, secrets(), home.paths().folder(), clock, tasks);
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

    /** Starts store, manager, agent and listeners; the API comes with {@link #startApi}. */
    Result<Boolean> start(SmtpdListener hears) {
        return openStore().then(this::startManager).then(manager -> startAgent(manager, hears));
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
        Inbox commands = new Inbox(manager, tasks, this::changed);
        inbox = commands;
        timers =
                Stores.timers(opening, clock, tasks, timer -> commands.put(new Command.TimerFired(timer), reply -> {}));
        return Result.ok(new ManagerEndpoint(manager, commands, tasks));
    }

    private void changed() {
        ApiServer present = api;
        if (present != null) {
            present.changed();
        }
    }

    private Result<Boolean> startAgent(ManagerEndpoint manager, SmtpdListener hears) {
        return Spool.start(disk, home.paths().spool(), SpoolLimits.DEFAULT, clock)
                .then(spool -> startAgent(manager, spool, hears));
    }

    private Result<Boolean> startAgent(ManagerEndpoint manager, Spool spool, SmtpdListener hears) {
        AgentSettings limits = AgentSettings.defaults(home.paths().folder());
        Agent local = new Agent(
                new AgentPorts(
                        clock,
                        tasks,
                        ids,
                        disk,
                        spool,
                        manager,
                        new ShellRunner(tasks, limits.killGrace()),
                        profiles,
                        limits),
                MimeLimits.DEFAULT);
        agent = local;
        slot.agent = local;
        Listeners all = new Listeners(new SmtpdParts(spool, local.delivery(), ids, clock, tasks, disk, hears));
        listeners = all;
        return local.start(profiles.mailboxes()).then(ok -> {
            List<Problem> problems = all.follow(profiles.listeners());
            if (!problems.isEmpty()) {
                return Result.failed(problems.getFirst());
            }
            tellSettings();
            tasks.after(SETTINGS_LOOK, "look at the settings", this::lookAtSettings);
            return startApi(spool);
        });
    }

    private Result<Boolean> startApi(Spool spool) {
        HomePaths paths = home.paths();
        ApiBackend backend = new ApiBackend(
                inbox(),
                store(),
                new ProfileView(profiles),
                new HomeBytes(disk, spool, paths.attempts()),
                ids,
                clock,
                Catalogue.messages(),
                () -> ready);
        return ApiServer.start(backend, new ApiSettings(settings.listen(), paths.token(), paths.address()))
                .then(server -> {
                    api = server;
                    ready = true;
                    return Result.ok(true);
                });
    }

    /** A mail section that could not be read is taken up as soon as it can be, without a restart. */
    private void lookAtSettings() {
        if (stopped) {
            return;
        }
        MailSettings before = mail.get();
        MailSettings now = new SettingsFile(home.paths()).readAgain(settings).mail();
        if (!now.equals(before)) {
            mail.set(now);
            Objects.requireNonNull(agent).watch(profiles.mailboxes());
            List<Problem> problems = Objects.requireNonNull(listeners).follow(profiles.listeners());
            problems.forEach(problem -> alarm("listener/" + problem.values().getOrDefault("port", ""), problem));
            tellSettings();
        }
        tasks.after(SETTINGS_LOOK, "look at the settings", this::lookAtSettings);
    }

    private void tellSettings() {
        List<Problem> problems = mail.get().problems();
        alarm(SETTINGS_ALARM, problems.isEmpty() ? null : problems.getFirst());
    }

    private void alarm(String key, @Nullable Problem problem) {
        Report report = new Report.AlarmChanged(ids.next(), key, problem);
        inbox().put(new Command.TakeReport(report), reply -> {});
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

    /** The API, once started. */
    ApiServer api() {
        return Objects.requireNonNull(api);
    }

    /** Where the listeners listen. */
    List<SmtpServer> listeners() {
        return Objects.requireNonNull(listeners).running();
    }

    /** Ids of this process. */
    Ids ids() {
        return ids;
    }

    /** Tasks of this process. */
    ThreadTasks tasks() {
        return tasks;
    }

    /** What the settings said at the start. */
    Settings settings() {
        return settings;
    }

    @Override
    public void close() {
        stopped = true;
        ready = false;
        Closing closing = new Closing();
        closing.close("listeners", listeners == null ? null : listeners::stop);
        closing.close("API", api);
        closing.close("agent", agent == null ? null : agent::stop);
        closing.close("inbox", inbox == null ? null : inbox::close);
        closing.close("timers", timers);
        closing.close("tasks", tasks);
        closing.close("store", store);
        closing.close("home", home);
    }

    /** Closes one thing after the other, whatever goes wrong with one of them. */
    private static final class Closing {
        void close(String name, @Nullable AutoCloseable one) {
            try {
                if (one != null) {
                    one.close();
                }
            } catch (Exception wrong) {
                System.getLogger(Standalone.class.getName())
                        .log(System.Logger.Level.WARNING, "while stopping " + name, wrong);
            }
        }
    }
}
