package ekiden.cli;

import ekiden.base.ExitCode;
import ekiden.http.client.ApiClient;
import ekiden.model.definition.UnitName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ekiden unit …}. */
final class UnitCommands {
    private static final Param FILES = Param.some("FILE");
    private static final Param UNIT = Param.one("UNIT");

    private UnitCommands() {}

    static Leaf define() {
        return new Leaf("unit define", List.of(FILES), List.of(Opt.JSON, Opt.HOME), (arguments, session) -> {
            ApiClient client = session.client();
            for (String shown : arguments.words()) {
                Data defined = session.data(client.post("/units", body(arguments, shown), Duration.ZERO));
                Data unit = unit(defined);
                if (session.json()) {
                    session.print(defined.json());
                } else {
                    String word = session.word(defined.flag("changed") ? "unit.defined" : "unit.unchanged");
                    session.print(unit.text("unit") + " " + word + " (" + session.word("unit.version") + " "
                            + unit.number("version") + ")");
                }
            }
            return ExitCode.DONE;
        });
    }

    private static Data unit(Data defined) {
        Data unit = defined.inner("unit");
        if (unit == null) {
            throw Failure.of(CliMessage.OTHER_RELEASE, "what", "unit");
        }
        return unit;
    }

    private static Map<String, String> body(Arguments arguments, String shown) {
        DefinitionFile file = DefinitionFile.read(arguments.path("FILE", shown), shown);
        Map<String, String> body = new LinkedHashMap<>();
        body.put("text", file.text());
        body.put("folder", file.folder().toString());
        body.put("file", shown);
        return body;
    }

    private static String start(Data unit) {
        if (unit.flag("temporary")) {
            return "unit.temporary";
        }
        return unit.flag("startsByMail") ? "unit.by-mail" : "unit.by-hand";
    }

    static Leaf list() {
        return new Leaf("unit list", List.of(), List.of(Opt.JSON, Opt.HOME), (arguments, session) -> {
            List<Data> units = session.data(session.client().get("/units")).list("units");
            if (session.json()) {
                units.forEach(unit -> session.print(unit.json()));
                return ExitCode.DONE;
            }
            Table table = new Table()
                    .name(session.word("col.unit"))
                    .whole(session.word("col.version"))
                    .whole(session.word("col.jobs"))
                    .whole(session.word("col.start"))
                    .time(session.word("col.defined"));
            for (Data unit : units) {
                table.row(
                        unit.text("unit"),
                        unit.text("version"),
                        unit.text("jobs"),
                        session.word(start(unit)),
                        session.time(unit.maybe("defined")));
            }
            session.print(table, session.word("unit.none"));
            return ExitCode.DONE;
        });
    }

    static Leaf show() {
        return new Leaf("unit show", List.of(UNIT), List.of(Opt.JSON, Opt.HOME), (arguments, session) -> {
            Data unit = session.data(session.client().get(path(arguments)));
            if (session.json()) {
                session.print(unit.json());
            } else {
                session.print("# " + session.word("unit.version") + " " + unit.text("version") + ", "
                        + session.time(unit.maybe("defined")) + ", " + unit.text("folder"));
                session.terminal().out().print(unit.text("yaml"));
            }
            return ExitCode.DONE;
        });
    }

    static Leaf diff() {
        return new Leaf("unit diff", List.of(Param.one("FILE")), List.of(Opt.JSON, Opt.HOME), (arguments, session) -> {
            Map<String, String> body = body(arguments, arguments.wanted(0, "FILE"));
            Data diff = session.data(session.client().post("/units/diff", body, Duration.ZERO));
            if (session.json()) {
                session.print(diff.json());
                return ExitCode.DONE;
            }
            if (!diff.flag("defined")) {
                session.print(diff.text("unit") + " " + session.word("unit.not-defined"));
            } else if (diff.list("changes").isEmpty()) {
                session.print(diff.text("unit") + " " + session.word("unit.unchanged"));
            }
            diff.list("changes").forEach(change -> session.print(change(change)));
            return ExitCode.DONE;
        });
    }

    private static String change(Data change) {
        String key = change.text("key");
        String before = change.maybe("before");
        String now = change.maybe("now");
        if (before == null) {
            return "+ " + key + ": " + now;
        }
        return now == null ? "- " + key + ": " + before : "~ " + key + ": " + before + " → " + now;
    }

    static Leaf delete() {
        return new Leaf("unit delete", List.of(UNIT), List.of(Opt.JSON, Opt.HOME), (arguments, session) -> {
            boolean temporary = UnitName.parse(name(arguments.wanted(0, "UNIT")))
                    .filter(UnitName::temporary)
                    .isPresent();
            Data done = session.data(session.client().delete(path(arguments) + (temporary ? "?mails=true" : "")));
            session.print(
                    session.json()
                            ? done.json()
                            : name(arguments.wanted(0, "UNIT")) + " " + session.word("unit.deleted"));
            return ExitCode.DONE;
        });
    }

    private static String path(Arguments arguments) {
        return "/units/" + ApiClient.encode(name(arguments.wanted(0, "UNIT")));
    }

    /** A unit's full name; people leave the first slash out. */
    static String name(String unit) {
        return unit.startsWith("/") ? unit : "/" + unit;
    }
}
