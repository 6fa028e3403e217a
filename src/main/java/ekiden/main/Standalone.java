package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.Ids;
import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.ThreadTasks;
import ekiden.cli.Terminal;
import ekiden.config.Home;
import ekiden.config.HomePaths;
import ekiden.config.MailSettings;
import ekiden.config.SecretLimits;
import ekiden.config.SecretReader;
import ekiden.config.Settings;
import ekiden.config.SettingsFile;
import ekiden.disk.FileDisk;
import ekiden.http.ApiBackend;
import ekiden.http.ApiServer;
import ekiden.http.ApiSettings;
import ekiden.mail.receive.smtpd.SmtpServer;
import ekiden.mail.receive.smtpd.SmtpdListener;
import ekiden.mail.receive.smtpd.SmtpdMessage;
import ekiden.manager.Inbox;
import ekiden.store.Store;
import ekiden.store.jdbc.JdbcStore;
import ekiden.wait.LeftMails;
import ekiden.wait.WaitMessage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Manager and agent in one process on one home: the wiring of {@code ekiden up}. An unreadable mail section does not keep it from
 * starting, and is taken up once it can be read; home, store and listen addresses do.
 */
final class Standalone implements AutoCloseable {
    private static final System.Logger LOG = LazyLogger.of(Standalone.class);
    private static final Duration SETTINGS_LOOK = Duration.ofSeconds(5);
    private static final String SETTINGS_ALARM = "settings/mail";
    private static final String LISTENER_ALARM = "listener/";
    /** What is wrong with the address itself. */
    private static final Set<String> ADDRESS = Set.of(
            SmtpdMessage.PORT_IN_USE.id(),
            SmtpdMessage.NO_SUCH_ADDRESS.id(),
            SmtpdMessage.PORT_NOT_ALLOWED.id(),
            SmtpdMessage.CANNOT_LISTEN.id());

    private final Home home;
    private final Settings settings;
    private final SettingsFile file;
    private final Clock clock;
    private final ThreadTasks tasks = new ThreadTasks();
    private final Speaker speaker;
    private volatile MailSettings mail;
    private final SecretReader secrets;
    private final Profiles profiles;
    private volatile boolean silent;
    private volatile boolean ready;
    private volatile boolean stopped;
    private @Nullable Works works;
    private @Nullable AlarmDesk desk;
    private final CountDownLatch rehearsed = new CountDownLatch(1);
    private volatile @Nullable Rehearsal rehearsal;
    private volatile @Nullable AlarmWatch alarms;
    private volatile @Nullable ApiServer api;

    Standalone(Home home, Settings settings, Terminal terminal, Locale language) {
        this.home = home;
        this.settings = settings;
        this.file = new SettingsFile(home.paths());
        this.clock = terminal.clock();
        this.speaker = new Speaker(
                terminal, language, Catalogue.messages(), home.paths().log(), tasks);
        this.mail = settings.mail();
        this.secrets = new SecretReader(home.paths(), System.getenv(), clock, SecretLimits.DEFAULT);
        this.profiles = new Profiles(() -> mail, secrets, home.paths().folder(), clock, tasks);
    }

    /** Starts everything; the listeners last but one, the API last. */
    Result<Boolean> start(SmtpdListener hears) {
        HomePaths paths = home.paths();
        ListenerAlarms listening = new ListenerAlarms(speaker, hears);
        return Stores.open(settings.store(), secrets, clock)
                .then(this::own)
                .then(opened -> {
                    takeOver(paths);
                    WatchedStore store = new WatchedStore(opened);
                    Works.Ground ground = new Works.Ground(
                            paths,
                            store,
                            profiles,
                            profiles::authserv,
                            new ProfileTrust(() -> mail.profiles(), paths.folder(), clock),
                            profiles,
                            settings.limits(),
                            clock,
                            tasks,
                            this::changed,
                            listening);
                    return Works.on(ground).then(made -> {
                        works = made;
                        AlarmDesk alarmDesk =
                                new AlarmDesk(made.inbox(), made.ids(), tasks, AlarmWatch.open(store), speaker::says);
                        desk = alarmDesk;
                        store.goTo(alarmDesk);
                        listening.goTo(alarmDesk);
                        alarms = new AlarmWatch(store, tasks, speaker);
                        rehearsal = Rehearsal.begin(paths, clock);
                        return made.start(wanted());
                    });
                })
                .then(this::listens)
                .then(ok -> startApi());
    }

    /** What calls accepted before there was a manager. Where it cannot be had now, the next start tries again. */
    private void takeOver(HomePaths paths) {
        switch (LeftMails.takeOver(new FileDisk(), paths.waits(), paths.spool())) {
            case Result.Failed<Integer>(Problem problem) -> speaker.says(problem);
            case Result.Ok<Integer>(Integer count)
            when count > 0 -> speaker.says(Problem.of(WaitMessage.TAKEN_OVER, "count", count, "folder", paths.waits()));
            case Result.Ok<Integer> none -> {}
        }
    }

