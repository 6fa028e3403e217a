package ekiden.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ekiden.base.Problem;
import ekiden.definition.DefinitionReading;
import ekiden.model.definition.PartChecks;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.Retention;
import ekiden.model.definition.SaveOptions;
import ekiden.model.definition.SaveRule;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said under {@code save}, and what is refused. */
class SaveOptionsYamlTest {
    private static DefinitionReading read(String save) {
        return DefinitionYaml.read("x.yaml", """
                version: 1
                jobnet: /a
                start:
                  receive-mail:
                    profile: p
                    any: true
                    save:
                      SAVE
                """.replace("SAVE", save.replace("\n", "\n      ")));
    }

    private static SaveRule save(String save) {
        ReceiveMail start = ((DefinitionReading.Read) read(save)).jobnet().start();
        return Objects.requireNonNull(start).save();
    }

    private static List<Problem> problems(String save) {
        return ((DefinitionReading.Wrong) read(save)).problems();
    }

    @Test
    void everythingThatCanBeSaidIsRead() {
        SaveRule save = save("""
                to: in/{from}/{date}
                folder-name: "{run}-{subject}"
                attachment-name: "{i}-{stem}.{ext}"
                reception-list: received-{date}.list
                collision: overwrite
                owner: root
                group: sales
                mode: 0640
                folder-mode: 750
                retention: {age: 30d, count: 1000, size: 10GB}
                filter: {command: [./clean.sh, -q], timeout: 90s, on-failure: keep}
                scan: {clamd: "[::1]:3310", on-infected: fail, on-failure: pass}
                settle: 3s""");
        assertThat(save.to()).isEqualTo("in/{from}/{date}");
        assertThat(save.options())
                .isEqualTo(new SaveOptions(
                        "{run}-{subject}",
                        "{i}-{stem}.{ext}",
                        "received-{date}.list",
                        SaveOptions.Collision.OVERWRITE,
                        new SaveOptions.FileAccess("root", "sales", "640", "750"),
                        new Retention(Duration.ofDays(30), 1_000, 10L << 30),
                        new PartChecks(
                                new PartChecks.Filter(
                                        List.of("./clean.sh", "-q"),
                                        Duration.ofSeconds(90),
                                        PartChecks.Filter.OnFailure.KEEP),
                                new PartChecks.Scan(
                                        "[::1]:3310",
                                        null,
                                        PartChecks.Scan.OnInfected.FAIL,
                                        PartChecks.Scan.OnFailure.PASS)),
                        Duration.ofSeconds(3)));
    }

