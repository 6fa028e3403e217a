package ekiden.cli;

import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.config.HomePaths;
import ekiden.config.SettingsFile;
import ekiden.config.SettingsReading;
import ekiden.definition.DefinitionReading;
import ekiden.definition.yaml.DefinitionYaml;
import ekiden.http.client.ApiClient;
import ekiden.json.Json;
import ekiden.mail.match.TestedMail;
import ekiden.mail.mime.AttachedText;
import ekiden.mail.mime.FileSource;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.MimeMessage;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.Reading;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.proof.MailTrust;
import ekiden.model.definition.Jobnet;
import ekiden.model.mail.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code ekiden mail rehearse}: what definitions would do with mails that lie in files. Nothing is written, and no mailbox is asked. */
final class RehearseCommand {
    private static final int MOST_UNITS = 10_000;

    private final Arguments arguments;
    private final Session session;

    private RehearseCommand(Arguments arguments, Session session) {
        this.arguments = arguments;
        this.session = session;
    }

    static Leaf leaf() {
        return new Leaf(
                "mail rehearse",
                List.of(Param.some("FILE")),
                List.of(Opt.many("--unit", "FILE"), Opt.JSON, Opt.HOME),
                (arguments, session) -> new RehearseCommand(arguments, session).run());
    }

    private ExitCode run() {
        List<Jobnet> jobnets = new ArrayList<>();
        List<Problem> wrong = new ArrayList<>();
        if (arguments.all("--unit").isEmpty()) {
            fromHome(jobnets, wrong);
        } else {
            fromFiles(jobnets, wrong);
        }
        if (!wrong.isEmpty()) {
            wrong.forEach(session::tell);
            return ExitCode.USAGE;
        }
        Map<String, MailProfile> profiles = profiles(session.home());
        RehearsedUnits units = new RehearsedUnits(
                jobnets, session.home().files(), surroundings(session.home(), profiles), session.terminal());
        MailTrust trust = session.commands().trusting().of(session.home().folder(), profiles);
        ExitCode worst = ExitCode.DONE;
        for (String shown : arguments.words()) {
            worst = MailFileCommands.worse(worst, rehearse(units, trust, shown));
        }
        return worst;
    }

    private static Map<String, MailProfile> profiles(HomePaths home) {
        return Files.exists(home.settings()) && new SettingsFile(home).read() instanceof SettingsReading.Usable usable
                ? usable.settings().mail().profiles()
                : Map.of();
    }

    /** As far as the home says: a home that does not exist yet has no settings and no mails of its own. */
    private static Function<String, Surroundings> surroundings(HomePaths home, Map<String, MailProfile> profiles) {
        String own = ownDomain(home);
        return name -> {
            MailProfile profile = profiles.get(name);
            return new Surroundings(own, profile == null ? null : profile.authserv());
        };
    }

    private static @Nullable String ownDomain(HomePaths home) {
        try {
            return Surroundings.domainOf(
                    UUID.fromString(Files.readString(home.id()).strip()));
        } catch (IOException | IllegalArgumentException none) {
            return null;
        }
    }

    private void fromFiles(List<Jobnet> jobnets, List<Problem> wrong) {
        for (String shown : arguments.all("--unit")) {
            DefinitionFile file = DefinitionFile.read(arguments.path("--unit", shown), shown);
            add(DefinitionYaml.read(shown, file.text()), jobnets, wrong);
        }
    }

    /** Those of the process that runs on the home, in the order of their names. */
    private void fromHome(List<Jobnet> jobnets, List<Problem> wrong) {
        List<Data> units = session.data(session.client().get("/units")).list("units");
        for (Data unit : units.subList(0, Math.min(units.size(), MOST_UNITS))) {
            String name = unit.text("unit");
            Data one = session.data(session.client().get("/units/" + ApiClient.encode(name)));
            add(DefinitionYaml.read(name, one.text("yaml")), jobnets, wrong);
        }
    }

    private static void add(DefinitionReading reading, List<Jobnet> jobnets, List<Problem> wrong) {
        switch (reading) {
            case DefinitionReading.Read(Jobnet jobnet) -> jobnets.add(jobnet);
            case DefinitionReading.Wrong(List<Problem> problems) -> wrong.addAll(problems);
        }
    }

    private ExitCode rehearse(RehearsedUnits units, MailTrust trust, String shown) {
        Path file = arguments.path("FILE", shown);
        Map<MailTrust.Means, RehearsedUnits.Read> readings = new HashMap<>();
        try {
            for (MailTrust.Means means :
                    units.profiles().map(trust::of).distinct().toList()) {
                switch (read(file, means)) {
                    case Result.Failed<RehearsedUnits.Read>(Problem problem) -> {
                        return failed(shown, problem);
                    }
                    case Result.Ok<RehearsedUnits.Read>(RehearsedUnits.Read read) -> readings.put(means, read);
                }
            }
            show(shown, units.of(profile -> Objects.requireNonNull(readings.get(trust.of(profile)))));
            return ExitCode.DONE;
        } catch (OutOfMemoryError full) {
            return failed(shown, Problem.of(MimeMessage.NO_MEMORY));
        } catch (IOException unreadable) {
            return failed(shown, Problem.of(CliMessage.UNREADABLE, "file", shown, "reason", Reason.of(unreadable)));
        }
    }

    /** As the agent reads it that has these means. */
    private Result<RehearsedUnits.Read> read(Path file, MailTrust.Means means) throws IOException {
        Opening opening;
        switch (means.opening()) {
            case Result.Failed<Opening>(Problem problem) -> {
                return Result.failed(problem);
            }
            case Result.Ok<Opening>(Opening wanted) -> opening = wanted;
        }
        try (FileSource source = FileSource.open(file)) {
            return switch (MessageReader.read(source, MimeLimits.DEFAULT, opening)) {
                case Reading.Unreadable(Problem problem) -> Result.failed(problem);
                case Reading.Readable(Message message) -> {
                    String attached = AttachedText.of(message, source, MimeLimits.DEFAULT);
                    TestedMail mail = TestedMail.whole(
                                    message.summary(), message.text(), message.header(), source.size())
                            .withAttached(() -> attached)
                            .provedBy(means.prover(
                                    message, session.terminal().clock().now(), () -> opened(file)));
                    yield Result.ok(new RehearsedUnits.Read(mail, message));
                }
            };
        }
    }

    private static Result<RawSource> opened(Path file) {
        try {
            return Result.ok(FileSource.open(file));
        } catch (IOException gone) {
            return Result.failed(CliMessage.UNREADABLE, "file", file, "reason", Reason.of(gone));
        }
    }

    private ExitCode failed(String shown, Problem problem) {
        if (session.json()) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("file", shown);
            line.put("error", problem.id());
            session.print(Json.write(line));
        }
        session.tell(problem);
        return session.messages().exit(problem.id()).orElse(ExitCode.BAD_MAIL);
    }

    private void show(String shown, List<Map<String, Object>> watches) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("file", shown);
        line.put("watches", watches);
        if (session.json()) {
            session.print(Json.write(line));
            return;
        }
        session.field("field.mail", shown);
        List<Data> said = new Data(line).list("watches");
        if (said.isEmpty()) {
            session.field("field.watch", session.word("rehearse.nobody"));
        }
        Verdicts verdicts = new Verdicts(session);
        for (Data watch : said) {
            verdicts.show(List.of(watch), "rehearse.nobody");
            watch.texts("files").forEach(path -> session.field("field.file", path));
        }
    }
}
