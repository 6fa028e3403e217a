package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.cli.Terminal;
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
    private final Messages messages = Catalogue.messages();

    Up(HomePaths paths, Locale language, Terminal terminal) {
        this.paths = paths;
        this.language = language;
        this.out = terminal.out();
        this.err = terminal.err();
        this.clock = terminal.clock();
    }

    /** Runs until the process is ended. */
    ExitCode run() {
        return switch (open(SmtpdListener.NONE)) {
            case Result.Failed<Standalone>(Problem problem) -> refuse(problem);
            case Result.Ok<Standalone>(Standalone running) -> serve(running);
        };
    }

    /** Opens home and settings and starts everything, or says why that cannot be. */
    Result<Standalone> open(SmtpdListener hears) {
        return Home.open(paths).then(home -> {
            home.warnings().forEach(this::tell);
            Result<Settings> settings = settings();
            if (settings instanceof Result.Failed<Settings>) {
                home.close();
            }
            return settings.then(usable -> start(new Standalone(home, usable, clock), hears));
        });
    }

    private static Result<Standalone> start(Standalone standalone, SmtpdListener hears) {
        Result<Boolean> started = standalone.start(hears);
        if (started instanceof Result.Failed<Boolean>) {
            standalone.close();
        }
        return started.then(ok -> Result.ok(standalone));
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
        for (SmtpServer listener : running.listeners()) {
            out.println("listening: smtp " + listener.address().getHostString() + ":" + listener.port());
        }
        out.println("listening: api http://" + running.api().address() + "/api/v1");
        running.api().warnings().forEach(this::tell);
        List<Alarm> alarms = running.store().read(tx -> tx.alarms().list(true, ALARMS_SHOWN));
        alarms.forEach(alarm -> out.println(
                "alarm " + alarm.id() + " since " + alarm.since() + ": " + messages.render(alarm.problem(), language)));
        out.println("ready");
        out.flush();
        await(whenEnded(running::close));
        return ExitCode.DONE;
    }

    /** Stops everything when the process is asked to end; the latch opens then. */
    static CountDownLatch whenEnded(Runnable stop) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread stopping = new Thread(
                () -> {
                    stop.run();
                    ended.countDown();
                },
                "ekiden-stop");
        Runtime.getRuntime().addShutdownHook(stopping);
        return ended;
    }

    /** Waits until the process is asked to end and everything is stopped. */
    static void await(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says why it cannot start. */
    ExitCode refuse(Problem problem) {
        tell(problem);
        String next = messages.next(problem, language);
        if (!next.isEmpty()) {
            err.println(next);
        }
        return messages.exit(problem.id()).orElse(ExitCode.SETTINGS);
    }

    private void tell(Problem problem) {
        err.println(messages.render(problem, language));
    }
}
