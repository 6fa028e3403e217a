package ekiden.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.definition.DefinitionMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class YamlTextTest {
    private static final YamlLimits LIMITS = new YamlLimits(1000, 5, 4, 3);

    private final YamlProblems problems =
            new YamlProblems("f", fault -> DefinitionMessage.valueOf(fault.name()), LIMITS);

    private List<String> told(String text) {
        YamlText.read(text, LIMITS, problems);
        return problems.all().stream()
                .map(p ->
                        p.id() + " " + p.values().get("line") + ":" + p.values().get("column"))
                .toList();
    }

    @Test
    void placesAreThoseOfTheText() {
        YamlNode root = YamlText.read("\ufeff# 注\nキー: [a, 'b']\nnull: {}\n", LIMITS, problems);
        assertThat(root)
                .isEqualTo(new YamlNode.Mapping(
                        List.of(
                                new YamlNode.Entry(
                                        "キー",
                                        new Place(2, 1),
                                        new YamlNode.Sequence(
                                                List.of(
                                                        new YamlNode.Scalar("a", true, new Place(2, 6)),
                                                        new YamlNode.Scalar("b", false, new Place(2, 9))),
                                                new Place(2, 5))),
                                new YamlNode.Entry(
                                        "null", new Place(3, 1), new YamlNode.Mapping(List.of(), new Place(3, 7)))),
                        new Place(2, 1)));
    }

    @Test
    void depthIsBounded() {
        assertThat(told("a: [[[[x]]]]")).isEmpty();
        assertThat(told("a: [[[[[x]]]]]")).containsExactly("EKDU0003-E 1:8");
    }

    @Test
    void millionBracketsDoNotExhaustTheStack() {
        YamlLimits wide = new YamlLimits(2_000_000, 50, 1000, 10);
        YamlText.read("[".repeat(1_000_000), wide, problems);
        assertThat(problems.all()).extracting(Problem::id).containsExactly("EKDU0003-E");
    }

    @Test
    void lengthIsBounded() {
        assertThat(told("#".repeat(998) + "\na")).isEmpty();
        assertThat(told("#".repeat(999) + "\na")).containsExactly("EKDU0002-E 1:1");
    }

    @Test
    void itemsAreBounded() {
        assertThat(told("[1, 2, 3, 4]")).isEmpty();
        assertThat(told("[1, 2, 3, 4, 5]")).containsExactly("EKDU0002-E 1:1");
        assertThat(problems.all().getFirst().values()).containsEntry("expected", "4");
    }

    @Test
    void keysThatStandTwiceAreAllTold() {
        assertThat(told("a: 1\nb: 2\na: 3\nb: 4\n")).containsExactly("EKDU0005-E 3:1", "EKDU0005-E 4:1");
        assertThat(problems.all().getFirst().values()).containsEntry("first", "1");
    }

    @Test
    void tabsAndInvisibleCharactersAreTold() {
        assertThat(told("a:\n\tb: 1\n")).containsExactly("EKDU0001-E 2:1");
        assertThat(told("a: 1\nb: \u0001\n")).contains("EKDU0001-E 2:4");
        assertThat(problems.all().getLast().values()).containsEntry("found", "U+0001");
    }

    @Test
    void collectionAsAKeyIsTold() {
        assertThat(told("? [a, b]\n: c\n")).containsExactly("EKDU0008-E 1:3");
    }

    @Test
    void problemsAboveTheLimitAreCounted() {
        for (int i = 1; i <= 5; i++) {
            problems.fault(YamlFault.SYNTAX, new Place(i, 1), "found", i);
        }
        assertThat(problems.all()).hasSize(4);
        assertThat(problems.all().getLast().values()).containsEntry("more", "2");
        assertThat(problems.count()).isEqualTo(5);
    }

    @Test
    void durationsAreReadAndWritten() {
        for (String text : List.of("30s", "10m", "8h", "1d", "1h30m", "1d2h3m4s")) {
            assertThat(Quantities.duration(text).map(Quantities::format)).contains(text);
        }
        assertThat(Quantities.duration("90m")).contains(Duration.ofMinutes(90));
        assertThat(Quantities.format(Duration.ZERO)).isEqualTo("0s");
        for (String text :
                List.of("", "10", "m", "1m1m", "1m1h", "-1m", "1.5h", "1 m", "1w", "9".repeat(13) + "s", "１m")) {
            assertThat(Quantities.duration(text)).as(text).isEqualTo(Optional.empty());
        }
    }

    @Test
    void sizesAreRead() {
        assertThat(Quantities.size("4096")).hasValue(4096);
        assertThat(Quantities.size("512KB")).hasValue(512 * 1024);
        assertThat(Quantities.size("50 MB")).hasValue(50L * 1024 * 1024);
        assertThat(Quantities.size("2GiB")).hasValue(2L * 1024 * 1024 * 1024);
        for (String text : List.of("", "MB", "-1", "1.5GB", "1TB", "9".repeat(13))) {
            assertThat(Quantities.size(text)).as(text).isEqualTo(OptionalLong.empty());
        }
    }

    @Test
    void slipsOfThePenAreGuessed() {
        List<String> known = List.of("command", "needs", "send-mail", "timeout", "to", "cc");
        assertThat(Nearest.of("comand", known)).contains("command");
        assertThat(Nearest.of("sendMail", known)).contains("send-mail");
        assertThat(Nearest.of("Timeout", known)).contains("timeout");
        assertThat(Nearest.of("colour", known)).isEmpty();
        assertThat(Nearest.sorted("xx", List.of())).isEmpty();
        assertThat(Nearest.of("y".repeat(100_000), known)).isEmpty();
    }
}
