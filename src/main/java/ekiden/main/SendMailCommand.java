package ekiden.main;

import ekiden.agent.Senders;
import ekiden.base.ExitCode;
import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.base.ThreadTasks;
import ekiden.cli.CliMessage;
import ekiden.cli.CommandSet;
import ekiden.cli.MailServer;
import ekiden.cli.SendRequest;
import ekiden.cli.Terminal;
import ekiden.config.HomePaths;
import ekiden.disk.FileDisk;
import ekiden.json.Json;
import ekiden.mail.address.Addressed;
import ekiden.mail.address.Recipients;
import ekiden.mail.profile.CharsetRule;
import ekiden.mail.profile.MailCharset;
import ekiden.mail.profile.SendRules;
import ekiden.mail.send.ComposeLimits;
import ekiden.mail.send.MailAddresses;
import ekiden.mail.send.SendOnce;
import ekiden.mail.send.SendOutcome;
import ekiden.model.definition.IfRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code ekiden mail send}: one mail, or a batch, without a running process. */
final class SendMailCommand implements CommandSet.SendMail {
    private final Supplier<AskedToEnd> ending;

    SendMailCommand() {
        this(AskedToEnd::ofProcess);
    }

    /** @param ending what a call asks whether it shall end */
    SendMailCommand(Supplier<AskedToEnd> ending) {
        this.ending = ending;
    }

    @Override
    public ExitCode run(SendRequest request, Terminal terminal) {
        try (AskedToEnd asked = ending.get()) {
            ExitCode code = run(request, terminal, asked);
            terminal.out().flush();
            asked.through(code);
            return code;
        }
    }

    private static ExitCode run(SendRequest request, Terminal terminal, AskedToEnd asked) {
        Told told = new Told(terminal, request.language());
        HomePaths home = new HomePaths(request.home());
        try (ThreadTasks tasks = new ThreadTasks();
                Addresses addresses = Addresses.of(home, terminal);
                MailServers servers = new MailServers(home, terminal.environment(), terminal.clock(), tasks)) {
            SlowToBegin.timesAndJson(tasks, terminal.zone());
            return switch (servers.sending(request.server(), request.from(), connections(request))) {
                case Result.Failed<Senders.Profile>(Problem problem) -> told.fail(problem);
                case Result.Ok<Senders.Profile>(Senders.Profile profile) -> {
                    ExitCode code = inFolder(new Call(
                            request, terminal, told, written(profile, request), addresses.recipients(), tasks, asked));
                    servers.copyProblems().forEach(told::tell);
                    yield code;
                }
            };
        }
    }

    private static Senders.Profile written(Senders.Profile profile, SendRequest request) {
        MailCharset charset = request.charset();
        IfRefused ifRefused = request.ifRefused();
        return new Senders.Profile(
                profile.from(),
                profile.sender(),
                charset == null ? profile.charsets() : CharsetRule.always(charset),
                ifRefused == null
                        ? profile.rules()
                        : new SendRules(ifRefused, profile.rules().copy()));
    }

    private static int connections(SendRequest request) {
        SendRequest.Batch batch = request.batch();
        return batch == null ? 0 : batch.connections();
    }

    private record Call(
            SendRequest request,
            Terminal terminal,
            Told told,
            Senders.Profile profile,
            Recipients recipients,
            Tasks tasks,
            AskedToEnd ending) {}

    private static ExitCode inFolder(Call call) {
        try (SendFolder folder =
                SendFolder.make(Path.of(System.getProperty("java.io.tmpdir", "")), call.terminal.clock())) {
            SendRequest.Batch batch = call.request.batch();
            return batch == null ? one(call, folder) : batch(call, batch, folder.path());
        } catch (IOException failed) {
            String place = System.getProperty("java.io.tmpdir", "");
            return call.told.fail(Problem.of(CliMessage.UNREADABLE, "file", place, "reason", Reason.of(failed)));
        }
    }

