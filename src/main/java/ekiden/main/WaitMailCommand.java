package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.ExitCode;
import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.ThreadTasks;
import ekiden.cli.CommandSet;
import ekiden.cli.MailServer;
import ekiden.cli.Terminal;
import ekiden.cli.WaitRequest;
import ekiden.config.Home;
import ekiden.config.HomePaths;
import ekiden.config.SettingsMessage;
import ekiden.disk.Disk;
import ekiden.disk.FileDisk;
import ekiden.mail.mime.Opening;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.profile.Receive;
import ekiden.mail.receive.Mailbox;
import ekiden.mail.receive.smtpd.Delivery;
import ekiden.mail.receive.smtpd.SmtpServer;
import ekiden.mail.receive.smtpd.SmtpdListener;
import ekiden.mail.receive.smtpd.SmtpdParts;
import ekiden.mail.receive.smtpd.SmtpdSettings;
import ekiden.mail.smime.BouncySmime;
import ekiden.mail.smime.SmimeKeys;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolLimits;
import ekiden.wait.FolderFiles;
import ekiden.wait.Folders;
import ekiden.wait.HomeUnit;
import ekiden.wait.LeftMails;
import ekiden.wait.ListenerSource;
import ekiden.wait.MailSource;
import ekiden.wait.MailboxSource;
import ekiden.wait.Scratch;
import ekiden.wait.ShownMails;
import ekiden.wait.WaitFiles;
import ekiden.wait.WaitLimits;
import ekiden.wait.WaitRun;
import ekiden.wait.WaitState;
import ekiden.wait.WaitWork;
import ekiden.wait.Wish;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * {@code ekiden mail wait}: the source of a profile, through the process of its home where one runs, or of an address; and a state folder. What happens when is said in
 * {@link ekiden.wait}.
 */
final class WaitMailCommand implements CommandSet.WaitMail {
    private static final int STATE_ID_FROM = 24;

    @Override
    public ExitCode run(WaitRequest request, Terminal terminal) {
        Told told = new Told(terminal, request.language());
        Disk disk = new FileDisk();
        return switch (WaitSettings.files(request, disk, terminal.zone())) {
            case Result.Failed<WaitFiles>(Problem problem) -> told.fail(problem);
            case Result.Ok<WaitFiles>(WaitFiles files) -> new Call(request, terminal, told, disk, files).run();
        };
    }

    /** One call. */
    private static final class Call {
        private final WaitRequest request;
        private final Terminal terminal;
        private final Told told;
        private final Disk disk;
        private final WaitFiles files;
        private final Clock clock;
        private final Ids ids;
        private final ThreadTasks tasks = new ThreadTasks();
        private final ProgressLine progress;

        Call(WaitRequest request, Terminal terminal, Told told, Disk disk, WaitFiles files) {
            this.request = request;
            this.terminal = terminal;
            this.told = told;
            this.disk = disk;
            this.files = files;
            this.clock = terminal.clock();
            this.ids = new Ids(clock);
            this.progress = new ProgressLine(terminal, Objects.requireNonNullElse(request.progress(), () -> ""));
        }

        ExitCode run() {
            try (tasks) {
                SlowToBegin.secretsAndTimes(tasks, terminal.zone());
                return switch (request.server()) {
                    case MailServer.Profile(String name) -> onProfile(name);
                    case MailServer.Url url -> onUrl(url);
                };
            }
        }

        private ExitCode onProfile(String profile) {
            HomePaths paths = new HomePaths(request.home());
            return switch (Home.open(paths)) {
                case Result.Failed<Home>(Problem inUse) ->
                    inUse.id().equals(SettingsMessage.HOME_IN_USE.id())
                            ? throughHome(paths, inUse, profile)
                            : told.fail(inUse);
                case Result.Ok<Home>(Home open) -> {
                    try (open) {
                        yield onProfile(paths, profile);
                    }
                }
            };
        }

