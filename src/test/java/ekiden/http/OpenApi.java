package ekiden.http;

import ekiden.definition.DefinitionMessage;
import ekiden.yaml.YamlLimits;
import ekiden.yaml.YamlNode;
import ekiden.yaml.YamlProblems;
import ekiden.yaml.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code openapi.yaml}, and whether answers are as it says: all wanted properties there, none that is not described, types right. */
final class OpenApi {
    private static final String SCHEMAS = "#/components/schemas/";

    private final Map<String, Object> all;

    OpenApi() {
        this.all = object(plain(read()));
    }

    private static YamlNode read() {
        try (InputStream in = OpenApi.class.getResourceAsStream("/ekiden/openapi.yaml")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            YamlProblems problems =
                    new YamlProblems("openapi.yaml", fault -> DefinitionMessage.SYNTAX, YamlLimits.DEFAULT);
            YamlNode root = YamlText.read(text, YamlLimits.DEFAULT, problems);
            if (root == null || !problems.none()) {
                throw new IllegalStateException(problems.all().toString());
            }
            return root;
        } catch (IOException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private static Object plain(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar.text();
            case YamlNode.Sequence sequence ->
                sequence.items().stream().map(OpenApi::plain).toList();
            case YamlNode.Mapping mapping -> {
                Map<String, Object> map = new LinkedHashMap<>();
                mapping.entries().forEach(entry -> map.put(entry.key(), plain(entry.value())));
                yield map;
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    private static Map<String, Object> inner(Map<String, Object> map, String key) {
        return object(Objects.requireNonNull(map.get(key), key));
    }

    /** All routes, as {@code GET /api/v1/units}. */
    Set<String> routes() {
        Set<String> routes = new LinkedHashSet<>();
        inner(all, "paths")
                .forEach((path, methods) -> object(methods)
                        .keySet()
                        .forEach(method -> routes.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
        return routes;
    }

    /** The routes that need no token. */
    Set<String> open() {
        Set<String> open = new LinkedHashSet<>();
        inner(all, "paths")
                .forEach((path, methods) -> object(methods).forEach((method, route) -> {
                    if (object(route).get("security") instanceof List<?> none && none.isEmpty()) {
                        open.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path);
                    }
                }));
        return open;
    }

    /** What is wrong with an answer, by the description of its route and status. */
    List<String> faults(String route, int status, Object answer) {
        String[] words = route.split(" ", -1);
        Map<String, Object> operation =
                inner(inner(inner(all, "paths"), words[1]), words[0].toLowerCase(java.util.Locale.ROOT));
        Map<String, Object> responses = inner(operation, "responses");
        Object response = responses.getOrDefault(Integer.toString(status), responses.get("default"));
        Map<String, Object> content = inner(object(response), "content");
        List<String> faults = new ArrayList<>();
        check("answer", inner(inner(content, "application/json"), "schema"), answer, faults);
        return faults;
    }

    private void check(String at, Map<String, Object> schema, @Nullable Object value, List<String> faults) {
        if (schema.get("$ref") instanceof String ref) {
            check(
                    at,
                    inner(inner(inner(all, "components"), "schemas"), ref.substring(SCHEMAS.length())),
                    value,
                    faults);
            return;
        }
        if (!fits(String.valueOf(schema.get("type")), value)) {
            faults.add(at + " is no " + schema.get("type") + ": " + value);
            return;
        }
        if (schema.get("enum") instanceof List<?> words && !words.contains(value)) {
            faults.add(at + " is none of " + words + ": " + value);
        }
        if (value instanceof List<?> items) {
            items.forEach(item -> check(at + "[]", inner(schema, "items"), item, faults));
        } else if (value instanceof Map<?, ?> map) {
            properties(at, schema, object(map), faults);
        }
    }

    private void properties(String at, Map<String, Object> schema, Map<String, Object> value, List<String> faults) {
        Map<String, Object> known = schema.containsKey("properties") ? inner(schema, "properties") : Map.of();
        boolean further = !"false".equals(schema.get("additionalProperties"));
        if (schema.get("required") instanceof List<?> required) {
            required.stream()
                    .filter(name -> !value.containsKey(name))
                    .forEach(name -> faults.add(at + "." + name + " is missing"));
        }
        value.forEach((name, inside) -> {
            if (known.containsKey(name)) {
                check(at + "." + name, inner(known, name), inside, faults);
            } else if (!further) {
                faults.add(at + "." + name + " is not described");
            }
        });
    }

    private static boolean fits(String type, @Nullable Object value) {
        return switch (type) {
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "boolean" -> value instanceof Boolean;
            case "array" -> value instanceof List<?>;
            case "object" -> value instanceof Map<?, ?>;
            default -> false;
        };
    }
}