    private static ExitCode batch(Call call, SendRequest.Batch batch, Path folder) {
        SendBatch.Means means = new SendBatch.Means(
                call.profile,
                folder,
                new FileDisk(),
                call.terminal.clock(),
                call.terminal.zone().get(),
                call.recipients,
                call.tasks,
                call.ending);
        return new SendBatch(means, call.told, BatchLimits.DEFAULT).run(batch, call.terminal, call.request.json());
    }

    private static ExitCode one(Call call, SendFolder folder) {
        Terminal terminal = call.terminal;
        MailOrder order = MailOrder.of(Objects.requireNonNull(call.request.mail()), terminal.folder());
        FileDisk disk = new FileDisk();
        String messageId =
                messageId(new Ids(terminal.clock()).next(), call.profile.from().address());
        OneMailEnding ending = new OneMailEnding(call.ending, call.tasks, folder::close, () -> late(call, messageId));
        MailOrder.Means means =
                new MailOrder.Means(disk, terminal.clock(), terminal.zone().get(), call.recipients);
        return switch (order.draft(call.profile.from(), messageId, means)) {
            case Result.Failed<MailOrder.Drafted>(Problem problem) ->
                ending.tell(() ->
                        tell(call, messageId, new SendOnce.Report(call.told.exit(problem), null, problem), List.of()));
            case Result.Ok<MailOrder.Drafted>(MailOrder.Drafted drafted) -> {
                SendOnce.Report report = new SendOnce(disk, ComposeLimits.DEFAULT)
                        .send(
                                drafted.draft().with(call.profile.charsets()),
                                order.rule(call.profile),
                                call.profile.sender(),
                                folder.path(),
                                ending);
                yield ending.tell(() -> tell(call, messageId, report, drafted.names()));
            }
        };
    }

    /** The command is asked to end, and no answer to the end of the mail has come. */
    private static ExitCode late(Call call, String messageId) {
        Problem problem = mayBeDelivered(messageId);
        SendOutcome outcome = new SendOutcome.Uncertain(problem, List.of(), List.of());
        ExitCode code = tell(call, messageId, new SendOnce.Report(ExitCode.UNCERTAIN, outcome, problem), List.of());
        call.terminal.out().flush();
        return code;
    }

    private static Problem mayBeDelivered(String messageId) {
        return Problem.of(MailCommandMessage.MAY_BE_DELIVERED, "messageId", messageId);
    }

    private static ExitCode tell(Call call, String messageId, SendOnce.Report report, List<Addressed.Name> names) {
        Problem problem = report.problem();
        Problem note = report.note();
        if (note != null) {
            call.told.tell(note);
        }
        if (problem != null) {
            call.told.tell(problem);
        } else if (report.exit() != ExitCode.DONE) {
            call.told.tell(SendReport.message(report, server(call.request.server())));
        }
        if (report.exit() == ExitCode.UNCERTAIN
                && problem != null
                && !problem.id().equals(MailCommandMessage.MAY_BE_DELIVERED.id())) {
            call.told.tell(mayBeDelivered(messageId));
        }
        if (call.request.json()) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            SendReport.put(line, messageId, report, call.told);
            AddressCommand.put(line, names);
            Json.writeLine(line, call.terminal.out());
        } else if (report.exit() == ExitCode.DONE) {
            call.terminal
                    .out()
                    .println(call.told.line(SendReport.message(report, server(call.request.server()))) + " "
                            + messageId);
        }
        return problem == null ? report.exit() : exit(call, report, problem);
    }

    /** A problem of the settings has an exit code of its own, which the sending side does not know. */
    private static ExitCode exit(Call call, SendOnce.Report report, Problem problem) {
        return report.exit() == ExitCode.UNCERTAIN ? ExitCode.UNCERTAIN : call.told.exit(problem);
    }

    private static String server(MailServer server) {
        return switch (server) {
            case MailServer.Profile(String name) -> name;
            case MailServer.Url url -> url.url();
        };
    }

    /** The domain of the author makes it unique beyond this machine (RFC 5322 §3.6.4). */
    static String messageId(UUID id, String author) {
        return "<" + id + domain(author) + ">";
    }

    /** With its at sign. */
    static String domain(String author) {
        String wire = MailAddresses.wire(author).orElse("@localhost");
        return wire.substring(wire.lastIndexOf('@'));
    }
}
