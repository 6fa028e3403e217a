package ekiden.cli;

import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.http.client.ApiClient;
import ekiden.http.client.ApiProblem;
import ekiden.json.Json;
import ekiden.message.Explanation;
import ekiden.message.MessageMessage;
import ekiden.message.Messages;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code ekiden alarm …}, {@code ekiden profile …}, {@code ekiden explain}. */
final class OtherCommands {
    private static final int MOST = 1_000;
    private static final int USUAL = 100;
    private static final Duration TEST = Duration.ofMinutes(2);

    private OtherCommands() {}

    static Leaf alarms() {
        return new Leaf(
                "alarm list",
                List.of(),
                List.of(Opt.flag("--all"), Opt.LIMIT, Opt.JSON, Opt.HOME),
                OtherCommands::alarms);
    }

    private static ExitCode alarms(Arguments arguments, Session session) {
        long limit = arguments.number("--limit", USUAL, 1, MOST);
        String query = "/alarms?limit=" + limit + "&open=" + !arguments.flag("--all");
        List<Data> alarms = session.data(session.client().get(query)).list("alarms");
        if (session.json()) {
            alarms.forEach(alarm -> session.print(alarm.json()));
            return ExitCode.DONE;
        }
        for (Data alarm : alarms) {
            String cleared = alarm.maybe("cleared");
            session.print(alarm.text("id") + "  " + session.time(alarm.maybe("since"))
                    + (cleared == null ? "" : " – " + session.time(cleared)) + "  " + alarm.text("key"));
            Data problem = alarm.inner("problem");
            if (problem != null) {
                session.terminal().show("   ", problem.text("id") + " " + Messages.clean(problem.text("text")));
                session.terminal().show("   ", session.word("error.next") + " " + Messages.clean(problem.text("next")));
            }
        }
        if (alarms.isEmpty()) {
            session.terminal().err().println(session.word("alarm.none"));
        }
        return ExitCode.DONE;
    }

    static Leaf clear() {
        return new Leaf(
                "alarm clear", List.of(Param.some("ALARM")), List.of(Opt.JSON, Opt.HOME), (arguments, session) -> {
                    List<Long> alarms = arguments.words().stream()
                            .map(word -> Arguments.number("ALARM", word, 1, Long.MAX_VALUE))
                            .toList();
                    for (long alarm : alarms) {
                        session.data(session.client().post("/alarms/" + alarm + "/clear", Map.of(), Duration.ZERO));
                        Map<String, Object> line = new LinkedHashMap<>();
                        line.put("alarm", alarm);
                        line.put("done", "clear");
                        session.print(session.json() ? Json.write(line) : alarm + " " + session.word("alarm.cleared"));
                    }
                    return ExitCode.DONE;
                });
    }

    static Leaf profiles() {
        return new Leaf("profile list", List.of(), List.of(Opt.JSON, Opt.HOME), (arguments, session) -> {
            Data answer = session.data(session.client().get("/profiles"));
            List<Data> profiles = answer.list("profiles");
            if (session.json()) {
                profiles.forEach(profile -> session.print(profile.json()));
                return ExitCode.DONE;
            }
            Table table = new Table()
                    .name(session.word("col.profile"))
                    .cut(session.word("col.receive"))
                    .cut(session.word("col.send"))
                    .cut(session.word("col.from"));
            for (Data profile : profiles) {
                table.row(
                        profile.text("name"),
                        side(profile.inner("receive")),
                        side(profile.inner("send")),
                        profile.text("from"));
            }
            session.print(table, session.word("profile.none"));
            for (Data profile : profiles) {
                Data token = profile.inner("token");
                if (token != null) {
                    session.print(profile.text("name") + "  " + session.word("profile.token") + " "
                            + session.time(token.maybe("until")) + " ("
                            + TimeUnit.SECONDS.toMinutes(token.number("seconds")) + " min)");
                }
                profile.list("readers").forEach(reader -> reader(session, profile.text("name"), reader));
                Data canary = profile.inner("canary");
                if (canary != null) {
                    CanaryLine.print(session, profile.text("name"), canary);
                }
                Data problem = profile.inner("problem");
                if (problem != null) {
                    session.tell(problem);
                }
            }
            Data use = answer.inner("use");
            if (use != null && use.number("looksMost") > 0) {
                session.print(session.word("profile.connections") + " " + use.text("connections") + ", "
                        + session.word("profile.looks") + " " + use.text("looks") + " / " + use.text("looksMost"));
            }
            return ExitCode.DONE;
        });
    }

