package ekiden.http;

import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.json.Json;
import ekiden.manager.Command;
import ekiden.manager.ManagerMessage;
import ekiden.manager.Reply;
import ekiden.message.Languages;
import ekiden.model.mail.Returned;
import ekiden.model.run.AttemptId;
import ekiden.model.run.JobRun;
import ekiden.model.run.RecordedEvent;
import ekiden.model.run.Rerun;
import ekiden.model.run.Run;
import ekiden.store.EventJson;
import ekiden.store.Store;
import ekiden.store.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs, their events, and what their jobs wrote. */
final class RunRoutes {
    private static final int UUID_LENGTH = 36;

    private final Store store;
    private final StoredBytes bytes;
    private final Answers answers;
    private final Commands commands;
    private final Waiters waiters;
    private final ApiLimits limits;

    RunRoutes(ApiBackend backend, Answers answers, Commands commands, Waiters waiters, ApiLimits limits) {
        this.store = backend.store();
        this.bytes = backend.bytes();
        this.answers = answers;
        this.commands = commands;
        this.waiters = waiters;
        this.limits = limits;
    }

    /** What a rerun asks for: which jobs with their last attempts, and {@code AGAIN}, {@code RESEND} or {@code ASSUME_SENT}. */
    record Again(@Nullable List<Which> jobs, Rerun.@Nullable How how) {
        /** One of the jobs. */
        record Which(@Nullable String job, int attempt) {}
    }

