package ekiden.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.definition.DefinitionReading;
import ekiden.json.Json;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Entry.Form;
import ekiden.model.definition.Entry.Look;
import ekiden.model.definition.HeaderCondition;
import ekiden.model.definition.Include;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.Proof;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.SizeRange;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsYamlTest {
    private static String file(String conditions) {
        return "version: 1\njobnet: /a\njobs:\n  a:\n    receive-mail:\n      profile: p\n" + conditions.indent(6);
    }

    private static Conditions read(String conditions) {
        DefinitionReading reading = DefinitionYaml.read("a.yaml", file(conditions));
        assertThat(reading).isInstanceOf(DefinitionReading.Read.class);
        Jobnet jobnet = ((DefinitionReading.Read) reading).jobnet();
        return ((ReceiveMail) jobnet.job("a").work()).conditions();
    }

    private static Problem wrong(String conditions) {
        DefinitionReading reading = DefinitionYaml.read("a.yaml", file(conditions));
        assertThat(reading).isInstanceOf(DefinitionReading.Wrong.class);
        List<Problem> problems = ((DefinitionReading.Wrong) reading).problems();
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    @Test
    void everyConditionAndOptionIsRead() {
        Conditions read = read("""
                from: [a@b, {glob: "*@b"}, {text: 営業部, in: name, width: ignore}]
                to: {text: /o=A/cn=B, in: x500}
                cc: c@d
                subject: {regex: '^\\[[A-Z]+\\]', case: ignore}
                text: {text: 至急 対応, in: all, line-breaks: ignore}
                attachment: {glob: "*.csv", case: matters}
                header: {X-Branch: true, x-priority: ["1", {glob: "2*"}]}
                size: {min: 10, max: 5KB}
                has-attachment: true
                authenticated: [dkim, spf]
                include: own
                """);
        assertThat(read.from())
                .containsExactly(
                        Entry.fromText("a@b"),
                        new Entry("*@b", Form.GLOB, Look.USUAL, false, false, false),
                        new Entry("営業部", Form.TEXT, Look.NAME, false, true, false));
        assertThat(read.to()).containsExactly(new Entry("/o=A/cn=B", Form.TEXT, Look.X500, false, false, false));
        assertThat(read.cc()).containsExactly(Entry.fromText("c@d"));
        assertThat(read.subject())
                .containsExactly(new Entry("^\\[[A-Z]+\\]", Form.REGEX, Look.USUAL, true, false, false));
        assertThat(read.text()).containsExactly(new Entry("至急 対応", Form.TEXT, Look.ALL, false, false, true));
        assertThat(read.attachment()).containsExactly(new Entry("*.csv", Form.GLOB, Look.USUAL, false, false, false));
        assertThat(read.header())
                .containsExactly(
                        new HeaderCondition("x-branch", List.of()),
                        new HeaderCondition(
                                "x-priority",
                                List.of(
                                        Entry.fromText("1"),
                                        new Entry("2*", Form.GLOB, Look.USUAL, false, false, false))));
        assertThat(read.size()).isEqualTo(new SizeRange(10, 5_120));
        assertThat(read.hasAttachment()).isTrue();
        assertThat(read.authenticated())
                .containsExactly(new Proof.ByServer(Proof.Method.DKIM), new Proof.ByServer(Proof.Method.SPF));
        assertThat(read.include()).containsExactly(Include.OWN);
    }

    /** As the store of an earlier version has them. */
    @Test
    void conditionsThatWereStoredBeforeThereWereOptionsAreRead() {
        assertThat(Json.read("{\"from\":[\"a@b\"],\"subject\":[],\"text\":[\"x\"]}", Conditions.class))
                .isEqualTo(new Conditions(List.of("a@b"), List.of(), List.of("x")));
        Conditions now = read("from: {glob: '*@b'}\nauthenticated: dmarc\nsize: {max: 5}");
        assertThat(Json.read(Json.write(now), Conditions.class)).isEqualTo(now);
    }

    @Test
    void anyMayAskForMoreMails() {
        assertThat(read("any: true\ninclude: [automatic, own]"))
                .isEqualTo(Conditions.ANY.including(List.of(Include.AUTOMATIC, Include.OWN)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to: a@b",
                "cc: a@b",
                "attachment: x",
                "header: {x-a: true}",
                "size: {max: 1MB}",
                "has-attachment: false",
                "authenticated: dkim"
            })
    void eachConditionIsEnoughByItself(String condition) {
        assertThat(read(condition).none()).isFalse();
    }

    @Test
    void whatIsAskedForBesideIsNoCondition() {
        assertThat(wrong("include: [own, automatic]").id()).isEqualTo("EKDU0027-E");
        assertThat(wrong("include: [own, automatic]").values()).containsEntry("line", "6");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            subject: {regex: "("}                             | EKDU0046-E | 24
            subject: {regex: "(?=a)"}                         | EKDU0046-E | 24
            subject: {regex: "((a{100}){100}){100}"}          | EKDU0046-E | 24
            subject: {regex: "㍿{900}", width: ignore}         | EKDU0046-E | 24
            subject: {regex: "[^ᲀ]", case: ignore}            | EKDU0046-E | 24
            subject: {case: ignore}                           | EKDU0047-E | 16
            subject: {text: a, glob: b}                       | EKDU0047-E | 16
            subject: {glob: "${run.id}*"}                     | EKDU0048-E | 23
            text: {regex: "a${run.id}"}                       | EKDU0048-E | 21
            subject: {text: a, line-breaks: ignore}           | EKDU0006-E | 26
            subject: {text: a, cases: ignore}                 | EKDU0007-E | 26
            subject: {text: a, case: never}                   | EKDU0010-E | 32
            subject: {text: ""}                               | EKDU0010-E | 23
            subject: {glob: " "}                              | EKDU0010-E | 23
            text: {text: "\u00a0\u2007", line-breaks: ignore} | EKDU0010-E | 20
            subject: [[a]]                                    | EKDU0008-E | 17
            subject: [a, {b: c}]                              | EKDU0006-E | 21
            from: {text: a@b, in: body}                       | EKDU0010-E | 29
            from: {text: yamada, in: x500}                    | EKDU0010-E | 20
            attachment: "*.csv"                               | EKDU0010-E | 19
            header: x                                         | EKDU0008-E | 15
            header: {}                                        | EKDU0010-E | 15
            header: {"x a": b}                                | EKDU0010-E | 16
            header: {x-a: ""}                                 | EKDU0010-E | 21
            size: {}                                          | EKDU0010-E | 13
            size: {min: 2MB, max: 1MB}                        | EKDU0010-E | 29
            size: {max: many}                                 | EKDU0010-E | 19
            has-attachment: perhaps                           | EKDU0010-E | 23
            authenticated: [dkim, pgp]                      | EKDU0010-E | 29
            authenticated: []                                 | EKDU0010-E | 22
            """)
    void whatCannotBeMeantIsToldWithItsPlace(String condition, String id, String column) {
        Problem problem = wrong(condition);
        assertThat(problem.id()).isEqualTo(id);
        assertThat(problem.values()).containsEntry("line", "7").containsEntry("column", column);
    }

    @Test
    void entryOfAThousandCharactersIsTheLongest() {
        assertThat(read("subject: " + "a".repeat(1_000)).subject()).hasSize(1);
        assertThat(wrong("subject: " + "a".repeat(1_001)).id()).isEqualTo("EKDU0049-E");
    }

    @Test
    void conditionsOfAHundredThousandCharactersAreTheLongest() {
        String most = "subject:\n" + ("- " + "a".repeat(1_000) + "\n").repeat(100);
        assertThat(read(most).subject()).hasSize(100);
        assertThat(wrong(most + "- a\n").id()).isEqualTo("EKDU0053-E");
    }

    @Test
    void expressionsOfAFileHaveOneLimitTogether() {
        String written = "subject:\n" + ("- {regex: \"" + "ss".repeat(100) + "\", case: ignore}\n").repeat(60);
        assertThat(((DefinitionReading.Wrong) DefinitionYaml.read("a.yaml", file(written))).problems())
                .extracting(Problem::id)
                .containsOnly("EKDU0046-E");
        String most = "subject:\n" + "- {regex: \"a{401}\"}\n".repeat(50);
        assertThat(read(most + "- {regex: \"abc*[de]\"}\n").subject()).hasSize(51);
        assertThat(wrong(most + "- {regex: \"a{2}\"}\n").id()).isEqualTo("EKDU0046-E");
    }

    @Test
    void expressionOfABareAddressMayHaveLettersThatHaveOtherCasesElsewhere() {
        assertThat(read("from: {regex: \"^[\\\\x{80}-\\\\x{ffff}ᲀ]\"}").from()).hasSize(1);
        assertThat(wrong("from: {regex: \"ᲀ\", case: ignore}").id()).isEqualTo("EKDU0046-E");
    }

    @Test
    void valueOfTheRunStandsInWordsWithOptionsToo() {
        Conditions read = read("subject: {text: \"Re: ${run.id}\", case: ignore}");
        assertThat(Objects.requireNonNull(read.subject().getFirst()).text()).isEqualTo("Re: ${run.id}");
    }
}