        /** A process has the home: it reads the mailbox, and hands over what this call waits for. */
        private ExitCode throughHome(HomePaths home, Problem inUse, String profile) {
            try (HomeWait way = new HomeWait(home, profile, request, terminal)) {
                return switch (way.check()) {
                    case Result.Failed<Boolean>(Problem problem) ->
                        told.fail(way.isAway(problem) ? way.away(problem, inUse) : problem);
                    case Result.Ok<Boolean> there ->
                        inState(
                                new HomePaths(stateInHome(profile)),
                                profile,
                                paths -> HomeUnit.open(disk, paths.folder(), stateId())
                                        .then(unit -> {
                                            Scratch scratch = new Scratch(
                                                    disk, paths.folder().resolve("scratch"));
                                            return scratch.clear().then(ok -> Result.ok(way.source(unit, scratch)));
                                        }));
                };
            }
        }

        private Path stateInHome(String profile) {
            Path given = request.state();
            return given == null ? new HomePaths(request.home()).waits().resolve(profile) : given;
        }

        private String stateId() {
            return ids.next().toString().substring(STATE_ID_FROM);
        }

        private ExitCode onProfile(HomePaths paths, String profile) {
            MailServers servers = new MailServers(paths, terminal.environment(), clock, tasks);
            Result<MailProfile> found = servers.settings().then(mail -> mail.profile(profile));
            if (found instanceof Result.Failed<MailProfile>(Problem problem)) {
                return told.fail(problem);
            }
            return switch (((Result.Ok<MailProfile>) found).value().receive()) {
                case null -> told.fail(Problem.of(MailCommandMessage.CANNOT_RECEIVE, "profile", profile));
                case Receive.Imap imap -> onMailbox(servers.receiving(profile, imap));
                case Receive.Smtpd smtpd -> onListener(profile, Profiles.listener(paths.folder(), profile, smtpd));
            };
        }

        private ExitCode onUrl(MailServer.Url url) {
            MailServers servers = new MailServers(new HomePaths(request.home()), terminal.environment(), clock, tasks);
            return onMailbox(servers.receiving(url));
        }

        private ExitCode onMailbox(Result<MailServers.Receiving> receiving) {
            return switch (receiving) {
                case Result.Failed<MailServers.Receiving>(Problem problem) -> told.fail(problem);
                case Result.Ok<MailServers.Receiving>(MailServers.Receiving mailbox) -> onMailbox(mailbox);
            };
        }

        private ExitCode onMailbox(MailServers.Receiving mailbox) {
            Path given = request.state();
            if (given != null) {
                return onMailbox(mailbox, given);
            }
            return switch (TemporaryFolder.make("ekiden-wait-")) {
                case Result.Failed<TemporaryFolder>(Problem problem) -> told.fail(problem);
                case Result.Ok<TemporaryFolder>(TemporaryFolder made) -> {
                    try (made) {
                        yield onMailbox(mailbox, made.folder());
                    }
                }
            };
        }

        private ExitCode onMailbox(MailServers.Receiving mailbox, Path state) {
            Wish wish =
                    new Wish(request.conditions(), files instanceof FolderFiles, request.after(), mailbox.maxSize());
            return inState(new HomePaths(state), mailbox.name(), paths -> {
                Scratch scratch = new Scratch(disk, paths.folder().resolve("scratch"));
                return scratch.clear().then(ok -> Result.ok(source(mailbox, wish, scratch)));
            });
        }

        private ShownMails shown(MailServers.Receiving mailbox) {
            return new ShownMails(request.progress() == null ? Long.MAX_VALUE : mailbox.progressFrom(), progress);
        }

        private MailSource source(MailServers.Receiving mailbox, Wish wish, Scratch scratch) {
            List<MailboxSource> folders = new ArrayList<>();
            for (Mailbox folder : mailbox.folders()) {
                folders.add(new MailboxSource(mailbox.name(), folder, wish, clock, WaitLimits.DEFAULT, scratch)
                        .showing(shown(mailbox)));
            }
            return folders.size() == 1 ? folders.getFirst() : new Folders(folders);
        }

        /** Only on a home on which {@code ekiden up} never ran: later on each mail is for all its jobnets that want it, too. */
        private ExitCode onListener(String profile, SmtpdSettings settings) {
            HomePaths home = new HomePaths(request.home());
            if (disk.exists(home.id())) {
                return told.fail(
                        Problem.of(MailCommandMessage.LISTENER_OF_HOME, "home", home.folder(), "profile", profile));
            }
            if (request.after().moveTo() != null || request.after().keyword() != null) {
                return told.fail(Problem.of(MailCommandMessage.AFTER, "action", "move"));
            }
            return inState(
                    new HomePaths(stateInHome(profile)),
                    profile,
                    // not in the state folder: the home finds it there, whatever --state was
                    paths -> Spool.start(disk, LeftMails.spool(home.waits(), profile), SpoolLimits.DEFAULT, clock)
                            .then(spool -> Result.ok(new ListenerSource(
                                    spool, tasks, WaitLimits.DEFAULT, delivery -> listen(settings, spool, delivery)))));
        }

