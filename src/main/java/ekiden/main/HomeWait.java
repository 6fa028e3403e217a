package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.cli.Terminal;
import ekiden.cli.WaitRequest;
import ekiden.config.HomePaths;
import ekiden.config.SettingsMessage;
import ekiden.definition.DefinitionDefaults;
import ekiden.definition.yaml.DefinitionYaml;
import ekiden.http.ApiMessage;
import ekiden.http.client.Answer;
import ekiden.http.client.ApiClient;
import ekiden.http.client.ApiProblem;
import ekiden.http.client.ClientMessage;
import ekiden.http.client.ClientSettings;
import ekiden.json.Json;
import ekiden.manager.ManagerMessage;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Include;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.NamePattern;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.SaveRule;
import ekiden.model.definition.UnitName;
import ekiden.wait.HomeLimits;
import ekiden.wait.HomeMails;
import ekiden.wait.HomeSource;
import ekiden.wait.HomeUnit;
import ekiden.wait.Scratch;
import ekiden.wait.WaitLimits;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code ekiden mail wait} on a profile of a home whose process runs: the temporary unit at its API. Safe from any thread. */
final class HomeWait implements AutoCloseable {
    private static final String MAIL_NAME = "mail.eml";
    private static final String LISTENER = "smtpd";
    private static final Set<String> GONE =
            Set.of(ManagerMessage.NO_UNIT.id(), ManagerMessage.NO_RUN.id(), ApiMessage.NO_BYTES.id());

    private final HomePaths home;
    private final String profile;
    private final WaitRequest request;
    private final Clock clock;
    private final Terminal.Pause pause;
    private final ApiClient client;
    private @Nullable HomeSource made;

    HomeWait(HomePaths home, String profile, WaitRequest request, Terminal terminal) {
        this.home = home;
        this.profile = profile;
        this.request = request;
        this.clock = terminal.clock();
        this.pause = terminal.pause();
        this.client = new ApiClient(home.token(), home.address(), ClientSettings.defaults(request.language()));
    }

    private record Side(@Nullable String kind) {}

    private record Told(
            @Nullable String id,
            @Nullable String kind,
            @Nullable Map<String, String> values) {
        Problem problem() {
            return new Problem(
                    Objects.requireNonNullElse(id, "?"),
                    MessageId.Kind.PERMANENT,
                    Objects.requireNonNullElse(values, Map.of()));
        }
    }

    private record Profile(
            String name, @Nullable Side receive, @Nullable Told problem) {}

    private record Profiles(List<Profile> profiles) {}

    private record Mail(
            String run,
            long mail,
            String key,
            boolean atServer,
            Instant received,
            @Nullable Told problem) {
        HomeMails.Taken taken() {
            return new HomeMails.Taken(run, mail, key, atServer, received, problem == null ? null : problem.problem());
        }
    }

    private record Mails(
            List<Mail> mails,
            long next,
            long behind,
            @Nullable String definition,
            @Nullable Integer left) {}

    /** Whether the process lets this profile be read as it is asked for; tries for a while where it does not answer. */
    Result<Boolean> check() {
        HomeLimits limits = HomeLimits.DEFAULT;
        Duration within = request.timeout();
        Duration patience = within != null && within.compareTo(limits.first()) < 0 ? within : limits.first();
        long end = clock.nanos() + patience.toNanos();
        Result<Boolean> answer = look();
        while (answer instanceof Result.Failed<Boolean>(Problem problem)
                && isAway(problem)
                && clock.nanos() < end
                && pause.pause(limits.retry())) {
            answer = look();
        }
        return answer;
    }

    private Result<Boolean> look() {
        return good(client.get("/profiles")).then(body -> {
            return read(body, Profiles.class).then(this::judged);
        });
    }

    private Result<Boolean> judged(Profiles all) {
        Profile found = all.profiles().stream()
                .filter(one -> one.name().equals(profile))
                .findFirst()
                .orElse(null);
        if (found == null) {
            String expected =
                    String.join(", ", all.profiles().stream().map(Profile::name).toList());
            return Result.failed(SettingsMessage.UNKNOWN_PROFILE, "profile", profile, "expected", expected);
        }
        if (found.problem() != null) {
            return Result.failed(found.problem().problem());
        }
        if (found.receive() == null) {
            return Result.failed(MailCommandMessage.CANNOT_RECEIVE, "profile", profile);
        }
        boolean folders = request.after().moveTo() != null || request.after().keyword() != null;
        return folders && LISTENER.equals(found.receive().kind())
                ? Result.failed(MailCommandMessage.AFTER, "action", "move")
                : Result.ok(true);
    }

