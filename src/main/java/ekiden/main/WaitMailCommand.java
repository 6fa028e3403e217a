package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.ThreadTasks;
import ekiden.cli.CommandSet;
import ekiden.cli.MailServer;
import ekiden.cli.Terminal;
import ekiden.cli.WaitRequest;
import ekiden.config.Home;
import ekiden.config.HomePaths;
import ekiden.config.RunLimits;
import ekiden.config.SettingsMessage;
import ekiden.config.StoreSettings;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.profile.Receive;
import ekiden.mail.receive.smtpd.SmtpdListener;
import ekiden.mail.receive.smtpd.SmtpdSettings;
import ekiden.mail.send.SendMessage;
import ekiden.manager.Command;
import ekiden.manager.Reply;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.SaveRule;
import ekiden.model.definition.UnitName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * {@code ekiden mail wait} on a profile with a listener of its own: the reader, claims and files of the product on a state folder, with a
 * jobnet that has no jobs. A mail's line is written before its receipt; killed in between, the line comes again under the same
 * identity.
 */
final class WaitMailCommand implements CommandSet.WaitMail {
    static final String UNIT = "/mail-wait";
    private static final Duration DEFINE_WITHIN = Duration.ofSeconds(30);

    @Override
    public ExitCode run(WaitRequest request, Terminal terminal) {
        Told told = new Told(terminal, request.language());
        Problem problem = unsupported(request);
        return problem == null ? onProfile(request, terminal, told) : told.fail(problem);
    }

    private static @Nullable Problem unsupported(WaitRequest request) {
        if (request.server() instanceof MailServer.Url) {
            return Problem.of(MailCommandMessage.NOT_SUPPORTED, "what", "--url");
        }
        if (request.attachmentName() != null) {
            return Problem.of(MailCommandMessage.NOT_SUPPORTED, "what", "--attachment-name");
        }
        if (request.after().moveTo() != null || request.after().keyword() != null) {
            return Problem.of(MailCommandMessage.AFTER, "action", "move");
        }
        return null;
    }

    private static ExitCode onProfile(WaitRequest request, Terminal terminal, Told told) {
        String profile = ((MailServer.Profile) request.server()).name();
        HomePaths paths = new HomePaths(request.home());
        Result<Home> home = Home.open(paths);
        if (home instanceof Result.Failed<Home>(Problem inUse)) {
            boolean runs = inUse.id().equals(SettingsMessage.HOME_IN_USE.id());
            return told.fail(runs ? runs(paths, inUse, profile) : inUse);
        }
        try (Home open = ((Result.Ok<Home>) home).value();
                ThreadTasks tasks = new ThreadTasks()) {
            MailServers servers = new MailServers(open.paths(), terminal.environment(), terminal.clock(), tasks);
            Result<SmtpdSettings> listener =
                    servers.settings().then(mail -> mail.profile(profile)).then(found -> listener(paths, found));
            return switch (listener) {
                case Result.Failed<SmtpdSettings>(Problem problem) -> told.fail(problem);
                case Result.Ok<SmtpdSettings>(SmtpdSettings settings) ->
                    new Waiting(request, terminal, told, profile).on(settings);
            };
        }
    }

    private static Problem runs(HomePaths paths, Problem inUse, String profile) {
        String pid = inUse.values().getOrDefault("pid", "");
        return Problem.of(MailCommandMessage.HOME_RUNS, "home", paths.folder(), "pid", pid, "profile", profile);
    }

    private static Result<SmtpdSettings> listener(HomePaths home, MailProfile profile) {
        return switch (profile.receive()) {
            case null -> Result.failed(MailCommandMessage.CANNOT_RECEIVE, "profile", profile.name());
            case Receive.Imap ignored -> Result.failed(MailCommandMessage.NOT_SUPPORTED, "what", "imap");
            case Receive.Smtpd smtpd -> Result.ok(Profiles.listener(home.folder(), profile.name(), smtpd));
        };
    }

    /** One call that waits. */
    private static final class Waiting {
        private final WaitRequest request;
        private final Terminal terminal;
        private final Told told;
        private final String profile;
        private final HomePaths state;
        private final CountDownLatch enough = new CountDownLatch(1);
        private final AtomicReference<@Nullable WaitLines> lines = new AtomicReference<>();

