package ekiden.main;

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
import ekiden.http.ApiBackend;
import ekiden.http.ApiServer;
import ekiden.http.ApiSettings;
import ekiden.link.Report;
import ekiden.mail.receive.smtpd.SmtpServer;
import ekiden.mail.receive.smtpd.SmtpdListener;
import ekiden.manager.Command;
import ekiden.manager.Inbox;
import ekiden.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Manager and agent in one process on one home: the wiring of {@code ekiden up}. An unreadable mail section does not keep it from
 * starting, and is taken up once it can be read; home, store and listen addresses do.
 */
final class Standalone implements AutoCloseable {
    private static final Duration SETTINGS_LOOK = Duration.ofSeconds(5);
    private static final String SETTINGS_ALARM = "settings/mail";

    private final Home home;
    private final Settings settings;
    private final Clock clock;
    private final ThreadTasks tasks = new ThreadTasks();
    private volatile MailSettings mail;
    private final SecretReader secrets;
    private final Profiles profiles;
    private volatile boolean ready;
    private volatile boolean stopped;
    private @Nullable Works works;
    private volatile @Nullable ApiServer api;

    Standalone(Home home, Settings settings, Clock clock) {
        this.home = home;
        this.settings = settings;
        this.clock = clock;
        this.mail = settings.mail();
        this.secrets = new SecretReader(home.paths(), System.getenv(), clock, SecretLimits.DEFAULT);
        this.profiles = new Profiles(() -> mail, secrets, home.paths().folder(), clock, tasks);
    }

    /** Starts everything; the listeners last but one, the API last. */
    Result<Boolean> start(SmtpdListener hears) {
        HomePaths paths = home.paths();
        return Stores.open(settings.store(), secrets, clock)
                .then(store -> Works.on(new Works.Ground(
                        paths, store, profiles, settings.limits(), clock, tasks, this::changed, hears)))
                .then(made -> {
                    works = made;
                    Rehearsal.hold(paths, clock);
                    return made.start(wanted());
                })
                .then(ok -> startApi());
    }

    private void changed() {
        ApiServer present = api;
        if (present != null) {
            present.changed();
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
                    return Result.ok(true);
                });
    }

    /** A mail section that could not be read is taken up as soon as it can be, without a restart. */
    private void lookAtSettings() {
        if (stopped) {
            return;
        }
        MailSettings now = new SettingsFile(home.paths()).readAgain(settings).mail();
        if (!now.equals(mail)) {
            mail = now;
            List<Problem> problems = works().follow(wanted());
            problems.forEach(problem -> alarm("listener/" + problem.values().getOrDefault("port", ""), problem));
            tellSettings();
        }
        tasks.after(SETTINGS_LOOK, "look at the settings", this::lookAtSettings);
    }

    private Works.Wanted wanted() {
        return new Works.Wanted(profiles.mailboxes(), profiles.listeners(), profiles.folders());
    }

    private void tellSettings() {
        List<Problem> problems = mail.problems();
        alarm(SETTINGS_ALARM, problems.isEmpty() ? null : problems.getFirst());
    }

    private void alarm(String key, @Nullable Problem problem) {
        Report report = new Report.AlarmChanged(ids().next(), key, problem);
        inbox().put(new Command.TakeReport(report), reply -> {});
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
        closing.close("works", works);
        closing.close("tasks", tasks);
        closing.close("home", home);
    }
}