    /** The second lamp: the settings may be good and the reader stand still. */
    private static void reader(Session session, String profile, Data reader) {
        String lamp = session.word(reader.text("works").equals("true") ? "test.good" : "test.bad");
        String answered = reader.maybe("answered");
        session.print(profile + "/" + reader.text("folder") + "  " + lamp + "  " + reader.text("state") + "  "
                + session.word("profile.answered") + " " + (answered == null ? "-" : session.time(answered)));
        Data receiving = reader.inner("receiving");
        if (receiving != null) {
            session.print("  " + session.word("profile.receiving") + " "
                    + Portion.of(receiving.number("bytes"), receiving.number("size")));
        }
        Data budget = reader.inner("budget");
        if (budget != null) {
            session.print("  " + session.word("profile.budget") + " "
                    + Portion.of(budget.number("used"), budget.number("bytes")) + ", "
                    + budget.number("seconds") + " s, " + session.word("profile.waiting") + " "
                    + budget.number("waiting"));
        }
        Data problem = reader.inner("problem");
        if (problem != null) {
            session.tell(problem);
        }
    }

    static Leaf resume() {
        return new Leaf(
                "profile resume", List.of(Param.one("PROFILE")), List.of(Opt.JSON, Opt.HOME), (arguments, session) -> {
                    String name = arguments.wanted(0, "PROFILE");
                    Data done = session.data(session.client()
                            .post("/profiles/" + ApiClient.encode(name) + "/resume", Map.of(), Duration.ZERO));
                    session.print(session.json() ? done.json() : name + " " + session.word("profile.resumed"));
                    return ExitCode.DONE;
                });
    }

    private static String side(@Nullable Data side) {
        if (side == null) {
            return "-";
        }
        String user = side.maybe("user");
        return side.text("kind") + " " + (user == null ? "" : user + "@") + side.text("server");
    }

    static Leaf test() {
        return new Leaf(
                "profile test", List.of(Param.one("PROFILE")), List.of(Opt.JSON, Opt.HOME), OtherCommands::test);
    }

    private static ExitCode test(Arguments arguments, Session session) {
        String name = arguments.wanted(0, "PROFILE");
        Data tested =
                session.data(session.client().post("/profiles/" + ApiClient.encode(name) + "/test", Map.of(), TEST));
        if (session.json()) {
            session.print(tested.json());
        }
        ExitCode code = ExitCode.DONE;
        for (Data step : tested.list("steps")) {
            Data problem = step.inner("problem");
            if (!session.json()) {
                String mark = session.word(problem == null ? "test.good" : "test.bad");
                session.print(session.word("test." + step.text("what")) + "  " + mark + "  " + step.text("detail"));
            }
            if (problem != null) {
                session.tell(problem);
                code = code == ExitCode.DONE ? exit(problem) : code;
            }
        }
        return code;
    }

    private static ExitCode exit(Data problem) {
        for (ExitCode code : ExitCode.values()) {
            if (Integer.toString(code.code()).equals(problem.text("exit"))) {
                return code;
            }
        }
        return ExitCode.INTERNAL;
    }

    static Leaf explain() {
        return new Leaf("explain", List.of(Param.one("ID")), List.of(Opt.JSON), OtherCommands::explain);
    }

    private static ExitCode explain(Arguments arguments, Session session) {
        String id = arguments.wanted(0, "ID");
        Optional<Explanation> found = session.messages().explain(id, session.language());
        if (found.isEmpty()) {
            Problem problem = Problem.of(MessageMessage.UNKNOWN_ID, "id", id);
            throw new Failure(List.of(new ApiProblem(problem, null, "", "", ExitCode.USAGE.code())));
        }
        if (!session.json()) {
            found.get()
                    .show(session.language())
                    .lines()
                    .forEach(line -> session.terminal().show("", line));
            return ExitCode.DONE;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", found.get().text().id());
        line.put("severity", found.get().severity().name());
        line.put("text", found.get().text().text());
        line.put("cause", found.get().text().cause());
        line.put("next", found.get().text().next());
        ExitCode exit = found.get().exit();
        if (exit != null) {
            line.put("exit", exit.code());
        }
        session.print(Json.write(line));
        return ExitCode.DONE;
    }
}
