package ekiden.http;

import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.definition.DefinitionReading;
import ekiden.definition.JobnetTree;
import ekiden.definition.UnitDiff;
import ekiden.definition.yaml.DefinitionYaml;
import ekiden.manager.Command;
import ekiden.manager.ManagerMessage;
import ekiden.manager.Reply;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.UnitName;
import ekiden.store.Definitions.Definition;
import ekiden.store.Store;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Definitions of units. */
final class UnitRoutes {
    private static final int NOT_RIGHT = 422;

    private final Store store;
    private final Profiles profiles;
    private final StoredBytes bytes;
    private final Ids ids;
    private final Answers answers;
    private final Commands commands;

    UnitRoutes(ApiBackend backend, Answers answers, Commands commands) {
        this.store = backend.store();
        this.profiles = backend.profiles();
        this.bytes = backend.bytes();
        this.ids = backend.ids();
        this.answers = answers;
        this.commands = commands;
    }

    /** A definition as a request brings it. */
    record File(
            @Nullable String text,
            @Nullable String folder,
            @Nullable String file) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/units", this::list),
                Route.post("/api/v1/units", this::define),
                Route.post("/api/v1/units/check", this::check),
                Route.post("/api/v1/units/diff", this::diff),
                Route.get("/api/v1/units/{unit}", this::one),
                Route.delete("/api/v1/units/{unit}", this::delete));
    }

    private Response list(Request request) {
        List<Definition> all = store.read(tx -> tx.definitions().list());
        return new Response.Value(
                new Views.Units(all.stream().map(UnitRoutes::summary).toList()));
    }

    private Response define(Request request) {
        File file = request.json(File.class);
        Jobnet jobnet = jobnet(file);
        Reply reply = commands.carryOut(new Command.Define(ids.next(), jobnet, folder(file)));
        if (reply instanceof Reply.Defined(Definition definition, boolean changed)) {
            return new Response.Value(new Views.Defined(summary(definition), changed));
        }
        throw new IllegalStateException("not a reply to a definition: " + reply);
    }

    private Response check(Request request) {
        Jobnet jobnet = jobnet(request.json(File.class));
        return new Response.Value(
                new Views.Checked(jobnet.name().value(), jobnet.jobs().size()));
    }

    private Response diff(Request request) {
        Jobnet now = jobnet(request.json(File.class));
        String unit = now.name().value();
        Optional<Definition> before = store.read(tx -> tx.definitions().current(unit));
        List<Views.Change> changes = before.map(old -> UnitDiff.between(old.jobnet(), now)).orElse(List.of()).stream()
                .map(UnitRoutes::change)
                .toList();
        return new Response.Value(new Views.Diff(unit, before.isPresent(), changes));
    }

    private static Views.Change change(UnitDiff.Change change) {
        return switch (change) {
            case UnitDiff.Added(String key, String now) -> new Views.Change(key, "ADDED", null, now);
            case UnitDiff.Removed(String key, String before) -> new Views.Change(key, "REMOVED", before, null);
            case UnitDiff.Changed(String key, String before, String now) ->
                new Views.Change(key, "CHANGED", before, now);
        };
    }

    private Response one(Request request) {
        String unit = name(request.part("unit"));
        Definition definition = store.read(tx -> tx.definitions().current(unit))
                .orElseThrow(() -> answers.refusal(Problem.of(ManagerMessage.NO_UNIT, "unit", unit)));
        return new Response.Value(new Views.Unit(
                unit,
                definition.version(),
                definition.id(),
                definition.folder(),
                definition.at(),
                JobnetTree.of(definition.jobnet()),
                DefinitionYaml.write(definition.jobnet())));
    }

    private Response delete(Request request) {
        String unit = name(request.part("unit"));
        boolean mails = request.flag("mails", false);
        try {
            commands.carryOut(new Command.Delete(unit));
        } finally {
            // also when it is gone already: a second word removes what the first one was stopped at
            if (mails && UnitName.parse(unit).filter(UnitName::temporary).isPresent()) {
                new AbandonedMails(store, bytes).remove(unit);
            }
        }
        return new Response.Value(new Views.Done(true));
    }

    /** A unit's name in its stored form, or the text as it is: then there is no such unit. */
    static String name(String text) {
        return UnitName.parse(text).map(UnitName::value).orElse(text);
    }

    private Set<String> units() {
        return store.read(tx -> tx.definitions().list()).stream()
                .map(one -> one.jobnet().name().value())
                .collect(Collectors.toSet());
    }

    private Jobnet jobnet(File file) {
        String text = Request.wanted(file.text(), "text");
        String name = file.file() == null ? "definition" : file.file();
        DefinitionReading reading =
                DefinitionYaml.read(name, text, profiles.known().withUnits(units()));
        return switch (reading) {
            case DefinitionReading.Read(Jobnet jobnet) -> jobnet;
            case DefinitionReading.Wrong(List<Problem> problems) -> throw new Refusal(NOT_RIGHT, problems);
        };
    }

    private static String folder(File file) {
        String folder = Request.wanted(file.folder(), "folder");
        try {
            Path path = Path.of(folder);
            if (path.isAbsolute()) {
                return path.normalize().toString();
            }
        } catch (InvalidPathException wrong) {
            throw Refusal.of(ApiMessage.BAD_FOLDER, "folder", folder);
        }
        throw Refusal.of(ApiMessage.BAD_FOLDER, "folder", folder);
    }

    private static Views.UnitSummary summary(Definition definition) {
        Jobnet jobnet = definition.jobnet();
        return new Views.UnitSummary(
                jobnet.name().value(),
                definition.version(),
                definition.id(),
                definition.folder(),
                definition.at(),
                jobnet.start() != null,
                jobnet.name().temporary(),
                jobnet.jobs().size());
    }
}