    @Test
    void withoutAnyOfThemNothingIsSaidAboutThem() {
        assertThat(save("to: in").options()).isNull();
        assertThat(save("to: in").how()).isEqualTo(SaveOptions.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    to: "../{from}"               | EKDU0031-E | 8 | 11
                    to: "in/{from}/.."            | EKDU0031-E | 8 | 11
                    to: "/{from}/in"              | EKDU0061-E | 8 | 11
                    reception-list: "/{subject}"  | EKDU0061-E | 8 | 23
                    to: "C:/{from}"               | EKDU0061-E | 8 | 11
                    to: "in/{nobody}"             | EKDU0060-E | 8 | 11
                    to: "in/{name}"               | EKDU0060-E | 8 | 11
                    folder-name: "{subject"       | EKDU0060-E | 8 | 20
                    folder-name: "a}b"            | EKDU0060-E | 8 | 20
                    folder-name: "{from}/x"       | EKDU0010-E | 8 | 20
                    body-name: "{i}.txt"          | EKDU0060-E | 8 | 18
                    attachment-name: "{i}/{name}" | EKDU0010-E | 8 | 24
                    attachment-name: ".."         | EKDU0031-E | 8 | 24
                    collision: replace            | EKDU0010-E | 8 | 18
                    mode: 1777                    | EKDU0010-E | 8 | 13
                    mode: rw                      | EKDU0010-E | 8 | 13
                    folder-mode: 500              | EKDU0010-E | 8 | 20
                    retention: {}                 | EKDU0010-E | 8 | 18
                    retention: {age: 0s}          | EKDU0010-E | 8 | 24
                    retention: {count: 0}         | EKDU0010-E | 8 | 26
                    retention: {days: 3}          | EKDU0006-E | 8 | 19
                    retention: soon               | EKDU0010-E | 8 | 18
                    filter: {timeout: 1m}         | EKDU0009-E | 8 | 15
                    filter: {command: []}         | EKDU0010-E | 8 | 25
                    filter: {command: ["a${b.c}"]} | EKDU0033-E | 8 | 26
                    filter: {command: [a], timeout: 2h} | EKDU0010-E | 8 | 39
                    scan: {clamd: "nowhere"}      | EKDU0010-E | 8 | 21
                    scan: {clamd: "a:99999"}      | EKDU0010-E | 8 | 21
                    scan: {clamd: "a:0"}          | EKDU0010-E | 8 | 21
                    scan: {clamd: "a:1", on-failure: keep} | EKDU0010-E | 8 | 40
                    settle: 2h                    | EKDU0010-E | 8 | 15
                    group: "a:b"                  | EKDU0010-E | 8 | 14
                    """)
    void whatIsWrongIsRefusedWithItsPlace(String save, String id, String line, String column) {
        List<Problem> problems = problems(save);
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().id()).isEqualTo(id);
        assertThat(problems.getFirst().values()).containsEntry("line", line).containsEntry("column", column);
    }

    @Test
    void patternOfTooManyCharactersIsRefused() {
        assertThat(save("folder-name: \"{run}" + "x".repeat(195) + "\"").options())
                .isNotNull();
        assertThat(problems("folder-name: \"{run}" + "x".repeat(196) + "\""))
                .extracting(Problem::id)
                .containsExactly("EKDU0060-E");
    }

    private static void refused(String save, String id, int column) {
        List<Problem> problems = problems(save);
        assertThat(problems).extracting(Problem::id).containsExactly(id);
        assertThat(problems.getFirst().values())
                .containsEntry("line", "8")
                .containsEntry("column", Integer.toString(column));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    to             | x   | 255
                    to             | あ  | 85
                    to             | 😀  | 63
                    reception-list | あ  | 85
                    folder-name    | x   | 200
                    body-name      | あ  | 66
                    """)
    void nameOfMoreBytesThanAFileCanHaveIsRefused(String key, String character, int most) {
        assertThat(save(key + ": " + character.repeat(most))).isNotNull();
        refused(key + ": " + character.repeat(most + 1), "EKDM0693-E", key.length() + 9);
        String path = key.endsWith("name") ? "" : "a/b/";
        refused(key + ": " + path + character.repeat(most + 1), "EKDM0693-E", key.length() + 9);
    }

    @Test
    void nameOfWhichOnlyItsOwnTextWouldBeKeptIsRefused() {
        assertThat(save("to: \"in/{date}" + "あ".repeat(66) + "\"")).isNotNull();
        refused("to: \"in/{date}" + "あ".repeat(67) + "\"", "EKDM0693-E", 11);
        refused("folder-name: \"" + "あ".repeat(67) + "{run}\"", "EKDM0693-E", 20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {to: in, reception-list: in} | reception-list
                    {to: 'in/{date}', reception-list: 'in/{date}'} | reception-list
                    {to: in/x, reception-list: ./in} | reception-list
                    {reception-list: mail} | reception-list
                    {reception-list: mail/list, folder-name: list} | reception-list
                    {to: in, reception-list: 'in//{run}-{job}/x'} | reception-list
                    {to: in, reception-list: 'in/{run}-start/x'} | reception-list
                    {to: /srv/in, reception-list: /srv} | reception-list
                    {body-name: a.txt, list-name: a.txt} | list-name
                    {body-name: '{subject}.x', mail-name: '{subject}.x'} | mail-name
                    {list-name: BODY.TXT} | list-name
                    {mail-name: Mail.json} | mail-name
                    {to: 'in/l{subject}.txt/x', reception-list: 'in/List.TXT'} | reception-list
                    {to: 'in/{subject}', reception-list: 'in/list.txt'} | reception-list
                    {to: in, folder-name: '{from}', reception-list: 'in/list.txt'} | reception-list
                    {to: in, folder-name: '{date}-{from}.', reception-list: 'in/2026-11-28-x'} | reception-list
                    {to: 'in/{from}', reception-list: 'in/{subject}'} | reception-list
                    """)
    void whatWouldBeInOnePlaceIsRefused(String save, String key) {
        refused(save, "EKDM0694-E", 7 + save.indexOf(key) + key.length() + 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{to: in, reception-list: in/list}",
                "{to: in, reception-list: inn}",
                "{to: in, reception-list: /in}",
                "{to: \"in/{from}\", reception-list: \"lists/{subject}\"}",
                "{to: \"in/{from}.mails\", reception-list: \"in/{subject}.list\"}",
                "{to: \"in/{subject}-m\", reception-list: in/list.txt}",
                "{to: \"in/{date}\", reception-list: in/list.txt}",
                "{to: in, folder-name: \"{date}-{subject}\", reception-list: in/the-list.txt}",
                "{reception-list: list, folder-name: list}",
                "{body-name: attachments.list, list-name: body.txt}"
            })
    void whatHasPlacesOfItsOwnIsTaken(String save) {
        assertThat(save(save)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"to", "folder-name", "body-name", "list-name", "mail-name", "attachment-name"})
    void nameThatIsOursIsRefused(String key) {
        refused(key + ": .ekiden-x", "EKDM0697-E", key.length() + 9);
        refused(key + ": .Ekiden-x.old-y", "EKDM0697-E", key.length() + 9);
        refused(key + ": \".ekiden-{subject}\"", "EKDM0697-E", key.length() + 9);
        assertThat(save(key + ": x.ekiden-x")).isNotNull();
    }

    @Test
    void nameThatIsOursIsRefusedInAPathToo() {
        refused("to: a/.ekiden-x/b", "EKDM0697-E", 11);
        refused("reception-list: a/.ekiden-x.entry", "EKDM0697-E", 23);
    }

    @Test
    void listOfOneJobWhereTheMailsOfAnotherGoIsRefused() {
        String text = """
                version: 1
                jobnet: /a
                jobs:
                  first:
                    receive-mail: {profile: p, any: true, save: {reception-list: LIST}}
                  second:
                    receive-mail: {profile: p, any: true, save: {to: in/box}}
                """;
        assertThat(DefinitionYaml.read("x.yaml", text.replace("LIST", "in/list")))
                .isInstanceOf(DefinitionReading.Read.class);
        assertThat(DefinitionYaml.read("x.yaml", text.replace("LIST", "in")))
                .isInstanceOfSatisfying(
                        DefinitionReading.Wrong.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(
                                        Problem::id,
                                        one -> one.values().get("line"),
                                        one -> one.values().get("other"))
                                .containsExactly(
                                        tuple("EKDM0694-E", "7", "jobs.first.receive-mail.save.reception-list")));
    }

    @Test
    void folderThatAMailOfTheRunNamesIsNoPlaceForAListOfAnyJob() {
        String text = """
                version: 1
                jobnet: /a
                start:
                  receive-mail: {profile: p, any: true, save: {reception-list: in/list.txt}}
                jobs:
                  second:
                    receive-mail: {profile: p, any: true, save: SAVE}
                """;
        for (String save : List.of(
                "{to: \"in/${start.subject}\"}",
                "{to: \"in/${start.subject}/x\"}",
                "{to: \"in/l${start.subject}.TXT\"}",
                "{to: in, folder-name: \"${start.subject}\"}",
                "{to: \"in/${start.subject}\", reception-list: other.txt}")) {
            assertThat(DefinitionYaml.read("x.yaml", text.replace("SAVE", save)))
                    .isInstanceOfSatisfying(
                            DefinitionReading.Wrong.class,
                            wrong -> assertThat(wrong.problems())
                                    .extracting(Problem::id)
                                    .containsExactly("EKDM0694-E"));
        }
        for (String save : List.of(
                "{to: \"in/m-${start.subject}\"}",
                "{to: \"mails/${start.subject}\"}",
                "{to: \"in/${run.number}\"}",
                "{to: in, folder-name: \"${start.subject}-m\"}")) {
            assertThat(DefinitionYaml.read("x.yaml", text.replace("SAVE", save)))
                    .isInstanceOf(DefinitionReading.Read.class);
        }
    }
}
