package ekiden.cli;

import ekiden.base.ExitCode;
import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.mail.profile.MailCharset;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.IfRefused;
import ekiden.model.definition.Include;
import ekiden.model.definition.MailExtras;
import ekiden.yaml.Fields;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code ekiden mail wait}, {@code send} and {@code read}: they work without a running process. */
final class MailFileCommands {
    private static final int MOST_CONNECTIONS = 100;
    private static final List<String> OF_ONE_MAIL = List.of(
            "--to",
            "--cc",
            "--bcc",
            "--reply-to",
            "--subject",
            "--text",
            "--text-file",
            "--html-file",
            "--signature-file",
            "--importance",
            "--attach",
            "--attach-list");
    private static final int MOST_MAILS = 1_000_000;
    private static final List<Opt> SERVER = List.of(
            Opt.of("--profile", "NAME"),
            Opt.of("--url", "URL"),
            Opt.of("--password-file", "FILE"),
            Opt.of("--password-env", "NAME"),
            Opt.flag("--insecure"));

    private MailFileCommands() {}

    static Leaf read() {
        return new Leaf(
                "mail read",
                List.of(Param.some("FILE")),
                List.of(
                        Opt.flag("--as-sent"),
                        Opt.flag("--open-messages"),
                        Opt.of("--key", "FILE"),
                        Opt.of("--key-password-file", "FILE"),
                        Opt.of("--trust", "FILE"),
                        Opt.flag("--dkim"),
                        Opt.of("--name-server", "HOST:PORT"),
                        Opt.JSON),
                (arguments, session) -> {
                    CommandSet.ReadOptions options = new CommandSet.ReadOptions(
                            arguments.flag("--as-sent"),
                            arguments.flag("--open-messages"),
                            arguments.path("--key"),
                            arguments.path("--key-password-file"),
                            arguments.path("--trust"),
                            dkim(arguments));
                    ExitCode worst = ExitCode.DONE;
                    for (String shown : arguments.words()) {
                        Path file = arguments.path("FILE", shown);
                        Problem problem = session.commands()
                                .readMail()
                                .read(file, shown, options, session.terminal().out());
                        if (problem != null) {
                            session.tell(problem);
                            worst = worse(
                                    worst, session.messages().exit(problem.id()).orElse(ExitCode.BAD_MAIL));
                        }
                    }
                    return worst;
                });
    }

    private static CommandSet.@Nullable Dkim dkim(Arguments arguments) {
        String server = arguments.text("--name-server");
        if (server != null && !arguments.flag("--dkim")) {
            throw Arguments.bad("--name-server", server, "--dkim");
        }
        HostPort asked = server == null
                ? null
                : HostPort.parse(server, "127.0.0.1")
                        .filter(there -> there.port() > 0)
                        .orElseThrow(() -> Arguments.bad("--name-server", server, "127.0.0.1:53"));
        return arguments.flag("--dkim") ? new CommandSet.Dkim(asked) : null;
    }

    /** A bad mail says more than a file that is not there. */
    static ExitCode worse(ExitCode one, ExitCode other) {
        return one.code() >= other.code() ? one : other;
    }

    static Leaf await() {
        List<Opt> own = List.of(
                Opt.of("--state", "DIR"),
                Opt.many("--from", "ADDRESS"),
                Opt.many("--subject", "TEXT"),
                Opt.many("--text", "TEXT"),
                Opt.of("--where", "CONDITIONS"),
                Opt.of("--save", "DIR"),
                Opt.of("--body-name", "T"),
                Opt.of("--attachment-name", "T"),
                Opt.of("--count", "N"),
                Opt.of("--timeout", "T"),
                Opt.of("--after", "read|delete|move:F|none"),
                Opt.flag("--no-progress"),
                Opt.HOME);
        return new Leaf("mail wait", List.of(), joined(SERVER, own), MailFileCommands::await);
    }

