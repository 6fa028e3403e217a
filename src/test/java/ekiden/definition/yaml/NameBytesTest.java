package ekiden.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.definition.DefinitionReading;
import ekiden.message.Messages;
import ekiden.model.definition.UnitName;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and words that a definition may hold and the system may not. */
class NameBytesTest {
    private static final String FOUR_BYTES = "\ud842\udfb7";

    private static List<Problem> read(String jobnet, String job, String work) {
        String text = "version: 1\njobnet: " + jobnet + "\njobs:\n  " + job + ":\n    " + work + "\n";
        return switch (DefinitionYaml.read("a.yaml", text)) {
            case DefinitionReading.Read _ -> List.of();
            case DefinitionReading.Wrong(List<Problem> problems) -> problems;
        };
    }

    private static void told(List<Problem> problems, String beginning) {
        assertThat(problems).hasSize(1);
        Messages messages = new Messages();
        assertThat(messages.render(problems.getFirst(), Locale.ENGLISH)).contains(beginning);
        assertThat(messages.render(problems.getFirst(), Locale.JAPANESE)).doesNotContainPattern("\\{[a-z]+\\}");
    }

    @Test
    void partOfAUnitsNameThatFitsAFolderIsTaken() {
        String most = FOUR_BYTES.repeat(60);
        assertThat(UnitName.longest("/a/" + most)).isEqualTo(UnitName.MOST_BYTES);
        assertThat(read("/" + most + "/" + most, "a", "command: [a]")).isEmpty();
        assertThat(read("/" + "\u6ce8".repeat(80), "a", "command: [a]")).isEmpty();
    }

    @Test
    void partOfAUnitsNameThatIsOneByteTooLongIsTold() {
        String more = FOUR_BYTES.repeat(59) + "\u6ce8xx";
        told(read("/a/" + more, "a", "command: [a]"), "a.yaml:2:9: jobnet: a part of");
        told(read("/" + FOUR_BYTES.repeat(80), "a", "command: [a]"), "has 320 bytes");
        assertThat(UnitName.parse("/a/" + more)).isEmpty();
    }

    @Test
    void nameOfAJobIsBoundedInBytesToo() {
        assertThat(read("/a", FOUR_BYTES.repeat(60), "command: [a]")).isEmpty();
        told(read("/a", FOUR_BYTES.repeat(60) + "x", "command: [a]"), "a.yaml:4:3: jobs: a part of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "command: [\"pro\\0gram\"]",
                "command: [a, \"wo\\0rd\"]",
                "script: \"./s\\0h\"",
                "{command: [a], environment: {NAME: \"va\\0lue\"}}",
                "{command: [a], folder: \"fol\\0der\"}",
                "receive-mail: {profile: p, any: true, save: {to: \"fol\\0der\"}}",
                "send-mail: {profile: p, to: [a@b], text-file: \"te\\0xt\"}",
                "send-mail: {profile: p, to: [a@b], text: t, attach: [\"te\\0xt\"]}"
            })
    void nulCharacterIsTold(String work) {
        told(read("/a", "job", work), "a NUL character in");
    }
}
