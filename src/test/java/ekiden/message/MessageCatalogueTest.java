package ekiden.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text that lies in the message folder is found through the catalogue. */
class MessageCatalogueTest {
    private static final Path FILES = Path.of("target/classes/ekiden/message");
    private static final String TEXT = ".text";

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(FILES)) {
            return all.filter(f -> f.toString().endsWith(".properties"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyFileBelongsToAnAreaOfTheList() throws IOException {
        Set<String> areas = new TreeSet<>();
        Area.ALL.forEach(area -> areas.add(area.name()));
        assertThat(areas).hasSameSizeAs(Area.ALL);
        for (Path file : files()) {
            String name = String.valueOf(file.getFileName());
            assertThat(areas).contains(name.substring(0, name.indexOf('_')));
        }
    }

    @Test
    void everyTextIsFoundInItsLanguage() throws IOException {
        Messages messages = new Messages();
        for (Path file : files()) {
            Properties texts = new Properties();
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                texts.load(reader);
            }
            Locale locale = file.toString().endsWith("_ja.properties") ? Locale.JAPANESE : Locale.ENGLISH;
            for (String key : texts.stringPropertyNames()) {
                if (key.endsWith(TEXT)) {
                    String id = key.substring(0, key.length() - TEXT.length());
                    assertThat(messages.find(id, locale).map(Text::text)).as(id).contains(texts.getProperty(key));
                }
            }
        }
    }
}
