package ekiden.message;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.MessageId;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every message id of the product has its words in both languages, and every text belongs to an id. */
class MessageCatalogueTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path FILES = CLASSES.resolve("ekiden/message");
    private static final Pattern ID = Pattern.compile("(EKD[BUSMACD][0-9]{4}|KAVT3409)-[EWI]");
    private static final Pattern HOLE = Pattern.compile("(?<!')\\{([a-zA-Z][A-Za-z0-9-]*)\\}");
    private static final Pattern KEY = Pattern.compile("(.*)\\.(text|cause|next)");

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(f -> f.toString().endsWith(end)).sorted().toList();
        }
    }

    private static Map<String, MessageId> ids() throws IOException, ReflectiveOperationException {
        Map<String, MessageId> ids = new TreeMap<>();
        for (Path file : files(CLASSES.resolve("ekiden"), ".class")) {
            String name = CLASSES.relativize(file)
                    .toString()
                    .replace(file.getFileSystem().getSeparator(), ".");
            Class<?> type = Class.forName(
                    name.substring(0, name.length() - ".class".length()),
                    false,
                    MessageCatalogueTest.class.getClassLoader());
            if (type.isEnum() && MessageId.class.isAssignableFrom(type)) {
                for (Object constant : type.getEnumConstants()) {
                    MessageId id = (MessageId) constant;
                    assertThat(ids.put(id.id(), id))
                            .as("given twice: " + id.id())
                            .isNull();
                }
            }
        }
        return ids;
    }

    private static Map<String, String> texts(String language) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : files(FILES, "_" + language + ".properties")) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
            for (String key : properties.stringPropertyNames()) {
                assertThat(texts.put(key, properties.getProperty(key)))
                        .as("stands twice: " + key)
                        .isNull();
            }
        }
        return texts;
    }

    @Test
    void everyIdHasTextCauseAndNextStepInBothLanguages() throws Exception {
        Map<String, MessageId> ids = ids();
        assertThat(ids).isNotEmpty();
        List<String> missing = new ArrayList<>();
        for (String language : List.of("en", "ja")) {
            Map<String, String> texts = texts(language);
            for (String id : ids.keySet()) {
                for (String part : List.of(".text", ".cause", ".next")) {
                    if (texts.getOrDefault(id + part, "").isBlank()) {
                        missing.add(language + " " + id + part);
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyTextBelongsToAnId() throws Exception {
        Set<String> ids = ids().keySet();
        for (String language : List.of("en", "ja")) {
            for (String key : texts(language).keySet()) {
                Matcher parts = KEY.matcher(key);
                assertThat(parts.matches() && ids.contains(parts.group(1)))
                        .as(language + " " + key)
                        .isTrue();
            }
        }
    }

    @Test
    void idsHaveTheFormThatUsersKnow() throws Exception {
        assertThat(ids().keySet()).allMatch(id -> ID.matcher(id).matches());
    }

    @Test
    void bothLanguagesTellTheSameValues() throws Exception {
        Map<String, String> english = texts("en");
        Map<String, String> japanese = texts("ja");
        Set<String> different = new TreeSet<>();
        for (String id : ids().keySet()) {
            if (!holes(english, id, ".text").equals(holes(japanese, id, ".text"))) {
                different.add(id);
            }
        }
        assertThat(different).isEmpty();
    }

    private static Set<String> holes(Map<String, String> texts, String id, String part) {
        Set<String> holes = new TreeSet<>();
        Matcher matcher = HOLE.matcher(texts.getOrDefault(id + part, ""));
        while (matcher.find()) {
            holes.add(matcher.group(1));
        }
        return holes;
    }

    @Test
    void everyFileBelongsToAnAreaOfTheList() throws Exception {
        Set<String> areas = new TreeSet<>();
        Area.ALL.forEach(area -> areas.add(area.name()));
        assertThat(areas).hasSameSizeAs(Area.ALL);
        for (Path file : files(FILES, ".properties")) {
            String name = String.valueOf(file.getFileName());
            assertThat(areas).contains(name.substring(0, name.indexOf('_')));
        }
    }

    @Test
    void everyIdIsFoundThroughTheCatalogue() throws Exception {
        Messages messages = new Messages();
        for (String id : ids().keySet()) {
            assertThat(messages.find(id, Locale.JAPANESE)).as(id).isPresent();
        }
    }
}
