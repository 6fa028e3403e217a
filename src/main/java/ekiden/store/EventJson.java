package ekiden.store;

import ekiden.json.Json;
import ekiden.model.run.RecordedEvent;
import ekiden.model.run.RunEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The durable form of events: one JSON object {@code {type, v, id, run, sequence, at, …}}, the event's own components beside
 * the six that all have. The form is only ever added to; what an older release wrote is brought up by upcasters when it is
 * read, never rewritten. Golden files hold the form of each release.
 *
 * <p>Immutable; safe from any thread.
 */
public final class EventJson {
    /** The form as this release writes it. */
    public static final EventJson CURRENT = new EventJson(List.of());

    private static final int VERSION = 1;

    private final List<Upcaster> upcasters;

    /**
     * Brings the older form of one type of event one version up.
     *
     * @param type the type it applies to, as written then
     * @param version the version it applies to
     * @param change from the older object to the newer; {@code v} is counted up for it
     */
    public record Upcaster(String type, int version, UnaryOperator<Map<String, Object>> change) {}

    /** The components that every event has, in front of its own. */
    private record Head(int v, UUID id, UUID run, long sequence, Instant at) {}

    /**
     * @param upcasters in the order of their versions
     */
    public EventJson(List<Upcaster> upcasters) {
        this.upcasters = List.copyOf(upcasters);
    }

    /**
     * @param recorded an event
     * @return one line of JSON
     */
    public String write(RecordedEvent recorded) {
        String head = Json.write(new Head(VERSION, recorded.id(), recorded.run(), recorded.sequence(), recorded.at()));
        String own = Json.write(recorded.event());
        String type = "{\"type\":\"" + recorded.event().getClass().getSimpleName() + '"';
        if (!own.startsWith(type)) {
            throw new IllegalStateException("an event without its type in front: " + type);
        }
        return type + "," + head.substring(1, head.length() - 1) + own.substring(type.length());
    }

    /**
     * @param json what this or an older release wrote
     * @return the event in its present form
     * @throws Json.Unreadable when it is no event
     */
    public RecordedEvent read(String json) {
        Map<String, Object> object = Json.readMap(json);
        for (Upcaster upcaster : upcasters) {
            if (upcaster.type().equals(object.get("type")) && version(object) == upcaster.version()) {
                object = new LinkedHashMap<>(upcaster.change().apply(object));
                object.put("v", upcaster.version() + 1);
            }
        }
        Head head = Json.convert(object, Head.class);
        RunEvent event = Json.convert(object, RunEvent.class);
        return new RecordedEvent(head.id(), head.run(), head.sequence(), head.at(), event);
    }

    private static int version(Map<String, Object> object) {
        return object.get("v") instanceof Number number ? number.intValue() : 0;
    }
}