    private <T> Result<T> read(String body, Class<T> type) {
        try {
            return Result.ok(Json.read(body, type));
        } catch (Json.Unreadable other) {
            return Result.failed(ClientMessage.NOT_EKIDEN, "address", home.address(), "reason", "JSON");
        }
    }

    /** Whether a problem says that nobody answers at present. */
    boolean isAway(Problem problem) {
        return problem.kind() != MessageId.Kind.PERMANENT;
    }

    /** What it means that nobody answers on a home that somebody has. */
    Problem away(Problem problem, Problem inUse) {
        String pid = inUse.values().getOrDefault("pid", "");
        return problem.id().equals(ClientMessage.NOT_RUNNING.id())
                        || problem.id().equals(ClientMessage.GONE.id())
                ? Problem.of(MailCommandMessage.HOME_RUNS, "home", home.folder(), "pid", pid, "profile", profile)
                : problem;
    }

    /** The source, which also hands over what it has when the process is asked to end. */
    HomeSource source(HomeUnit unit, Scratch scratch) {
        UnitName name = unit.name(profile);
        HomeSource source = new HomeSource(
                new Unit(name),
                new HomeSource.Ground(
                        unit, name.value(), clock, WaitLimits.DEFAULT, HomeLimits.DEFAULT, scratch, request.timeout()));
        Runtime.getRuntime().addShutdownHook(new Thread(source::stop, "ekiden-wait-stop"));
        made = source;
        return source;
    }

    /** Nothing of a call that broke off is left behind. */
    @Override
    public void close() {
        if (made != null) {
            made.stop();
        }
    }

    private static Result<String> good(Answer answer) {
        return switch (answer) {
            case Answer.Good good -> Result.ok(good.body());
            case Answer.Bad(List<ApiProblem> problems) ->
                Result.failed(problems.getFirst().problem());
        };
    }

    /** The unit as the API knows it. */
    private final class Unit implements HomeMails {
        private final UnitName name;
        private final String path;

        Unit(UnitName name) {
            this.name = name;
            this.path = "/units/" + ApiClient.encode(name.value());
        }

        @Override
        public Result<Boolean> define(int times) {
            Map<String, String> body = new LinkedHashMap<>();
            body.put("text", DefinitionYaml.write(jobnet(times)));
            body.put("folder", home.folder().toString());
            body.put("file", "mail wait");
            return done(client.post("/units", body, Duration.ZERO));
        }

        private Jobnet jobnet(int times) {
            Conditions wanted = request.conditions();
            ReceiveMail start = new ReceiveMail(
                    profile,
                    literal(wanted.none() ? Conditions.ANY : wanted).including(List.of(Include.values())),
                    new SaveRule(NamePattern.literal(literal(folder())), null, null, MAIL_NAME, false, null),
                    request.after(),
                    ReceiveMail.ClaimRule.ALL,
                    DefinitionDefaults.PRIORITY);
            return new Jobnet(name, start, times, Jobnet.Overlap.ALLOW, List.of());
        }

        /** What is wanted is no template: in a definition a dollar sign and a brace begin a value. */
        private static Conditions literal(Conditions wanted) {
            return wanted.mapTexts(Unit::literal);
        }

        private static String literal(String text) {
            return text.replace("${", "$${");
        }

        /** One folder for all such units, so that none of them leaves an empty one behind. */
        private String folder() {
            return home.files().resolve(UnitName.TEMPORARY.replace("/", "")).toString();
        }

        @Override
        public Result<Page> taken(long after, Duration wait) {
            String query = "/mails?after=" + after + "&wait=" + wait.toSeconds();
            return good(client.get(path + query, wait))
                    .then(body -> read(body, Mails.class))
                    .then(mails -> Result.ok(new Page(
                            mails.mails().stream().map(Mail::taken).toList(),
                            mails.next(),
                            (int) Math.min(Integer.MAX_VALUE, mails.behind()),
                            mails.definition() != null,
                            Objects.requireNonNullElse(mails.left(), Integer.MAX_VALUE))));
        }

        @Override
        public Result<Boolean> fetch(String run, OutputStream into) {
            return there(client.get("/runs/" + run + "/mail", into));
        }

        @Override
        public Result<Boolean> letGo(String run) {
            return there(client.delete("/runs/" + run + "/mail"));
        }

        @Override
        public Result<Boolean> delete() {
            return there(client.delete(path));
        }

        private static Result<Boolean> done(Answer answer) {
            return good(answer).then(body -> Result.ok(true));
        }

        /** What is gone need not be asked for again. */
        private static Result<Boolean> there(Answer answer) {
            return switch (done(answer)) {
                case Result.Failed<Boolean>(Problem problem) when GONE.contains(problem.id()) -> Result.ok(false);
                case Result<Boolean> other -> other;
            };
        }
    }
}
