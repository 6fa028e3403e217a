package ekiden.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.config.HomePaths;
import ekiden.config.SettingsReading;
import ekiden.config.SettingsYaml;
import ekiden.definition.DefinitionReading;
import ekiden.message.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a file holds, it is read or its problems are told; nothing is thrown and no message has a hole left. */
class HostileTextTest {
    private static final Messages MESSAGES = new Messages();
    private static final List<String> PIECES = List.of(
            "\n",
            "  ",
            "\t",
            ":",
            ": ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "'",
            "\"",
            "|\n",
            "&a ",
            "*a",
            "!t ",
            "#",
            "---\n",
            "${",
            "}",
            "${start.from}",
            "..",
            "/",
            "\u0000",
            "\ufeff",
            "\ud800",
            "~",
            "null",
            "jobs",
            "needs",
            "mail:",
            "10m",
            "0");

    private static String damaged(String text, List<Integer> edits) {
        StringBuilder out = new StringBuilder(text);
        for (int edit : edits) {
            int at = edit % (out.length() + 1);
            int piece = (edit / 7) % (PIECES.size() + 1);
            if (piece == PIECES.size()) {
                out.delete(at, Math.min(out.length(), at + 1 + edit % 40));
            } else {
                out.insert(at, PIECES.get(piece));
            }
        }
        return out.toString();
    }

    private static void told(List<Problem> problems) {
        assertThat(problems).isNotEmpty();
        for (Problem problem : problems) {
            for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
                String line = MESSAGES.render(problem, locale);
                assertThat(line).startsWith(problem.id()).doesNotContain("\n");
                assertThat(line)
                        .doesNotContainPattern(
                                "\\{(file|line|column|where|found|expected|near|first|job|needs|cycle)\\}");
            }
        }
    }

    @Property(tries = 1000)
    void damagedDefinitionIsReadOrTold(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 1_000_000) Integer> edits) {
        String text = damaged(DefinitionYamlTest.ORDER_INTAKE, edits);
        if (DefinitionYaml.read("x", text) instanceof DefinitionReading.Wrong(List<Problem> problems)) {
            told(problems);
        }
    }

    @Property(tries = 1000)
    void damagedSettingsAreReadOrTold(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 1_000_000) Integer> edits)
            throws IOException {
        String text = damaged(Files.readString(Path.of("examples/ekiden.yaml")), edits);
        switch (SettingsYaml.read(new HomePaths(Path.of("/srv/e")), text)) {
            case SettingsReading.Wrong(List<Problem> problems) -> told(problems);
            case SettingsReading.Usable usable -> {
                List<Problem> problems = usable.settings().mail().problems();
                if (!problems.isEmpty()) {
                    told(problems);
                }
            }
        }
    }
}
