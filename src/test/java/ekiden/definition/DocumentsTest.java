package ekiden.definition;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.config.HomePaths;
import ekiden.config.SettingsKeys;
import ekiden.config.SettingsReading;
import ekiden.config.SettingsYaml;
import ekiden.definition.yaml.DefinitionKeys;
import ekiden.definition.yaml.DefinitionYaml;
import ekiden.message.Messages;
import ekiden.yaml.KeySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents of definitions and settings show is right, and nothing is left out. */
class DocumentsTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile("EKD[A-Z][0-9]{4}-[EWI]");

    private static List<String> examples(String text) {
        List<String> examples = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            examples.add(blocks.group(1));
        }
        assertThat(examples).isNotEmpty();
        return examples;
    }

    private static void everyKey(List<KeySet> sets, String text) {
        for (KeySet set : sets) {
            for (String key : set.keys()) {
                assertThat(Pattern.compile("[`.{ (,]" + key + "[`:,}.]")
                                .matcher(text)
                                .find())
                        .as(set.name() + ": " + key)
                        .isTrue();
            }
        }
    }

    private static void everyIdExists(String text) {
        Messages messages = new Messages();
        Matcher ids = ID.matcher(text);
        while (ids.find()) {
            assertThat(messages.find(ids.group(), Locale.ENGLISH))
                    .as(ids.group())
                    .isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/definitions.md", "docs/ja/definitions.md"})
    void definitionsAreDescribedAsTheyAreRead(String file) throws IOException {
        String text = Files.readString(Path.of(file));
        everyKey(DefinitionKeys.ALL, text);
        everyIdExists(text);
        for (String value : ValueNames.MAIL) {
            assertThat(text).contains("." + value + "`");
        }
        for (String example : examples(text)) {
            assertThat(DefinitionYaml.read(file, example)).isInstanceOf(DefinitionReading.Read.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/settings.md", "docs/ja/settings.md"})
    void settingsAreDescribedAsTheyAreRead(String file) throws IOException {
        String text = Files.readString(Path.of(file));
        everyKey(SettingsKeys.ALL, text);
        everyIdExists(text);
        for (String example : examples(text)) {
            SettingsReading reading = SettingsYaml.read(new HomePaths(Path.of("/srv/e")), example);
            assertThat(reading).isInstanceOf(SettingsReading.Usable.class);
            SettingsReading.Usable usable = (SettingsReading.Usable) reading;
            assertThat(usable.warnings()).isEmpty();
            assertThat(usable.settings().mail().problems()).isEmpty();
        }
    }
}
