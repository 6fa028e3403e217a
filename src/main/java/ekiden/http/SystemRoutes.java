package ekiden.http;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.manager.Command;
import ekiden.model.run.Alarm;
import ekiden.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** Health, the description of the API, alarms, mail profiles. */
final class SystemRoutes {
    private final Store store;
    private final Profiles profiles;
    private final BooleanSupplier ready;
    private final Answers answers;
    private final Commands commands;
    private final ApiLimits limits;
    private final Semaphore tests;

    SystemRoutes(ApiBackend backend, Answers answers, Commands commands, ApiLimits limits) {
        this.store = backend.store();
        this.profiles = backend.profiles();
        this.ready = backend.ready();
        this.answers = answers;
        this.commands = commands;
        this.limits = limits;
        this.tests = new Semaphore(limits.tests());
    }

    List<Route> routes() {
        return List.of(
                Route.open("/api/v1/health", this::health),
                Route.get("/api/v1/openapi.yaml", this::description),
                Route.get("/api/v1/alarms", this::alarms),
                Route.post("/api/v1/alarms/{alarm}/clear", this::clear),
                Route.get("/api/v1/profiles", this::profiles),
                Route.post("/api/v1/profiles/{profile}/test", this::test));
    }

    private Response health(Request request) {
        boolean all = ready.getAsBoolean();
        return new Response.Value(all ? 200 : 503, new Views.Health("ekiden", all));
    }

    private Response description(Request request) {
        try (InputStream in = SystemRoutes.class.getResourceAsStream("/ekiden/openapi.yaml")) {
            byte[] text = Objects.requireNonNull(in, "the jar is not whole").readAllBytes();
            return new Response.Text("application/yaml", new String(text, StandardCharsets.UTF_8));
        } catch (IOException wrong) {
            throw new IllegalStateException("the jar cannot be read", wrong);
        }
    }

    private Response alarms(Request request) {
        boolean openOnly = request.flag("open", true);
        int limit = request.limit(limits);
        List<Alarm> alarms = store.read(tx -> tx.alarms().list(openOnly, limit));
        return new Response.Value(new Views.Alarms(
                alarms.stream().map(alarm -> view(alarm, request.language())).toList()));
    }

    private Views.AlarmView view(Alarm alarm, Locale language) {
        return new Views.AlarmView(
                alarm.id(), alarm.key(), answers.view(alarm.problem(), language), alarm.since(), alarm.cleared());
    }

    private Response clear(Request request) {
        commands.carryOut(new Command.ClearAlarm(request.numberPart("alarm")));
        return new Response.Value(new Views.Done(true));
    }

    private Response profiles(Request request) {
        List<Views.ProfileView> views = profiles.list().stream()
                .map(profile -> new Views.ProfileView(
                        profile.name(),
                        profile.receive(),
                        profile.send(),
                        profile.from(),
                        profile.token(),
                        answers.viewOrNull(profile.problem(), request.language()),
                        profile.readers().stream()
                                .map(reader -> reader(reader, request.language()))
                                .toList(),
                        profile.canary()))
                .toList();
        return new Response.Value(new Views.ProfileList(views, profiles.use()));
    }

    private Views.ReaderView reader(Profiles.Reader reader, Locale language) {
        return new Views.ReaderView(
                reader.folder(),
                reader.state(),
                reader.problem() == null && reader.answered() != null,
                reader.answered(),
                reader.looks(),
                reader.connections(),
                reader.bytes(),
                reader.receiving(),
                reader.connected(),
                reader.budget(),
                answers.viewOrNull(reader.problem(), language));
    }

    private Response test(Request request) {
        if (!tests.tryAcquire()) {
            throw Refusal.of(ApiMessage.TOO_MANY_TESTS, "limit", limits.tests());
        }
        try {
            String name = request.part("profile");
            return switch (profiles.test(name)) {
                case Result.Ok<List<Profiles.Step>>(List<Profiles.Step> steps) ->
                    new Response.Value(tested(name, steps, request.language()));
                case Result.Failed<List<Profiles.Step>>(Problem problem) -> throw answers.refusal(problem);
            };
        } finally {
            tests.release();
        }
    }

    private Views.Tested tested(String name, List<Profiles.Step> steps, Locale language) {
        List<Views.StepView> views = steps.stream()
                .map(step -> new Views.StepView(
                        step.what(),
                        step.problem() == null,
                        step.detail(),
                        answers.viewOrNull(step.problem(), language)))
                .toList();
        return new Views.Tested(name, views.stream().allMatch(Views.StepView::ok), views);
    }
}
