package ekiden.cli;

import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.config.HomePaths;
import ekiden.config.MailSettings;
import ekiden.config.SettingsFile;
import ekiden.config.SettingsReading;
import ekiden.definition.DefinitionReading;
import ekiden.definition.KnownProfiles;
import ekiden.definition.yaml.DefinitionYaml;
import ekiden.http.client.Answer;
import ekiden.http.client.ApiProblem;
import ekiden.json.Json;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.SendMail;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code ekiden unit check}. Needs no process: profiles and address books are those of the home's settings, where there are any; units are known where a
 * process answers, and those of the same call anyway. What cannot be known is told as a warning. Belongs to one call.
 */
final class UnitCheck {
    private final Session session;
    private final List<ApiProblem> problems = new ArrayList<>();
    private final List<Mail> mails = new ArrayList<>();

    /** A job that sends a mail, and the file in which it stands. */
    private record Mail(String file, String job, SendMail work) {}

    private UnitCheck(Session session) {
        this.session = session;
    }

    static Leaf leaf() {
        return new Leaf(
                "unit check",
                List.of(Param.some("FILE")),
                List.of(Opt.JSON, Opt.HOME),
                (arguments, session) -> new UnitCheck(session).check(arguments));
    }

    private ExitCode check(Arguments arguments) {
        Map<String, DefinitionFile> files = new LinkedHashMap<>();
        for (String shown : arguments.words()) {
            files.put(shown, DefinitionFile.read(arguments.path("FILE", shown), shown));
        }
        KnownProfiles known = profiles(session.home());
        Set<String> units = units(files.values());
        Set<String> defined = defined(files.values());
        if (defined != null) {
            units.addAll(defined);
        }
        KnownProfiles profiles = known == null || defined == null ? known : known.withUnits(units);
        for (DefinitionFile file : files.values()) {
            profiles = check(file, profiles);
        }
        if (!problems.isEmpty()) {
            return session.fail(problems);
        }
        List<Problem> doubts = new ArrayList<>(unitDoubts(units));
        if (known != null) {
            doubts.addAll(nameDoubts());
        }
        doubts.forEach(session::tell);
        return doubts.isEmpty() ? ExitCode.DONE : ExitCode.WARNING;
    }

    private @Nullable KnownProfiles check(DefinitionFile file, @Nullable KnownProfiles profiles) {
        return switch (DefinitionYaml.read(file.shown(), file.text(), profiles, file::template)) {
            case DefinitionReading.Read(Jobnet jobnet) -> {
                right(file.shown(), jobnet);
                yield profiles == null ? null : profiles.with(jobnet);
            }
            case DefinitionReading.Wrong(List<Problem> wrong) -> {
                wrong.forEach(one -> problems.add(new ApiProblem(one, null, "", "", ExitCode.USAGE.code())));
                yield profiles;
            }
        };
    }

    private void right(String file, Jobnet jobnet) {
        for (Job job : jobnet.jobs()) {
            if (job.work() instanceof SendMail work) {
                mails.add(new Mail(file, job.name(), work));
            }
        }
        String unit = jobnet.name().value();
        if (session.json()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("file", file);
            line.put("unit", unit);
            line.put("jobs", jobnet.jobs().size());
            session.print(Json.write(line));
        } else {
            session.print(file + ": " + unit + " " + session.word("unit.right"));
        }
    }

    /** The units of this call. */
    private static Set<String> units(Collection<DefinitionFile> files) {
        Set<String> units = new HashSet<>();
        for (DefinitionFile file : files) {
            if (DefinitionYaml.read(file.shown(), file.text()) instanceof DefinitionReading.Read(Jobnet jobnet)) {
                units.add(jobnet.name().value());
            }
        }
        return units;
    }

    /** Asks only where a definition names another unit. {@return null where nobody answers, or nobody was asked} */
    private @Nullable Set<String> defined(Collection<DefinitionFile> files) {
        boolean named = files.stream().anyMatch(file -> file.text().contains("on-bounce"));
        if (!named || !(session.client().get("/units") instanceof Answer.Good defined)) {
            return null;
        }
        Set<String> units = new HashSet<>();
        Data.parse(defined.body()).list("units").forEach(unit -> units.add(unit.text("unit")));
        return units;
    }

    private List<Problem> unitDoubts(Set<String> units) {
        List<Problem> doubts = new ArrayList<>();
        for (Mail mail : mails) {
            String unit = mail.work().extras().onBounce();
            if (unit != null && !units.contains(unit)) {
                doubts.add(
                        Problem.of(CliMessage.UNIT_NOT_KNOWN, "file", mail.file(), "job", mail.job(), "found", unit));
            }
        }
        return doubts;
    }

    private List<Problem> nameDoubts() {
        Map<String, Mail> names = new LinkedHashMap<>();
        for (Mail mail : mails) {
            SendMail work = mail.work();
            Stream.of(work.to(), work.cc(), work.bcc())
                    .flatMap(List::stream)
                    .filter(name -> name.indexOf('@') < 0 && !name.contains("${"))
                    .forEach(name -> names.putIfAbsent(name, mail));
        }
        if (names.isEmpty()) {
            return List.of();
        }
        List<Problem> doubts = new ArrayList<>();
        session.commands()
                .addresses()
                .doubts(session.home().folder(), List.copyOf(names.keySet()), session.terminal())
                .forEach((name, why) -> {
                    Mail mail = names.get(name);
                    if (mail != null) {
                        doubts.add(Problem.of(
                                CliMessage.NAME_IN_DOUBT,
                                "file",
                                mail.file(),
                                "job",
                                mail.job(),
                                "found",
                                name,
                                "because",
                                why.id()));
                    }
                });
        return doubts;
    }

    private static @Nullable KnownProfiles profiles(HomePaths home) {
        if (!Files.exists(home.settings())) {
            return null;
        }
        return switch (new SettingsFile(home).read()) {
            case SettingsReading.Usable usable -> {
                MailSettings mail = usable.settings().mail();
                yield new KnownProfiles(mail.receiving(), mail.sending(), mail.moves(), mail.proofs());
            }
            case SettingsReading.Wrong ignored -> null;
        };
    }
}
