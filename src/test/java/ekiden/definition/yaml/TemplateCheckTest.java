package ekiden.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.definition.DefinitionReading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateCheckTest {
    private static final String HEAD = """
            version: 1
            jobnet: /a/b
            start: {receive-mail: {profile: p, subject: [x]}}
            jobs:
              before: {command: [./b]}
              ask: {needs: [before], receive-mail: {profile: p, from: [a@b]}}
              aside: {receive-mail: {profile: p, from: [a@b]}}
              tell: {needs: [ask], send-mail: {profile: p, to: [a@b], text: t}}
            """;

    private static List<Problem> problems(String job) {
        return switch (DefinitionYaml.read("a.yaml", HEAD + "  last: " + job + "\n")) {
            case DefinitionReading.Read _ -> List.of();
            case DefinitionReading.Wrong(List<Problem> problems) -> problems;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start.from",
                "start.to",
                "start.subject",
                "start.date",
                "start.message-id",
                "start.body",
                "start.attachments",
                "start.list",
                "start.folder",
                "start.manifest",
                "start.mail",
                "run.id",
                "run.number",
                "run.folder",
                "unit",
                "ask.from",
                "ask.attachments",
                "before.exit-code",
                "before.stdout"
            })
    void valueThatExistsWhenTheJobBeginsIsKnown(String name) {
        assertThat(problems("{needs: [tell], command: [./x, \"${" + name + "}\"]}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "start.sender, EKDU0033-E",
        "start, EKDU0033-E",
        "start.from.x, EKDU0033-E",
        "run, EKDU0033-E",
        "HOME, EKDU0033-E",
        "before.from, EKDU0033-E",
        "ask.exit-code, EKDU0033-E",
        "tell.from, EKDU0033-E",
        "nobody.from, EKDU0033-E",
        "aside.from, EKDU0034-E",
        "last.exit-code, EKDU0034-E",
        "'', EKDU0032-E",
        "a b, EKDU0032-E",
    })
    void valueThatDoesNotExistWhenTheJobBeginsIsTold(String name, String id) {
        List<Problem> problems = problems("{needs: [tell], command: [./x, \"${" + name + "}\"]}");
        assertThat(problems).extracting(Problem::id).containsExactly(id);
        assertThat(problems.getFirst().values()).containsEntry("line", "9").containsEntry("column", "40");
    }

    @Test
    void nearestNamesComeFirst() {
        Problem problem =
                problems("{needs: [tell], command: [./x, \"${ask.form}\"]}").getFirst();
        assertThat(problem.values().get("expected")).startsWith("ask.from, ");
    }

    @Test
    void jobnetThatNoMailStartsHasNoStartValues() {
        String text = "version: 1\njobnet: /a\njobs: {b: {command: [x, \"${start.from}\"]}}\n";
        assertThat(DefinitionYaml.read("a", text)).isInstanceOf(DefinitionReading.Wrong.class);
    }

    @Test
    void startConditionHasNoValuesAtAll() {
        String text =
                "version: 1\njobnet: /a\nstart: {receive-mail: {profile: p, subject: [\"${unit}\"]}}\njobs: {b: {command: x}}\n";
        assertThat(DefinitionYaml.read("a", text))
                .isInstanceOfSatisfying(
                        DefinitionReading.Wrong.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(Problem::id)
                                .containsExactly("EKDU0033-E"));
    }

    @Test
    void listIsAnItemOfItsOwn() {
        assertThat(problems("{command: [./x, \"--files=${start.attachments}\"]}"))
                .extracting(Problem::id)
                .containsExactly("EKDU0035-E");
        assertThat(problems("{command: [./x], environment: {FILES: \"${start.attachments}\"}}"))
                .extracting(Problem::id)
                .containsExactly("EKDU0035-E");
        assertThat(problems("{command: [./x], folder: \"${start.to}\"}"))
                .extracting(Problem::id)
                .containsExactly("EKDU0035-E");
        assertThat(problems("{send-mail: {profile: p, to: [\"${start.to}\"], text: \"files: ${start.attachments}\"}}"))
                .isEmpty();
    }

    @Test
    void mailCannotSayWhichProgramRuns() {
        assertThat(problems("{command: [\"${start.attachments}\"]}"))
                .extracting(Problem::id)
                .containsExactly("EKDU0036-E");
        assertThat(problems("{script: \"${start.body}\"}"))
                .extracting(Problem::id)
                .containsExactly("EKDU0036-E");
        assertThat(problems("{command: [./x], environment: {PATH: \"${start.folder}:/bin\"}}"))
                .extracting(Problem::id)
                .containsExactly("EKDU0036-E");
        assertThat(problems("{command: [\"${run.folder}/x\"]}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[sh, -c, \"load ${start.subject}\"]",
                "[/bin/bash, -ec, \"load ${start.body}\"]",
                "[env, A=1, bash, -lc, \"${start.subject}\"]",
                "[python3, -c, \"print('${start.subject}')\"]",
                "[perl, -e, \"${start.subject}\"]",
                "[node, --eval, \"${start.subject}\"]",
                "[cmd.exe, /c, load.bat, \"${start.subject}\"]",
                "[pwsh, -NoProfile, -Command, load, \"${start.subject}\"]",
                "[awk, \"/${start.subject}/\", file]",
            })
    void mailTextNeverBecomesAShellLine(String command) {
        assertThat(problems("{command: " + command + "}"))
                .extracting(Problem::id)
                .containsExactly("EKDU0037-E");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[sh, -c, 'load \"$1\"', sh, \"${start.subject}\"]",
                "[bash, load.sh, \"${start.subject}\"]",
                "[sh, -c, \"exit ${run.number}\"]",
                "[./load, -c, \"${start.subject}\"]",
            })
    void mailTextMayBeAnArgumentOfAScript(String command) {
        assertThat(problems("{command: " + command + "}")).isEmpty();
    }

    @Test
    void dollarsThatAreNoTemplatesStay() {
        assertThat(problems("{command: [./x, \"$HOME $1 $${start.nothing}\"]}")).isEmpty();
    }
}
