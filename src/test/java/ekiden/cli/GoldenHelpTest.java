package ekiden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The help of each command, in both languages, is what {@code src/test/resources/golden/cli} says. Written anew with
 * {@code -Dgolden.write=true}; the difference is then read before it is committed.
 */
class GoldenHelpTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/cli");

    static List<Tree.Node> nodes() {
        List<Tree.Node> all = new ArrayList<>();
        collect(Tree.root(), all);
        return all;
    }

    private static void collect(Tree.Node node, List<Tree.Node> into) {
        into.add(node);
        node.below().forEach(below -> collect(below, into));
    }

    @Test
    void helpOfEveryCommandIsTheGoldenOne() throws IOException {
        Set<String> names = new HashSet<>();
        for (Tree.Node node : nodes()) {
            for (String language : List.of("en", "ja")) {
                names.add(compare(node, language));
            }
        }
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    private static String compare(Tree.Node node, String language) throws IOException {
        List<String> words = new ArrayList<>(List.of("--lang", language));
        words.addAll(Stream.of(node.path().split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList());
        words.add("--help");
        Called called = Called.of(Path.of("/nowhere"), words.toArray(String[]::new));
        assertThat(called.exit()).isEqualTo(ExitCode.DONE);
        assertThat(called.err()).isEmpty();
        String name = ("ekiden " + node.path()).strip().replace(' ', '-') + "." + language + ".txt";
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, called.out());
        }
        assertThat(called.out()).as(name).isEqualTo(Files.readString(file));
        return name;
    }

    @Test
    void noLineIsWiderThanEightyColumns() {
        for (Tree.Node node : nodes()) {
            for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
                Help help = new Help(new Words(language));
                String text = node.below().isEmpty() ? help.of(node.command()) : help.of(node);
                assertThat(text.lines())
                        .allSatisfy(line -> assertThat(Width.of(line)).as(line).isLessThanOrEqualTo(80));
            }
        }
    }

    @Test
    void bothLanguagesHaveTheSameWordsAndNoneIsLeftOver() {
        Properties english = new Words(Locale.ENGLISH).all();
        Properties japanese = new Words(Locale.JAPANESE).all();
        assertThat(english.keySet()).isEqualTo(japanese.keySet());
        for (Tree.Node node : nodes()) {
            assertThat(english).containsKey(node.path().isEmpty() ? "ekiden" : node.path());
            if (node.below().isEmpty()) {
                described(node.command(), english);
            }
        }
    }

    private static void described(Leaf leaf, Properties words) {
        for (Opt option : leaf.allOptions()) {
            assertThat(words.containsKey(leaf.path() + "." + option.name())
                            || words.containsKey("any." + option.name()))
                    .as(leaf.path() + " " + option.name())
                    .isTrue();
        }
        for (Param param : leaf.params()) {
            assertThat(words.containsKey(leaf.path() + "." + param.label())
                            || words.containsKey("any." + param.label()))
                    .as(leaf.path() + " " + param.label())
                    .isTrue();
        }
    }

    @Test
    void theManualsHaveTheHelpOfEveryCommand() throws IOException {
        hasTheHelpOfEveryCommand("docs/cli.md", Locale.ENGLISH);
        hasTheHelpOfEveryCommand("docs/ja/cli.md", Locale.JAPANESE);
    }

    private static void hasTheHelpOfEveryCommand(String page, Locale language) throws IOException {
        String manual = Files.readString(Path.of(page));
        for (Tree.Node node : nodes()) {
            if (node.below().isEmpty()) {
                assertThat(manual).contains(new Help(new Words(language)).of(node.command()));
            }
        }
    }
}