    /** A store of another home is closed again. */
    private Result<JdbcStore> own(JdbcStore opened) {
        Result<Boolean> claimed = new StoreHome(new FileDisk(), home.paths(), new Ids(clock)).claim(opened);
        if (claimed instanceof Result.Failed<Boolean>) {
            opened.close();
        }
        return claimed.then(ok -> Result.ok(opened));
    }

    /** An address that cannot be listened at keeps the process from starting; whatever else is wrong with a listener does not. */
    private Result<Boolean> listens(Map<String, Problem> problems) {
        for (Problem problem : problems.values()) {
            if (ADDRESS.contains(problem.id())) {
                return Result.failed(problem);
            }
        }
        tellListeners(problems);
        return Result.ok(true);
    }

    private void rehearse() {
        Objects.requireNonNull(rehearsal).goOn(!wanted().folders().isEmpty());
        rehearsed.countDown();
    }

    /** Waits, not for ever, until what the process does only at its start is over. */
    void awaitRehearsed(Duration atMost) {
        try {
            boolean over = rehearsed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
            LOG.log(System.Logger.Level.DEBUG, "rehearsal over: {0}", over);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void changed() {
        ApiServer present = api;
        if (present != null) {
            present.changed();
        }
        AlarmWatch watch = alarms;
        if (watch != null && ready) {
            watch.changed();
        }
    }

    private Result<Boolean> startApi() {
        HomePaths paths = home.paths();
        tellSettings();
        tasks.after(SETTINGS_LOOK, "look at the settings", this::lookAtSettings);
        ApiBackend backend = new ApiBackend(
                inbox(),
                store(),
                new ProfileView(profiles, works()::agent),
                works().bytes(paths),
                ids(),
                clock,
                Catalogue.messages(),
                () -> ready);
        return ApiServer.start(backend, new ApiSettings(settings.listen(), paths.token(), paths.address()))
                .then(server -> {
                    api = server;
                    ready = true;
                    changed();
                    tasks.run("rehearsal goes on", this::rehearse);
                    TokenWatch watch = new TokenWatch(
                            () -> mail, profiles.imap().tokens(), this::tellTokens, clock, tasks, () -> stopped);
                    tasks.run("look at the access tokens", watch::begin);
                    return Result.ok(true);
                });
    }

    /**
     * A mail section that could not be read is taken up as soon as it can be, without a restart; a listener that could not be started is
     * tried again.
     */
    private void lookAtSettings() {
        if (stopped) {
            return;
        }
        MailSettings now = file.readAgain(settings).mail();
        boolean changed = !now.equals(mail);
        mail = now;
        if (changed || silent) {
            tellListeners(works().follow(wanted()));
            tellSettings();
        }
        tasks.after(SETTINGS_LOOK, "look at the settings", this::lookAtSettings);
    }

    private void tellTokens(Map<String, Problem> open) {
        open.forEach(desk()::raise);
        desk().clearOthers(TokenWatch.ALARM, open.keySet());
        Map<String, Problem> copies = profiles.copies().problems();
        copies.forEach(desk()::raise);
        desk().clearOthers(SentCopies.ALARM, copies.keySet());
    }

    private Works.Wanted wanted() {
        return new Works.Wanted(profiles.mailboxes(), profiles.listeners(), profiles.folders(), profiles.canaries());
    }

    private void tellListeners(Map<String, Problem> problems) {
        silent = !problems.isEmpty();
        desk().clearOthers(
                        LISTENER_ALARM,
                        problems.keySet().stream()
                                .map(address -> LISTENER_ALARM + address)
                                .collect(Collectors.toSet()));
        problems.forEach((address, problem) -> desk().raise(LISTENER_ALARM + address, problem));
    }

    private void tellSettings() {
        List<Problem> problems = mail.problems();
        if (problems.isEmpty()) {
            desk().clear(SETTINGS_ALARM);
        } else {
            desk().raise(SETTINGS_ALARM, problems.getFirst());
        }
    }

    private AlarmDesk desk() {
        return Objects.requireNonNull(desk);
    }

    private Works works() {
        return Objects.requireNonNull(works);
    }

    /** The manager's inbox, once started. */
    Inbox inbox() {
        return works().inbox();
    }

    /** The store, once started. */
    Store store() {
        return works().store();
    }

    /** The API, once started. */
    ApiServer api() {
        return Objects.requireNonNull(api);
    }

    /** Where the listeners listen. */
    List<SmtpServer> listeners() {
        return works().listeners();
    }

    /** Ids of this process. */
    Ids ids() {
        return works().ids();
    }

    /** Tasks of this process. */
    ThreadTasks tasks() {
        return tasks;
    }

    @Override
    public void close() {
        stopped = true;
        ready = false;
        Closing closing = new Closing();
        closing.close("API", api);
        closing.close("rehearsal", rehearsal);
        closing.close("works", works);
        closing.close("connections", profiles);
        closing.close("tasks", tasks);
        closing.close("trace log", speaker);
        closing.close("home", home);
    }
}
