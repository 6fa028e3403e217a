package ekiden;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.config.HomePaths;
import ekiden.config.SettingsReading;
import ekiden.config.SettingsYaml;
import ekiden.definition.DefinitionReading;
import ekiden.definition.yaml.DefinitionYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say about the repository is so. */
class DocsTest {
    private static final Path TESTS = Path.of("src", "test", "java", "ekiden");
    private static final Pattern TEST = Pattern.compile("`([a-z][\\w/]*/\\w+(?:Test|IT))\\.(\\w+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMANDS = Pattern.compile("^\\| `([a-z][^`]*)` \\|", Pattern.MULTILINE);
    private static final Pattern SOURCE = Pattern.compile("`([a-z][\\w/]*/[A-Z]\\w+)(?:\\.\\w+)?`");

    @Test
    void testsThatSecurityNamesExist() throws IOException {
        List<String> missing = new ArrayList<>();
        List<MatchResult> named =
                TEST.matcher(read(Path.of("docs", "security.md"))).results().toList();
        for (MatchResult test : named) {
            Path file = TESTS.resolve(test.group(1) + ".java");
            if (!Files.exists(file) || !read(file).contains(" " + test.group(2) + "(")) {
                missing.add(test.group());
            }
        }
        assertThat(named).hasSizeGreaterThan(10);
        assertThat(missing).isEmpty();
    }

    @Test
    void classesThatArchitectureNamesExist() throws IOException {
        List<String> missing = SOURCE.matcher(read(Path.of("docs", "architecture.md")))
                .results()
                .map(found -> found.group(1))
                .filter(name -> !Files.exists(Path.of("src", "main", "java", "ekiden", name + ".java")))
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void architectureHasTheTableOfRooms() throws IOException {
        StringBuilder table = new StringBuilder("| room | may use |\n|---|---|\n");
        new TreeMap<>(ArchitectureTest.ROOMS).forEach((room, uses) -> {
            Set<String> names = new TreeSet<>(uses);
            String shown = names.contains("*") ? "all" : names.isEmpty() ? "none" : String.join(" · ", names);
            table.append("| `").append(room).append("` | ").append(shown).append(" |\n");
        });
        assertThat(read(Path.of("docs", "architecture.md"))).endsWith(table.toString());
    }

    @Test
    void linksLeadToFiles() throws IOException {
        List<String> broken = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            List<Path> pages = new ArrayList<>(
                    files.filter(f -> f.toString().endsWith(".md")).toList());
            pages.add(Path.of("README.md"));
            for (Path page : pages) {
                LINK.matcher(read(page))
                        .results()
                        .map(link -> page.resolveSibling(link.group(1)))
                        .filter(target -> !Files.exists(target))
                        .forEach(target -> broken.add(page + " -> " + target));
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void settingsAndDefinitionOfTheReadmeAreRight() throws IOException {
        List<String> yaml = YAML.matcher(read(Path.of("README.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(yaml).hasSize(2);
        SettingsReading settings = SettingsYaml.read(new HomePaths(Path.of("/home")), yaml.getFirst());
        assertThat(settings).isInstanceOfSatisfying(SettingsReading.Usable.class, usable -> {
            assertThat(usable.warnings()).isEmpty();
            assertThat(usable.settings().mail().problems()).isEmpty();
            assertThat(usable.settings().mail().warnings()).isEmpty();
        });
        assertThat(DefinitionYaml.read("order-intake.yaml", yaml.getLast())).isInstanceOf(DefinitionReading.Read.class);
    }

    @Test
    void firstScreenOfTheReadmeHasSixFactsAndTwoCommands() throws IOException {
        String[] parts = read(Path.of("README.md")).split("```", 3);
        assertThat(parts[0].lines().filter(line -> line.startsWith("- "))).hasSize(6);
        assertThat(parts[1].strip().lines()).containsExactly("./ekiden quickstart", "./dev test");
        assertThat(parts[0].lines()).hasSizeLessThan(20);
    }

    @Test
    void tableOfTheReadmeHasEveryCommand() throws IOException {
        List<List<String>> rows = COMMANDS.matcher(read(Path.of("README.md")))
                .results()
                .map(row -> List.of(row.group(1).split("[ ·]+")))
                .toList();
        List<String> missing = new ArrayList<>();
        try (Stream<Path> helps = Files.list(Path.of("src", "test", "resources", "golden", "cli"))) {
            for (Path help : helps.filter(f -> f.toString().endsWith(".en.txt")).toList()) {
                String name = help.getFileName().toString().replaceAll("\\.en\\.txt$", "");
                List<String> command = List.of(name.split("-"));
                boolean told = command.size() == 1
                        || rows.stream()
                                .anyMatch(row -> row.getFirst().equals(command.get(1))
                                        && row.containsAll(command.subList(1, command.size())));
                if (!told) {
                    missing.add(name);
                }
            }
        }
        assertThat(rows).hasSizeGreaterThan(5);
        assertThat(missing).isEmpty();
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
