package ekiden.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.definition.DefinitionReading;
import ekiden.definition.KnownProfiles;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Jobnets that are started when a mail comes back. */
class BounceYamlTest {
    private static List<Problem> wrong(String text) {
        return ((DefinitionReading.Wrong) DefinitionYaml.read("a.yaml", text)).problems();
    }

    private static String id(String text) {
        assertThat(wrong(text)).hasSize(1);
        return wrong(text).getFirst().id();
    }

    @Test
    void aJobnetForMailsThatComeBackMustBeThereWhereThatIsKnown() {
        String text = "version: 1\njobnet: /a/b\njobs:\n"
                + "  a: {send-mail: {profile: p, to: a@b, text: x, on-bounce: /a/bakc}}\n";
        KnownProfiles known = new KnownProfiles(Set.of(), Set.of("p"), Map.of());
        assertThat(DefinitionYaml.read("a.yaml", text, known)).isInstanceOf(DefinitionReading.Read.class);
        DefinitionReading reading = DefinitionYaml.read("a.yaml", text, known.withUnits(Set.of("/a/back", "/z")));
        assertThat(((DefinitionReading.Wrong) reading).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.id()).isEqualTo("EKDM0676-E");
                    assertThat(problem.values()).containsEntry("line", "4").containsEntry("column", "60");
                    assertThat(problem.values()).containsEntry("expected", "/a/back, /z");
                });
        String own = text.replace("/a/bakc", "/a/b");
        assertThat(DefinitionYaml.read("a.yaml", own, known.withUnits(Set.of())))
                .isInstanceOf(DefinitionReading.Read.class);
        for (String bad : List.of("back", "/", "/mail-wait/x", "\"/a/${unit}:\"")) {
            assertThat(id(text.replace("/a/bakc", bad))).isEqualTo("EKDU0010-E");
        }
    }

    @Test
    void valuesOfAMailThatCameBackAreThereWhereNoMailStartsTheRun() {
        String text =
                "version: 1\njobnet: /a/b\njobs:\n  a: {command: [tell, '${bounce.text}', '${bounce.recipients}']}\n";
        assertThat(DefinitionYaml.read("a.yaml", text)).isInstanceOf(DefinitionReading.Read.class);
        assertThat(id(text.replace("bounce.text", "bounce.txt"))).isEqualTo("EKDU0033-E");
        assertThat(id(text.replace("[tell, '${bounce.text}'", "['${bounce.text}'")))
                .isEqualTo("EKDU0036-E");
        assertThat(id(text.replace("[tell, '${bounce.text}'", "[sh, -c, 'echo ${bounce.text}'")))
                .isEqualTo("EKDU0037-E");
        assertThat(wrong(text.replace("jobs:", "start: {receive-mail: {profile: p, subject: [x]}}\njobs:")))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.id()).isEqualTo("EKDU0033-E"));
    }
}