    /** What a start asks for. */
    record Start(@Nullable String id, @Nullable String unit) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/runs", this::list),
                Route.post("/api/v1/runs", this::start),
                Route.get("/api/v1/runs/{run}", this::one),
                Route.post("/api/v1/runs/{run}/kill", this::kill),
                Route.post("/api/v1/runs/{run}/rerun", this::rerun),
                Route.get("/api/v1/runs/{run}/events", this::events),
                Route.get("/api/v1/runs/{run}/jobs/{job}/log", this::log));
    }

    private Response list(Request request) {
        String given = request.text("unit");
        String unit = given == null ? null : UnitRoutes.name(given);
        int limit = request.limit(limits);
        List<Run> runs = store.read(tx -> tx.runs().list(unit, limit));
        return new Response.Value(new Views.Runs(
                runs.stream().map(run -> view(run, false, request.language())).toList()));
    }

    private Response start(Request request) {
        Start start = request.json(Start.class);
        String unit = UnitRoutes.name(Request.wanted(start.unit(), "unit"));
        UUID id = version7(Request.wanted(start.id(), "id"));
        Reply reply = commands.carryOut(new Command.StartRun(id, unit));
        if (!(reply instanceof Reply.Started(Run run))) {
            throw new IllegalStateException("not a reply to a start: " + reply);
        }
        if (!run.unit().equals(unit)) {
            throw Refusal.of(ApiMessage.ID_TAKEN, "id", id, "unit", run.unit());
        }
        return new Response.Value(view(run, true, request.language()));
    }

    private static UUID version7(String text) {
        UUID id = uuid(text).filter(one -> one.version() == 7).orElse(null);
        if (id == null) {
            throw Refusal.of(
                    ApiMessage.BAD_PARAMETER,
                    "name",
                    "id",
                    "value",
                    text,
                    "expected",
                    "a UUID of version 7 (RFC 9562)");
        }
        return id;
    }

    /** {@code UUID.fromString} takes shortened forms, which would be other names of the same run. */
    private static Optional<UUID> uuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private Response one(Request request) {
        Run run = run(request);
        return new Response.Value(view(run, true, request.language()));
    }

    private Response kill(Request request) {
        Run run = run(request);
        commands.carryOut(new Command.KillRun(run.id()));
        return new Response.Value(new Views.Done(true));
    }

    private Response rerun(Request request) {
        Again asked = request.json(Again.class);
        Run run = run(request);
        if (asked.jobs() == null || asked.how() == null) {
            throw Refusal.of(ApiMessage.BAD_BODY, "reason", (asked.jobs() == null ? "jobs" : "how") + " is missing");
        }
        List<Rerun.Which> jobs = asked.jobs().stream()
                .map(which -> new Rerun.Which(Request.wanted(which.job(), "job"), which.attempt()))
                .toList();
        commands.carryOut(new Command.RerunRun(run.id(), new Rerun(jobs, asked.how(), "person")));
        return new Response.Value(view(
                store.read(tx -> tx.runs().find(run.id())).orElse(run), true, request.language()));
    }

    private Run run(Request request) {
        String name = request.part("run");
        return store.read(tx -> find(tx, name))
                .orElseThrow(() -> answers.refusal(Problem.of(ManagerMessage.NO_RUN, "run", name)));
    }

    /** By id, or by {@code /unit#number}. */
    static Optional<Run> find(Transaction tx, String name) {
        int hash = name.lastIndexOf('#');
        if (hash < 0) {
            return uuid(name).flatMap(tx.runs()::find);
        }
        try {
            long number = Long.parseLong(name.substring(hash + 1));
            return tx.runs().find(UnitRoutes.name(name.substring(0, hash)), number);
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    private record News(List<RecordedEvent> events, Run run) {}

    private Response events(Request request) {
        long after = request.number("after", 0, 0, Long.MAX_VALUE);
        long seconds = request.number("wait", 0, 0, limits.longestWait().toSeconds());
        int limit = request.limit(limits);
        UUID id = run(request).id();
        News news = waiters.await(
                Duration.ofSeconds(seconds),
                () -> news(id, after, limit),
                found -> !found.events().isEmpty() || found.run().status().ended());
        List<Map<String, Object>> events = news.events().stream()
                .map(event -> Json.readMap(EventJson.CURRENT.write(event)))
                .toList();
        boolean over = news.run().status().ended() && events.size() < limit;
        return new Response.Value(new Views.Events(events, over, news.run().status()));
    }

    private News news(UUID id, long after, int limit) {
        return store.read(tx -> tx.runs().find(id).map(run -> new News(tx.runs().history(id, after, limit), run)))
                .orElseThrow(() -> answers.refusal(Problem.of(ManagerMessage.NO_RUN, "run", id)));
    }

    private Response log(Request request) {
        Run run = run(request);
        JobRun job = job(run, request.part("job"));
        int attempt = (int) request.number("attempt", job.attempt(), 1, Integer.MAX_VALUE);
        StoredBytes.Output output = output(request.text("stream"));
        long offset = request.number("offset", 0, 0, Long.MAX_VALUE);
        long most = request.number("limit", limits.output(), 1, limits.output());
        boolean over = attempt < job.attempt() || job.status().ended();
        try {
            StoredBytes.Piece piece = bytes.output(new AttemptId(run.id(), job.name(), attempt), output)
                    .orElseThrow(() -> Refusal.of(
                            ApiMessage.NO_OUTPUT, "run", run.label(), "job", job.name(), "attempt", attempt));
            long size = piece.size();
            long length = Math.clamp(size - offset, 0, most);
            Map<String, String> headers = Map.of(
                    "Ekiden-Attempt", Integer.toString(attempt),
                    "Ekiden-Next-Offset", Long.toString(offset + length),
                    "Ekiden-Size", Long.toString(size),
                    "Ekiden-Left-Out", Long.toString(piece.leftOut()),
                    "Ekiden-Over", Boolean.toString(over));
            return new Response.Bytes("application/octet-stream", piece, offset, length, headers);
        } catch (IOException wrong) {
            throw Refusal.of(
                    ApiMessage.UNREADABLE_BYTES, "what", run.label() + " " + job.name(), "reason", Reason.of(wrong));
        }
    }

    private static JobRun job(Run run, String name) {
        return run.jobs().stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.of(ApiMessage.NO_JOB, "run", run.label(), "job", name));
    }

    private static StoredBytes.Output output(@Nullable String word) {
        if (word == null || word.equals("stdout")) {
            return StoredBytes.Output.STDOUT;
        }
        if (word.equals("stderr")) {
            return StoredBytes.Output.STDERR;
        }
        throw Refusal.of(ApiMessage.BAD_PARAMETER, "name", "stream", "value", word, "expected", "stdout or stderr");
    }

    private Views.RunView view(Run run, boolean jobs, Locale language) {
        boolean japanese = Languages.japanese(language);
        return new Views.RunView(
                run.id(),
                run.label(),
                run.unit(),
                run.number(),
                run.definition(),
                run.status(),
                japanese ? run.status().japanese() : run.status().english(),
                run.status().ended(),
                run.killing(),
                mail(run.claim()),
                run.bounce(),
                answers.viewOrNull(run.problem(), language),
                run.created(),
                run.started(),
                run.ended(),
                jobs ? jobs(run, language) : null);
    }

    private List<Views.JobView> jobs(Run run, Locale language) {
        List<Returned> returned = store.read(tx -> tx.sentMails().of(run.id()));
        return run.jobs().stream()
                .map(job -> view(job, returned(job, returned), language))
                .toList();
    }

    private static @Nullable List<Views.ReturnedView> returned(JobRun job, List<Returned> all) {
        List<Views.ReturnedView> its = all.stream()
                .filter(one -> one.job().equals(job.name()))
                .map(one -> new Views.ReturnedView(
                        one.recipient().address(),
                        one.recipient().action(),
                        one.recipient().status(),
                        one.recipient().diagnostic(),
                        one.mail(),
                        one.at()))
                .toList();
        return its.isEmpty() ? null : its;
    }

    private Views.JobView view(JobRun job, @Nullable List<Views.ReturnedView> returned, Locale language) {
        boolean japanese = Languages.japanese(language);
        return new Views.JobView(
                job.name(),
                job.status(),
                japanese ? job.status().japanese() : job.status().english(),
                job.attempt(),
                job.killing(),
                job.exitCode(),
                mail(job.claim()),
                answers.viewOrNull(job.problem(), language),
                job.started(),
                job.ended(),
                returned);
    }

    /** The number of the mail in a claim's id. */
    private static @Nullable Long mail(@Nullable String claim) {
        return claim == null ? null : Long.valueOf(claim.substring(0, claim.indexOf('@')));
    }
}