    private static List<Opt> joined(List<Opt> some, List<Opt> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static ExitCode await(Arguments arguments, Session session) {
        WaitRequest request = new WaitRequest(
                session.home().folder(),
                server(arguments),
                arguments.path("--state"),
                conditions(arguments),
                arguments.path("--save"),
                arguments.text("--body-name"),
                arguments.text("--attachment-name"),
                (int) arguments.number("--count", 1, 1, MOST_MAILS),
                arguments.duration("--timeout"),
                after(arguments.text("--after")),
                arguments.flag("--no-progress") ? null : () -> session.word("profile.receiving"),
                session.language());
        return session.commands().waitMail().run(request, session.terminal());
    }

    /** Whoever waits at a terminal or in a script means every mail that fits, whoever wrote it. */
    private static Conditions conditions(Arguments arguments) {
        Conditions options =
                new Conditions(arguments.all("--from"), arguments.all("--subject"), arguments.all("--text"));
        String where = arguments.text("--where");
        Conditions given = where == null ? options : WhereOption.read(where).with(options);
        return given.none() ? given : given.including(List.of(Include.values()));
    }

    private static MailServer server(Arguments arguments) {
        arguments.needs("--profile", "--url");
        arguments.notBoth("--profile", "--url");
        arguments.notBoth("--password-file", "--password-env");
        String profile = arguments.text("--profile");
        if (profile != null) {
            arguments.notBoth("--profile", "--password-file");
            arguments.notBoth("--profile", "--password-env");
            return new MailServer.Profile(profile);
        }
        String url = Objects.requireNonNull(arguments.text("--url"));
        return new MailServer.Url(url, password(arguments), arguments.flag("--insecure"));
    }

    private static MailServer.@Nullable Password password(Arguments arguments) {
        Path file = arguments.path("--password-file");
        String variable = arguments.text("--password-env");
        if (file != null) {
            return new MailServer.Password.InFile(file);
        }
        return variable == null ? null : new MailServer.Password.InEnvironment(variable);
    }

    private static AfterReceive after(@Nullable String word) {
        if (word == null || word.equals("read")) {
            return AfterReceive.READ;
        }
        if (word.equals("none")) {
            return AfterReceive.NONE;
        }
        if (word.equals("delete")) {
            return new AfterReceive(false, null, null, true);
        }
        if (word.startsWith("move:") && word.length() > "move:".length()) {
            return new AfterReceive(true, null, word.substring("move:".length()), false);
        }
        throw Arguments.bad("--after", word, "read | delete | move:FOLDER | none");
    }

    static Leaf send() {
        List<Opt> own = List.of(
                Opt.of("--from", "ADDRESS"),
                Opt.many("--to", "ADDRESS"),
                Opt.many("--cc", "ADDRESS"),
                Opt.many("--bcc", "ADDRESS"),
                Opt.many("--reply-to", "ADDRESS"),
                Opt.of("--subject", "TEXT"),
                Opt.of("--text", "TEXT"),
                Opt.of("--text-file", "FILE"),
                Opt.of("--html-file", "FILE"),
                Opt.of("--signature-file", "FILE"),
                Opt.of("--importance", "high|normal|low"),
                Opt.of("--if-refused", "each|all-or-nothing"),
                Opt.many("--attach", "FILE"),
                Opt.of("--attach-list", "FILE"),
                Opt.of("--charset", "NAME"),
                Opt.of("--batch", "FILE.jsonl"),
                Opt.of("--connections", "N"),
                Opt.flag("--resend"),
                Opt.JSON,
                Opt.HOME);
        return new Leaf("mail send", List.of(), joined(SERVER, own), MailFileCommands::send);
    }

    private static ExitCode send(Arguments arguments, Session session) {
        Path file = arguments.path("--batch");
        OF_ONE_MAIL.forEach(option -> arguments.notBoth("--batch", option));
        if (file == null) {
            onlyOfABatch(arguments);
        }
        int connections = (int) arguments.number("--connections", 0, 1, MOST_CONNECTIONS);
        SendRequest.Batch batch =
                file == null ? null : new SendRequest.Batch(file, connections, arguments.flag("--resend"));
        SendRequest request = new SendRequest(
                session.home().folder(),
                server(arguments),
                arguments.text("--from"),
                charset(arguments.text("--charset")),
                ifRefused(arguments.text("--if-refused")),
                batch == null ? mail(arguments) : null,
                batch,
                session.json(),
                session.language());
        return session.commands().sendMail().run(request, session.terminal());
    }

    private static @Nullable MailCharset charset(@Nullable String name) {
        if (name == null) {
            return null;
        }
        for (MailCharset one : MailCharset.values()) {
            if (Fields.word(one).equals(name.toLowerCase(Locale.ROOT))) {
                return one;
            }
        }
        throw Arguments.bad("--charset", name, "utf-8 | iso-2022-jp | iso-2022-jp-ms");
    }

    private static void onlyOfABatch(Arguments arguments) {
        if (arguments.flag("--resend") || arguments.text("--connections") != null) {
            arguments.needs("--batch");
        }
    }

    private static SendRequest.Mail mail(Arguments arguments) {
        arguments.needs("--to", "--cc", "--bcc");
        arguments.needs("--subject");
        arguments.needs("--text", "--text-file", "--html-file");
        arguments.notBoth("--text", "--text-file");
        return new SendRequest.Mail(
                arguments.all("--to"),
                arguments.all("--cc"),
                arguments.all("--bcc"),
                Objects.requireNonNull(arguments.text("--subject")),
                arguments.text("--text"),
                arguments.path("--text-file"),
                arguments.all("--attach").stream()
                        .map(file -> arguments.path("--attach", file))
                        .toList(),
                extras(arguments));
    }

    private static MailExtras extras(Arguments arguments) {
        Path html = arguments.path("--html-file");
        Path signature = arguments.path("--signature-file");
        Path list = arguments.path("--attach-list");
        return new MailExtras(
                null,
                arguments.all("--reply-to"),
                null,
                html == null ? null : html.toString(),
                signature == null ? null : signature.toString(),
                importance(arguments.text("--importance")),
                list == null ? null : list.toString(),
                null,
                MailExtras.EndsAt.LEFT,
                null,
                null,
                null);
    }

    private static @Nullable IfRefused ifRefused(@Nullable String word) {
        if (word == null) {
            return null;
        }
        for (IfRefused one : IfRefused.values()) {
            if (Fields.word(one).equals(word)) {
                return one;
            }
        }
        throw Arguments.bad("--if-refused", word, "each | all-or-nothing");
    }

    private static MailExtras.Importance importance(@Nullable String word) {
        if (word == null) {
            return MailExtras.Importance.NORMAL;
        }
        for (MailExtras.Importance one : MailExtras.Importance.values()) {
            if (Fields.word(one).equals(word)) {
                return one;
            }
        }
        throw Arguments.bad("--importance", word, "high | normal | low");
    }
}