        Waiting(WaitRequest request, Terminal terminal, Told told, String profile) {
            this.request = request;
            this.terminal = terminal;
            this.told = told;
            this.profile = profile;
            Path given = request.state();
            this.state =
                    new HomePaths(given == null ? request.home().resolve("wait").resolve(profile) : given);
        }

        ExitCode on(SmtpdSettings listener) {
            return switch (Home.open(state)) {
                case Result.Failed<Home>(Problem problem) -> told.fail(problem);
                case Result.Ok<Home>(Home open) -> {
                    try (open) {
                        yield inState(listener);
                    }
                }
            };
        }

        private ExitCode inState(SmtpdSettings listener) {
            ThreadTasks tasks = new ThreadTasks();
            Result<Works> made = Stores.open(new StoreSettings.Sqlite(state.database()), terminal.clock())
                    .then(store -> Works.on(new Works.Ground(
                            state,
                            store,
                            name -> Result.failed(SendMessage.NO_CONNECTION),
                            RunLimits.DEFAULT,
                            terminal.clock(),
                            tasks,
                            this::changed,
                            SmtpdListener.NONE)));
            return switch (made) {
                case Result.Failed<Works>(Problem problem) -> told.fail(problem);
                case Result.Ok<Works>(Works works) -> {
                    try (works) {
                        yield wait(works, listener);
                    }
                }
            };
        }

        private ExitCode wait(Works works, SmtpdSettings listener) {
            try {
                WaitLines printed = WaitLines.open(works, state, terminal, request);
                lines.set(printed);
                define(works);
                switch (works.start(List.of(profile), List.of(listener))) {
                    case Result.Failed<Map<String, Problem>>(Problem problem) -> {
                        return told.fail(problem);
                    }
                    case Result.Ok<Map<String, Problem>>(Map<String, Problem> problems) -> {
                        if (!problems.isEmpty()) {
                            return told.fail(problems.values().iterator().next());
                        }
                    }
                }
                terminal.out().println("READY");
                terminal.out().flush();
                changed();
                return awaitEnough(printed);
            } catch (IOException wrong) {
                String reason = String.valueOf(wrong.getMessage());
                return told.fail(Problem.of(MailCommandMessage.RECEIPTS, "file", state.folder(), "reason", reason));
            }
        }

        private void define(Works works) {
            ReceiveMail start = new ReceiveMail(
                    profile,
                    conditions(),
                    new SaveRule(saveFolder(), request.bodyName(), null, true),
                    request.after(),
                    ReceiveMail.ClaimRule.ALL,
                    5);
            Jobnet jobnet = new Jobnet(new UnitName(UNIT), start, Jobnet.Overlap.ALLOW, List.of());
            CountDownLatch defined = new CountDownLatch(1);
            Command define = new Command.Define(
                    works.ids().next(), jobnet, state.folder().toString());
            works.inbox().put(define, (Reply reply) -> defined.countDown());
            await(defined, DEFINE_WITHIN);
        }

        /** No condition at all means any mail here; a jobnet in a file must have one. */
        private Conditions conditions() {
            Conditions wanted = request.conditions();
            boolean any = wanted.from().isEmpty()
                    && wanted.subject().isEmpty()
                    && wanted.text().isEmpty();
            return any ? new Conditions(List.of(), List.of(""), List.of()) : wanted;
        }

        private String saveFolder() {
            Path save = request.save();
            return (save == null ? state.files() : save).toAbsolutePath().toString();
        }

        private void changed() {
            WaitLines present = lines.get();
            if (present != null && present.printNew()) {
                enough.countDown();
            }
        }

        private ExitCode awaitEnough(WaitLines printed) {
            Duration timeout = request.timeout();
            boolean came = await(enough, timeout == null ? Duration.ofDays(36_500) : timeout);
            Problem problem = printed.problem();
            if (problem != null) {
                return told.fail(problem);
            }
            return came
                    ? ExitCode.DONE
                    : told.fail(Problem.of(
                            MailCommandMessage.WAITED, "mails", printed.printed(), "count", request.count()));
        }

        private static boolean await(CountDownLatch latch, Duration within) {
            try {
                return latch.await(within.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