        private Result<AutoCloseable> listen(SmtpdSettings settings, Spool spool, Delivery delivery) {
            SmtpdParts parts = new SmtpdParts(spool, delivery, ids, clock, tasks, disk, SmtpdListener.NONE);
            return SmtpServer.start(settings, parts)
                    .then(server -> Result.ok(() -> server.stop(ListenerSource.STOP_GRACE)));
        }

        private ExitCode inState(
                HomePaths state, String mailbox, Function<HomePaths, Result<? extends MailSource>> source) {
            return switch (Home.open(state)) {
                case Result.Failed<Home>(Problem problem) -> told.fail(ofState(state, problem));
                case Result.Ok<Home>(Home open) -> {
                    try (open) {
                        yield switch (source.apply(state)) {
                            case Result.Failed<? extends MailSource>(Problem problem) -> told.fail(problem);
                            case Result.Ok<? extends MailSource>(MailSource made) -> wait(state, mailbox, made);
                        };
                    }
                }
            };
        }

        /** A state folder is locked as a home is, but is none. */
        private static Problem ofState(HomePaths state, Problem problem) {
            return problem.id().equals(SettingsMessage.HOME_IN_USE.id())
                    ? Problem.of(
                            MailCommandMessage.STATE_IN_USE,
                            "folder",
                            state.folder(),
                            "pid",
                            problem.values().getOrDefault("pid", "?"))
                    : problem;
        }

        /** By the settings of the profile, where there is one. */
        private Result<Opening> opening() {
            return switch (request.server()) {
                case MailServer.Url ignored -> Result.ok(Opening.with(new BouncySmime(SmimeKeys.NONE, clock)));
                case MailServer.Profile(String name) -> {
                    HomePaths home = new HomePaths(request.home());
                    yield new MailServers(home, terminal.environment(), clock, tasks)
                            .settings()
                            .then(mail -> new ProfileTrust(mail::profiles, home.folder(), clock)
                                    .of(name)
                                    .opening());
                }
            };
        }

        private ExitCode wait(HomePaths state, String mailbox, MailSource source) {
            return switch (opening()) {
                case Result.Failed<Opening>(Problem problem) -> told.fail(problem);
                case Result.Ok<Opening>(Opening opening) -> wait(state, mailbox, source, opening);
            };
        }

        private ExitCode wait(HomePaths state, String mailbox, MailSource source, Opening opening) {
            WaitRun.Outcome outcome = WaitRun.run(
                    new WaitState(disk, state.folder(), stateId()),
                    new WaitWork.Ports(
                            clock,
                            mailbox,
                            request.conditions(),
                            request.count(),
                            files,
                            this::print,
                            TrialProcess.ofThisProduct(disk, state.trials()),
                            opening,
                            WaitLimits.DEFAULT),
                    source,
                    this::ready,
                    this::trouble,
                    request.timeout());
            progress.clear();
            return exit(outcome);
        }

        private void ready() {
            terminal.out().println("READY");
            terminal.out().flush();
        }

        private void trouble(Problem problem) {
            progress.clear();
            told.tell(problem);
        }

        private boolean print(byte[] lines) {
            progress.clear();
            terminal.out().write(lines, 0, lines.length);
            terminal.out().flush();
            return !terminal.out().checkError();
        }

        private ExitCode exit(WaitRun.Outcome outcome) {
            if (outcome.problem() != null) {
                return told.fail(outcome.problem());
            }
            if (outcome.atEnd() != null) {
                told.tell(outcome.atEnd());
            }
            if (outcome.ofMails() != null) {
                return told.fail(outcome.ofMails());
            }
            if (outcome.printed() < request.count()) {
                return told.fail(
                        Problem.of(MailCommandMessage.WAITED, "mails", outcome.printed(), "count", request.count()));
            }
            return outcome.atEnd() == null ? ExitCode.DONE : told.exit(outcome.atEnd());
        }
    }
}
