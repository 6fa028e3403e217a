package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.config.Home;
import ekiden.config.HomePaths;
import ekiden.config.Settings;
import ekiden.config.SettingsFile;
import ekiden.config.SettingsReading;
import ekiden.mail.receive.smtpd.SmtpServer;
import ekiden.mail.receive.smtpd.SmtpdListener;
import ekiden.message.Messages;
import ekiden.model.run.Alarm;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** {@code ekiden up}: manager and agent in one process, until it is told to end. */
final class Up {
    private static final int ALARMS_SHOWN = 20;

    private final HomePaths paths;
    private final Locale language;
    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;
    private final Messages messages = new Messages();

    Up(HomePaths paths, Locale language, PrintStream out, PrintStream err, Clock clock) {
        this.paths = paths;
        this.language = language;
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    /** Runs until the process is ended; returns only where it cannot start. */
    ExitCode run() {
        return switch (open()) {
            case Result.Failed<Standalone>(Problem problem) -> refuse(List.of(problem));
            case Result.Ok<Standalone>(Standalone running) -> serve(running);
        };
    }

    /** Opens home and settings and starts everything, or says why that cannot be. */
    Result<Standalone> open() {
        return Home.open(paths).then(home -> {
            Result<Standalone> started = settings().then(settings -> {
                Standalone standalone = new Standalone(home, settings, clock);
                Result<Boolean> ready = standalone.start(SmtpdListener.NONE);
                if (ready instanceof Result.Failed<Boolean>(Problem problem)) {
                    standalone.close();
                    return Result.failed(problem);
                }
                return Result.ok(standalone);
            });
            if (started instanceof Result.Failed<Standalone>) {
                home.close();
            }
            return started;
        });
    }

    private Result<Settings> settings() {
        return switch (new SettingsFile(paths).read()) {
            case SettingsReading.Wrong(List<Problem> problems) -> {
                problems.subList(0, problems.size() - 1).forEach(this::tell);
                yield Result.failed(problems.getLast());
            }
            case SettingsReading.Usable(Settings settings, List<Problem> warnings) -> {
                warnings.forEach(this::tell);
                settings.mail().problems().forEach(this::tell);
                settings.mail().warnings().forEach(this::tell);
                yield Result.ok(settings);
            }
        };
    }

    private ExitCode serve(Standalone running) {
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            running.close();
            closed.countDown();
        }, "ekiden-stop"));
        for (SmtpServer listener : running.listeners()) {
            out.println("listening: " + listener.address());
        }
        List<Alarm> alarms = running.store().read(tx -> tx.alarms().list(true, ALARMS_SHOWN));
        alarms.forEach(alarm -> out.println("alarm " + alarm.id() + " since " + alarm.since() + ": "
                + messages.render(alarm.problem(), language)));
        out.println("ready");
        out.flush();
        try {
            closed.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.DONE;
    }

    private ExitCode refuse(List<Problem> problems) {
        problems.forEach(this::tell);
        return ExitCode.SETTINGS;
    }

    private void tell(Problem problem) {
        err.println(messages.render(problem, language));
    }
}
