package ekiden.cli;

import ekiden.agent.AgentMessage;
import ekiden.base.ExitCode;
import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.http.client.Answer;
import ekiden.http.client.ApiClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ekiden run …}. */
final class RunCommands {
    private static final Param RUN = Param.one("RUN");
    private static final int MOST = 1_000;
    private static final int USUAL = 20;

    private RunCommands() {}

    static Leaf start() {
        return new Leaf(
                "run start",
                List.of(Param.one("UNIT")),
                List.of(Opt.flag("--wait"), Opt.of("--timeout", "T"), Opt.JSON, Opt.HOME),
                RunCommands::start);
    }

    private static ExitCode start(Arguments arguments, Session session) {
        Duration timeout = arguments.duration("--timeout");
        if (timeout != null && !arguments.flag("--wait")) {
            throw Failure.of(CliMessage.MISSING, "command", "ekiden run start", "missing", "--wait");
        }
        Map<String, String> body = new LinkedHashMap<>();
        body.put("id", new Ids(session.terminal().clock()).next().toString());
        body.put("unit", UnitCommands.name(arguments.wanted(0, "UNIT")));
        Data run = session.data(session.client().post("/runs", body, Duration.ZERO));
        boolean wait = arguments.flag("--wait");
        if (!session.json()) {
            session.print(run.text("id"));
            session.terminal().out().flush();
        } else if (!wait) {
            session.print(run.json());
        }
        return wait ? new RunWatch(session, run.text("id"), timeout, false).follow() : ExitCode.DONE;
    }

    static Leaf list() {
        return new Leaf(
                "run list", List.of(Param.maybe("UNIT")), List.of(Opt.LIMIT, Opt.JSON, Opt.HOME), RunCommands::list);
    }

    private static ExitCode list(Arguments arguments, Session session) {
        String unit = arguments.word(0);
        long limit = arguments.number("--limit", USUAL, 1, MOST);
        String query = "?limit=" + limit + (unit == null ? "" : "&unit=" + ApiClient.encode(UnitCommands.name(unit)));
        List<Data> runs = session.data(session.client().get("/runs" + query)).list("runs");
        if (session.json()) {
            runs.forEach(run -> session.print(run.json()));
            return ExitCode.DONE;
        }
        Table table = new Table()
                .name(session.word("col.run"))
                .whole(session.word("col.status"))
                .time(session.word("col.created"))
                .time(session.word("col.ended"))
                .whole(session.word("col.mail"));
        for (Data run : runs) {
            table.row(
                    run.text("label"),
                    run.text("statusText"),
                    session.time(run.maybe("created")),
                    session.time(run.maybe("ended")),
                    run.text("mail"));
        }
        session.print(table, session.word("run.none"));
        return ExitCode.DONE;
    }

    static Leaf show() {
        return new Leaf("run show", List.of(RUN), List.of(Opt.JSON, Opt.HOME), (arguments, session) -> {
            Data run = session.data(session.client().get(path(arguments)));
            if (session.json()) {
                session.print(run.json());
            } else {
                show(session, run);
            }
            return ExitCode.DONE;
        });
    }

    static void show(Session session, Data run) {
        session.field("field.run", run.text("label"));
        session.field("field.id", run.text("id"));
        session.field("field.status", run.text("statusText"));
        session.field("field.mail", run.maybe("mail"));
        Data bounce = run.inner("bounce");
        if (bounce != null) {
            session.field("field.bounce", bounce.text("run") + " " + bounce.text("job") + " " + bounce.text("mail"));
        }
        session.field("field.created", session.time(run.maybe("created")));
        session.field("field.started", session.time(run.maybe("started")));
        session.field("field.ended", session.time(run.maybe("ended")));
        problem(session, run);
        Table table = new Table()
                .name(session.word("col.job"))
                .whole(session.word("col.status"))
                .whole(session.word("col.attempt"))
                .whole(session.word("col.code"))
                .whole(session.word("col.mail"))
                .time(session.word("col.started"))
                .time(session.word("col.ended"));
        for (Data job : run.list("jobs")) {
            table.row(
                    job.text("name"),
                    job.text("statusText"),
                    job.text("attempt"),
                    job.text("exitCode"),
                    job.text("mail"),
                    session.time(job.maybe("started")),
                    session.time(job.maybe("ended")));
        }
        session.print("");
        session.print(table, "");
        run.list("jobs").forEach(job -> problem(session, job));
        returned(session, run);
    }

    /** What came back of the mails that its jobs sent. */
    private static void returned(Session session, Data run) {
        Table table = new Table()
                .name(session.word("col.job"))
                .whole(session.word("col.recipient"))
                .whole(session.word("col.returned"))
                .whole(session.word("col.code"))
                .whole(session.word("col.mail"))
                .cut(session.word("col.words"));
        boolean any = false;
        for (Data job : run.list("jobs")) {
            for (Data one : job.list("returned")) {
                any = true;
                table.row(
                        job.text("name"),
                        one.text("recipient"),
                        session.word("returned." + one.text("action")),
                        one.text("status"),
                        one.text("mail"),
                        one.text("diagnostic"));
            }
        }
        if (any) {
            session.print("");
            session.print(table, "");
        }
    }

