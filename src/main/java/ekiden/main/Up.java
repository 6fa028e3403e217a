package ekiden.main;

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
import ekiden.message.Languages;
import ekiden.message.Messages;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** {@code ekiden up}: manager and agent in one process, until it is told to end. */
final class Up {
    /** More problems than these are told without cause and next step. */
    private static final int EXPLAINED = 3;

    /** Whether the process has nothing left to do but to end when asked to. */
    private static volatile boolean waits;

    private final HomePaths paths;
    private final @Nullable Locale option;
    private final Terminal terminal;
    private final PrintStream out;
    private final Messages messages = Catalogue.messages();
    private Locale language;

    /**
     * @param paths the home
     * @param option the language of messages, or null where the settings or the environment say it
     * @param terminal where it was called
     */
    Up(HomePaths paths, @Nullable Locale option, Terminal terminal) {
        this.paths = paths;
        this.option = option;
        this.terminal = terminal;
        this.out = terminal.out();
        this.language = language(null);
    }

    private Locale language(@Nullable String setting) {
        return Languages.choose(option == null ? null : option.getLanguage(), setting, terminal.environment());
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
            Result<Settings> settings = settings();
            tell(home.warnings());
            if (settings instanceof Result.Failed<Settings>) {
                home.close();
            }
            return settings.then(usable -> start(new Standalone(home, usable, terminal, language), hears));
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
                tell(problems.subList(0, problems.size() - 1));
                yield Result.failed(problems.getLast());
            }
            case SettingsReading.Usable(Settings settings, List<Problem> warnings) -> {
                language = language(settings.language());
                tell(warnings);
                // the first of these is an alarm as well, with cause and next step
                settings.mail()
                        .problems()
                        .forEach(problem -> terminal.tell(
                                messages.render(problem, language),
                                problem.values().values()));
                tell(settings.mail().warnings());
                yield Result.ok(settings);
            }
        };
    }

    private ExitCode serve(Standalone running) {
        for (SmtpServer listener : running.listeners()) {
            out.println("listening: smtp " + listener.address().getHostString() + ":" + listener.port());
        }
        out.println("listening: api http://" + running.api().address() + "/api/v1");
        tell(running.api().warnings());
        out.println("ready");
        out.flush();
        await(whenEnded(running::close));
        return ExitCode.DONE;
    }

    /** Stops everything when the process is asked to end; the latch opens then. */
    static CountDownLatch whenEnded(Runnable stop) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread stopping = new Thread(() -> end(stop, ended), "ekiden-stop");
        Runtime.getRuntime().addShutdownHook(stopping);
        return ended;
    }

    private static void end(Runnable stop, CountDownLatch ended) {
        ExitCode code = ExitCode.INTERNAL;
        try {
            stop.run();
            code = ExitCode.DONE;
        } finally {
            ended.countDown();
            if (waits) {
                // after a signal the virtual machine would end with 128 + its number, which a supervisor takes for a
                // failure
                Runtime.getRuntime().halt(code.code());
            }
        }
    }

    /** Waits until the process is asked to end and everything is stopped; its exit code is 0 then. */
    static void await(CountDownLatch ended) {
        waits = true;
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says why it cannot start. */
    ExitCode refuse(Problem problem) {
        tell(List.of(problem));
        return messages.exit(problem.id()).orElse(ExitCode.SETTINGS);
    }

    private void tell(List<Problem> problems) {
        for (Problem problem : problems) {
            List<String> lines = messages.lines(problem, language);
            lines.subList(0, problems.size() > EXPLAINED ? 1 : lines.size())
                    .forEach(line -> terminal.tell(line, problem.values().values()));
        }
    }
}
