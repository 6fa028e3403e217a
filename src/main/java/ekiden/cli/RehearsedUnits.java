package ekiden.cli;

import ekiden.base.Result;
import ekiden.definition.UnfilledConditions;
import ekiden.engine.ClaimDecider;
import ekiden.mail.match.MatchResult;
import ekiden.mail.match.MatchResult.Judgement;
import ekiden.mail.match.Matcher;
import ekiden.mail.match.TestedMail;
import ekiden.mail.mime.Message;
import ekiden.mail.save.FolderNames;
import ekiden.mail.save.NameTemplate;
import ekiden.mail.save.SaveExtras;
import ekiden.mail.save.SaveNames;
import ekiden.mail.save.SaveOrder;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.NamePattern;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.SaveOptions;
import ekiden.model.definition.SaveRule;
import ekiden.model.mail.Surroundings;
import ekiden.model.run.Watch;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The start conditions and receive-mail jobs of some jobnets, as if all of them waited now, and what they would do with a mail. */
final class RehearsedUnits {
    /** Stands for what only a run knows: its number. */
    private static final String NUMBER = "N";

    /** So that ids sort as their numbers do. */
    private static final int MOST = 1_000_000;

    private final List<Place> places = new ArrayList<>();
    private final Path files;
    private final Instant now;
    private final ZoneId zone;
    private final Function<String, Surroundings> surroundings;

    /** Where something waits: a start condition, or a job. */
    private record Place(String unit, @Nullable String job, ReceiveMail rule, Watch watch) {}

    /**
     * @param surroundings what must be known beside a mail, by the name of the profile
     * @param terminal has the time and its zone
     */
    RehearsedUnits(List<Jobnet> jobnets, Path files, Function<String, Surroundings> surroundings, Terminal terminal) {
        this.files = files;
        this.now = terminal.clock().now();
        this.zone = terminal.zone().get();
        this.surroundings = surroundings;
        for (Jobnet jobnet : jobnets) {
            if (jobnet.start() != null) {
                add(jobnet, null, jobnet.start());
            }
            for (Job job : jobnet.jobs()) {
                if (job.work() instanceof ReceiveMail receive) {
                    add(jobnet, job.name(), receive);
                }
            }
        }
    }

    private void add(Jobnet jobnet, @Nullable String job, ReceiveMail rule) {
        int number = places.size();
        Watch watch = new Watch(
                Integer.toString(MOST + number),
                jobnet.name().value(),
                new UUID(0, number),
                null,
                rule,
                Instant.EPOCH,
                0,
                0,
                true,
                null);
        places.add(new Place(jobnet.name().value(), job, rule, watch));
    }

    /** A mail as it was read for a profile. */
    record Read(TestedMail mail, Message message) {}

    /** {@return the profiles that are named, at least one} */
    Stream<String> profiles() {
        return places.isEmpty() ? Stream.of("") : places.stream().map(place -> place.rule.profile());
    }

    /** One object for each place, as {@code docs/cli.md} describes it. */
    List<Map<String, Object>> of(Function<String, Read> readings) {
        List<MatchResult> results = places.stream()
                .map(place -> Matcher.test(
                        UnfilledConditions.known(place.rule.conditions()),
                        readings.apply(place.rule.profile())
                                .mail()
                                .within(null, surroundings.apply(place.rule.profile()))))
                .toList();
        List<Watch> matching = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            boolean certain = !UnfilledConditions.depend(places.get(i).rule.conditions());
            if (certain && results.get(i).matched()) {
                matching.add(places.get(i).watch);
            }
        }
        List<Watch> takers = ClaimDecider.takers(matching, List.of());
        List<Map<String, Object>> objects = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            objects.add(object(
                    place,
                    results.get(i),
                    takers.contains(place.watch),
                    readings.apply(place.rule.profile()).message()));
        }
        return objects;
    }

    private Map<String, Object> object(Place place, MatchResult result, boolean taker, Message message) {
        List<Object> conditions = new ArrayList<>();
        result.judgements().forEach(one -> conditions.add(object(one)));
        boolean depends = UnfilledConditions.depend(place.rule.conditions());
        String verdict = switch (result.verdict()) {
            case MISSED -> "NO_MATCH";
            case OPEN -> "NOT_KNOWN";
            case MET -> depends ? "DEPENDS" : taker ? "WOULD_TAKE" : "LEFT_TO_OTHERS";
        };
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("unit", place.unit);
        if (place.job != null) {
            object.put("job", place.job);
        }
        object.put("profile", place.rule.profile());
        object.put("verdict", verdict);
        object.put(
                "lists",
                result.missed().stream()
                        .map(one -> one.field().name())
                        .distinct()
                        .toList());
        object.put("conditions", conditions);
        object.put("files", verdict.equals("WOULD_TAKE") ? files(place, message) : List.of());
        return object;
    }

    private static Map<String, Object> object(Judgement judgement) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("list", judgement.field().name());
        put(object, "name", judgement.name());
        object.put("verdict", judgement.verdict().name());
        object.put("wanted", judgement.wanted());
        put(object, "seen", judgement.seen());
        MatchResult.Parted parted = judgement.parted();
        if (parted != null) {
            Map<String, Object> where = new LinkedHashMap<>();
            where.put("wanted", parted.wanted());
            where.put("agreed", parted.agreed());
            where.put("instead", parted.instead());
            object.put("parted", where);
        }
        return object;
    }

    private static void put(Map<String, Object> object, String name, @Nullable String value) {
        if (value != null) {
            object.put(name, value);
        }
    }

    /**
     * Where the files would go; what stands there already can give one of them another name. Only a run knows its number and that of the mail; when
     * it was received is taken from its Date header.
     */
    private List<String> files(Place place, Message message) {
        SaveRule save = place.rule.save();
        SaveOptions how = save.how();
        String job = place.job == null ? "start" : place.job;
        Instant received = Objects.requireNonNullElse(message.summary().date(), now);
        SaveNames names =
                SaveNames.of(message.summary(), received, zone, Map.of("run", NUMBER, "job", job, "mail", NUMBER));
        Path base = files.resolve(place.unit.substring(1))
                .resolve(or(save.to(), "mail"))
                .normalize();
        String attachment = how.attachmentName();
        SaveExtras extras = new SaveExtras(
                names,
                attachment == null ? null : template(attachment),
                null,
                how.collision(),
                null,
                List.of(),
                null,
                null);
        SaveOrder order = new SaveOrder(
                "",
                or(names.path(base.toString()), base),
                name(names, or(how.folderName(), NUMBER + "-" + job)),
                name(names, or(save.bodyName(), SaveOrder.BODY)),
                name(names, or(save.listName(), SaveOrder.LIST)),
                save.mailName() == null ? null : name(names, save.mailName()),
                save.attachments(),
                received,
                zone,
                extras);
        return FolderNames.paths(message, order).stream().map(Path::toString).toList();
    }

    private static @Nullable NameTemplate template(String pattern) {
        return switch (NameTemplate.parse(pattern, NamePattern.OF_ATTACHMENT)) {
            case Result.Ok<NameTemplate>(NameTemplate template) -> template;
            case Result.Failed<NameTemplate> wrong -> null;
        };
    }

    private static String name(SaveNames names, String pattern) {
        return or(names.name(pattern), pattern);
    }

    /** A pattern with a value of the run in it cannot be filled before there is one. */
    private static <T> T or(Result<T> filled, T otherwise) {
        return switch (filled) {
            case Result.Ok<T>(T value) -> value;
            case Result.Failed<T> notYet -> otherwise;
        };
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
