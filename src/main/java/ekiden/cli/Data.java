package ekiden.cli;

import ekiden.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object of an answer. */
record Data(Map<String, Object> map) {
    static Data parse(String json) {
        try {
            return new Data(Json.readMap(json));
        } catch (Json.Unreadable other) {
            throw Failure.of(CliMessage.OTHER_RELEASE, "what", "JSON");
        }
    }

    @Nullable
    String maybe(String name) {
        Object value = map.get(name);
        return value == null ? null : String.valueOf(value);
    }

    /** The text of a property; empty where it is absent. */
    String text(String name) {
        Object value = map.get(name);
        return value == null ? "" : String.valueOf(value);
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(map.get(name));
    }

    long number(String name) {
        if (map.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw Failure.of(CliMessage.OTHER_RELEASE, "what", name);
    }

    List<Data> list(String name) {
        List<Data> items = new ArrayList<>();
        if (map.get(name) instanceof List<?> list) {
            list.forEach(item -> items.add(object(item, name)));
        }
        return items;
    }

    List<String> texts(String name) {
        return map.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** What stands in the properties of an object, whatever they are called; nothing where it is absent. */
    List<String> within(String name) {
        return map.get(name) instanceof Map<?, ?> object
                ? object.values().stream().map(String::valueOf).toList()
                : List.of();
    }

    @Nullable
    Data inner(String name) {
        Object value = map.get(name);
        return value == null ? null : object(value, name);
    }

    @SuppressWarnings("unchecked")
    private static Data object(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return new Data((Map<String, Object>) map);
        }
        throw Failure.of(CliMessage.OTHER_RELEASE, "what", name);
    }

    String json() {
        return Json.write(map);
    }
}
