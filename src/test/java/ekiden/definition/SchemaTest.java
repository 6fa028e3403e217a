package ekiden.definition;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.config.HomePaths;
import ekiden.config.SettingsKeys;
import ekiden.config.SettingsReading;
import ekiden.config.SettingsYaml;
import ekiden.definition.yaml.DefinitionKeys;
import ekiden.definition.yaml.DefinitionYaml;
import ekiden.json.Json;
import ekiden.yaml.KeySet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Schemas, parsers and examples say the same. */
class SchemaTest {
    private static String resource(String name) throws IOException {
        try (InputStream in = SchemaTest.class.getResourceAsStream("/ekiden/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Each object of a schema that names its keys: the name of its definition, and the keys. */
    private static Map<String, List<String>> objects(String schema) {
        Map<String, Object> root = Json.readMap(schema);
        Map<String, List<String>> objects = new TreeMap<>();
        objects.put("file", keys(root));
        map(root.get("$defs")).forEach((name, definition) -> {
            if (map(definition).containsKey("properties")) {
                assertThat(map(definition)).containsEntry("additionalProperties", false);
                objects.put(name, keys(map(definition)));
            }
        });
        return objects;
    }

    private static List<String> keys(Map<String, Object> object) {
        return new ArrayList<>(map(object.get("properties")).keySet());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    private static Map<String, List<String>> parsers(List<KeySet> sets) {
        Map<String, List<String>> keys = new TreeMap<>();
        sets.forEach(set -> keys.put(set.name(), set.keys()));
        return keys;
    }

    @Test
    void schemaOfDefinitionsHasTheKeysOfTheParser() throws IOException {
        assertThat(objects(resource("schema/definition.schema.json"))).isEqualTo(parsers(DefinitionKeys.ALL));
    }

    @Test
    void schemaOfSettingsHasTheKeysOfTheParser() throws IOException {
        assertThat(objects(resource("schema/settings.schema.json"))).isEqualTo(parsers(SettingsKeys.ALL));
    }

    @Test
    void keysOfEachKindOfJobAreThoseOfAnyJob() {
        for (KeySet set : List.of(DefinitionKeys.COMMAND_JOB, DefinitionKeys.RECEIVE_JOB, DefinitionKeys.SEND_JOB)) {
            assertThat(DefinitionKeys.JOB.keys()).containsAll(set.keys());
        }
    }

    @Test
    void referencesOfTheSchemasLeadSomewhere() throws IOException {
        for (String name : List.of("definition", "settings")) {
            String schema = resource("schema/" + name + ".schema.json");
            Map<String, Object> definitions = map(Json.readMap(schema).get("$defs"));
            for (String piece : schema.split("\"#/\\$defs/", -1)) {
                String target = piece.substring(0, Math.max(0, piece.indexOf('"')));
                assertThat(piece.startsWith("{") || definitions.containsKey(target))
                        .as(target)
                        .isTrue();
            }
        }
    }

    @Test
    void examplesAreRight() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("examples"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                String text = Files.readString(file);
                boolean settings = file.endsWith("ekiden.yaml");
                Object reading = settings
                        ? SettingsYaml.read(new HomePaths(Path.of("/srv/e")), text)
                        : DefinitionYaml.read(file.toString(), text);
                assertThat(reading)
                        .isInstanceOf(settings ? SettingsReading.Usable.class : DefinitionReading.Read.class);
                if (reading instanceof SettingsReading.Usable usable) {
                    assertThat(usable.settings().mail().problems()).isEmpty();
                }
            }
        }
    }

    @Test
    void definitionOfTheQuickstartIsRight() throws IOException {
        assertThat(DefinitionYaml.read("order-intake.yaml", resource("quickstart/order-intake.yaml")))
                .isInstanceOf(DefinitionReading.Read.class);
    }
}