    private static void problem(Session session, Data from) {
        Data problem = from.inner("problem");
        if (problem != null) {
            session.tell(problem);
        }
    }

    static Leaf watch() {
        return new Leaf(
                "run watch",
                List.of(RUN),
                List.of(Opt.of("--timeout", "T"), Opt.JSON, Opt.HOME),
                (arguments, session) -> new RunWatch(
                                session, label(arguments.wanted(0, "RUN")), arguments.duration("--timeout"), true)
                        .follow());
    }

    static Leaf kill() {
        return new Leaf("run kill", List.of(RUN), List.of(Opt.JSON, Opt.HOME), (arguments, session) -> {
            Data done = session.data(session.client().post(path(arguments) + "/kill", Map.of(), Duration.ZERO));
            session.print(session.json() ? done.json() : session.word("run.killing"));
            return ExitCode.DONE;
        });
    }

    static Leaf log() {
        return new Leaf(
                "run log",
                List.of(RUN, Param.maybe("JOB")),
                List.of(Opt.of("--attempt", "N"), Opt.flag("--stderr"), Opt.flag("--follow"), Opt.HOME),
                RunCommands::log);
    }

    private static ExitCode log(Arguments arguments, Session session) {
        String run = label(arguments.wanted(0, "RUN"));
        String job = arguments.word(1);
        Data found = session.data(session.client().get("/runs/" + ApiClient.encode(run)));
        if (job == null) {
            // what a command wrote stays as it is
            ReceiptLines.of(session, found.maybe("mail"))
                    .forEach(session.terminal().err()::println);
        }
        String name = job == null ? onlyJob(found) : job;
        List<String> receipt = ReceiptLines.of(session, mailOf(found, name));
        if (!receipt.isEmpty()) {
            receipt.forEach(session::print);
            return ExitCode.DONE;
        }
        long attempt = arguments.number("--attempt", 0, 1, Integer.MAX_VALUE);
        String path = "/runs/" + ApiClient.encode(run) + "/jobs/" + ApiClient.encode(name) + "/log?stream="
                + (arguments.flag("--stderr") ? "stderr" : "stdout") + (attempt == 0 ? "" : "&attempt=" + attempt);
        long offset = 0;
        while (true) {
            Answer.Good piece = session.good(session.client()
                    .get(path + "&offset=" + offset, session.terminal().out()));
            session.terminal().out().flush();
            long next = header(piece, "ekiden-next-offset", offset);
            boolean all = next >= header(piece, "ekiden-size", next);
            boolean over =
                    !arguments.flag("--follow") || "true".equals(piece.headers().get("ekiden-over"));
            if ((all && over) || session.terminal().out().checkError()) {
                tellLeftOut(session, header(piece, "ekiden-left-out", 0));
                return ExitCode.DONE;
            }
            if (all && !session.terminal().pause().pause(RunWatch.AGAIN)) {
                return ExitCode.DONE;
            }
            offset = next;
        }
    }

    private static void tellLeftOut(Session session, long bytes) {
        if (bytes > 0) {
            session.tell(Problem.of(AgentMessage.OUTPUT_CUT, "bytes", bytes));
        }
    }

    private static long header(Answer.Good piece, String name, long absent) {
        String value = piece.headers().get(name);
        if (value == null || !value.matches("[0-9]{1,18}")) {
            return absent;
        }
        return Long.parseLong(value);
    }

    /** The mail that ended a job which waited for one. */
    private static @Nullable String mailOf(Data run, String name) {
        return run.list("jobs").stream()
                .filter(job -> job.text("name").equals(name))
                .findFirst()
                .map(job -> job.maybe("mail"))
                .orElse(null);
    }

    /** The job that is meant where none is named: the only one that has begun, or the only one at all. */
    private static String onlyJob(Data found) {
        List<String> all =
                found.list("jobs").stream().map(job -> job.text("name")).toList();
        List<String> commands = found.list("jobs").stream()
                .filter(job ->
                        job.maybe("exitCode") != null || job.text("status").equals("RUNNING"))
                .map(job -> job.text("name"))
                .toList();
        List<String> likely = commands.isEmpty() ? all : commands;
        if (likely.size() == 1) {
            return likely.getFirst();
        }
        throw Failure.of(CliMessage.WHICH_JOB, "run", found.text("label"), "jobs", String.join(", ", all));
    }

    private static String path(Arguments arguments) {
        return "/runs/" + ApiClient.encode(label(arguments.wanted(0, "RUN")));
    }

    /** An id, or {@code /unit#number}; people leave the first slash out. */
    static String label(@Nullable String run) {
        String name = run == null ? "" : run;
        return name.indexOf('#') >= 0 ? UnitCommands.name(name) : name;
    }
}
