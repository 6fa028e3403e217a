package ekiden.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.definition.DefinitionReading;
import ekiden.definition.KnownProfiles;
import ekiden.message.Messages;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Entry;
import ekiden.model.definition.IfRefused;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.Proof;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SaveRule;
import ekiden.model.definition.SendMail;
import ekiden.yaml.YamlLimits;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionYamlTest {
    static final String ORDER_INTAKE = """
            version: 1
            jobnet: /sales/order-intake
            start: {receive-mail: {profile: orders, from: [edi@customer.example], subject: [注文書]}}
            overlap: queue
            jobs:
              load:
                command: [./load.sh, "${start.attachments}"]
                timeout: 10m
              approve:
                needs: [load]
                receive-mail: {profile: orders, from: [boss@example.jp], subject: [承認], save: {to: approvals}, after-receive: "move:Done"}
                timeout: 8h
                on-timeout: warning
              reply:
                needs: [approve]
                send-mail: {profile: orders, to: ["${start.from}"], subject: "Re: ${start.subject}", text-file: reply.txt, attach: ["out/*.pdf"]}
            """;

    private static Jobnet read(String text) {
        DefinitionReading reading = DefinitionYaml.read("a.yaml", text);
        assertThat(reading).isInstanceOf(DefinitionReading.Read.class);
        return ((DefinitionReading.Read) reading).jobnet();
    }

    private static List<Problem> wrong(String text) {
        DefinitionReading reading = DefinitionYaml.read("a.yaml", text);
        assertThat(reading).isInstanceOf(DefinitionReading.Wrong.class);
        List<Problem> problems = ((DefinitionReading.Wrong) reading).problems();
        for (Problem problem : problems) {
            assertThat(new Messages().render(problem, Locale.JAPANESE)).doesNotContainPattern("\\{[a-z]+\\}");
        }
        return problems;
    }

    /** A jobnet with one job {@code a} whose lines are given, each indented by four. */
    private static String job(String lines) {
        return "version: 1\njobnet: /a/b\nstart: {receive-mail: {profile: p, subject: [x]}}\njobs:\n  first:\n    command: [./first]\n"
                + "  a:\n" + lines.indent(4);
    }

    private static Problem only(String text) {
        List<Problem> problems = wrong(text);
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    private static String at(Problem problem) {
        return problem.id() + " " + problem.values().get("line") + ":"
                + problem.values().get("column");
    }

    @Test
    void exampleOfTheDesignIsReadAsWritten() {
        Jobnet jobnet = read(ORDER_INTAKE);
        assertThat(jobnet.name().value()).isEqualTo("/sales/order-intake");
        assertThat(jobnet.overlap()).isEqualTo(Jobnet.Overlap.QUEUE);
        ReceiveMail start = Objects.requireNonNull(jobnet.start());
        assertThat(start.conditions().subject()).containsExactly(Entry.fromText("注文書"));
        assertThat(start.after()).isNull();
        assertThat(start.save()).isEqualTo(SaveRule.DEFAULT);
        assertThat(start.priority()).isEqualTo(5);
        assertThat(jobnet.jobs()).extracting(Job::name).containsExactly("load", "approve", "reply");
        RunCommand load = (RunCommand) jobnet.job("load").work();
        assertThat(load.command()).containsExactly("./load.sh", "${start.attachments}");
        assertThat(jobnet.job("load").timeout()).isEqualTo(Duration.ofMinutes(10));
        Job approve = jobnet.job("approve");
        assertThat(approve.onTimeout()).isEqualTo(Job.OnTimeout.WARNING);
        assertThat(((ReceiveMail) approve.work()).after()).isEqualTo(new AfterReceive(false, null, "Done", false));
        SendMail reply = (SendMail) jobnet.job("reply").work();
        assertThat(reply.textFile()).isEqualTo("reply.txt");
        assertThat(reply.attach()).containsExactly("out/*.pdf");
    }

    @Test
    void everyProblemIsToldAtOnceInTheOrderOfTheFileWithItsPlace() {
        List<Problem> problems = wrong("""
                version: 2
                jobnet: sales
                overlap: sometimes
                colour: red
                jobs:
                  load:
                    comand: [./x]
                  approve:
                    needs: [lood]
                    receive-mail: {profile: p}
                    timeout: soon
                """);
        assertThat(problems)
                .extracting(DefinitionYamlTest::at)
                .containsExactly(
                        "EKDU0010-E 1:10",
                        "EKDU0020-E 2:9",
                        "EKDU0010-E 3:10",
                        "EKDU0006-E 4:1",
                        "EKDU0007-E 7:5",
                        "EKDU0025-E 9:13",
                        "EKDU0027-E 10:19",
                        "EKDU0010-E 11:14");
        assertThat(problems.get(4).values()).containsEntry("near", "command").containsEntry("file", "a.yaml");
        assertThat(problems.get(5).values()).containsEntry("expected", "load, approve");
    }

    @Test
    void textThatIsNoYamlIsToldWithItsPlace() {
        Problem problem = only("version: 1\njobnet: [a\njobs: {}\n");
        assertThat(problem.id()).isEqualTo("EKDU0001-E");
        assertThat(problem.values()).containsEntry("line", "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "- a\n", "text\n", "~\n"})
    void fileThatIsNoMappingIsTold(String text) {
        assertThat(only(text).id()).isEqualTo("EKDU0008-E");
    }

    @Test
    void jobnetWithoutJobsIsTold() {
        assertThat(only("version: 1\njobnet: /a\n").id()).isEqualTo("EKDU0022-E");
        assertThat(only("version: 1\njobnet: /a\njobs:\n").id()).isEqualTo("EKDU0022-E");
        assertThat(only("version: 1\njobnet: /a\njobs: {}\n").id()).isEqualTo("EKDU0022-E");
    }

    @Test
    void missingKeysAreNamed() {
        assertThat(wrong("jobs: {a: {command: [x]}}\n"))
                .extracting(p -> p.id() + p.values().get("expected"))
                .containsExactly("EKDU0009-Eversion", "EKDU0009-Ejobnet");
    }

    @Test
    void circleOfNeedsIsNamedOnce() {
        Problem problem = only("""
                version: 1
                jobnet: /a
                jobs:
                  one: {needs: [three], command: [x]}
                  two: {needs: [one], command: [x]}
                  three: {needs: [two], command: [x]}
                  four: {needs: [three], command: [x]}
                """);
        assertThat(problem.id()).isEqualTo("EKDU0026-E");
        assertThat(problem.values()).containsEntry("cycle", "one → three → two → one");
        assertThat(problem.values()).containsEntry("line", "5");
    }

    @Test
    void jobThatNeedsItselfIsACircle() {
        assertThat(only(job("needs: [a]\ncommand: [x]")).values()).containsEntry("cycle", "a → a");
    }

    @Test
    void chainAsLongAsAllowedIsNoCircle() {
        StringBuilder text = new StringBuilder("version: 1\njobnet: /a\njobs:\n  j0: {command: [x]}\n");
        for (int i = 1; i < 1000; i++) {
            text.append("  j").append(i).append(": {needs: j").append(i - 1).append(", command: x}\n");
        }
        assertThat(read(text.toString()).jobs()).hasSize(1000);
        text.append("  last: {command: x}\n");
        assertThat(only(text.toString()).id()).isEqualTo("EKDU0002-E");
    }

    @Test
    void oneTextStandsForAListOfOne() {
        Jobnet jobnet = read(job("needs: first\nsend-mail: {profile: p, to: a@b, text: hello, attach: out/x}"));
        SendMail send = (SendMail) jobnet.job("a").work();
        assertThat(send.to()).containsExactly("a@b");
        assertThat(send.attach()).containsExactly("out/x");
        assertThat(send.subject()).isEmpty();
        assertThat(jobnet.job("a").needs()).containsExactly("first");
    }

    @Test
    void mailHasMoreThanATextWhereItIsAskedFor() {
        Jobnet jobnet = read(
                job(
                        "send-mail: {profile: p, to: a@b, from: 受注 <o@b>, reply-to: [x@b, y@b], html: <p>x</p>, "
                                + "signature-file: sign.txt, importance: high, attach-list: files.txt, if-refused: all-or-nothing, on-bounce: /営業/戻り}"));
        SendMail send = (SendMail) jobnet.job("a").work();
        assertThat(send.text()).isNull();
        assertThat(send.extras())
                .isEqualTo(new MailExtras(
                        "受注 <o@b>",
                        List.of("x@b", "y@b"),
                        "<p>x</p>",
                        null,
                        "sign.txt",
                        MailExtras.Importance.HIGH,
                        "files.txt",
                        IfRefused.ALL_OR_NOTHING,
                        MailExtras.EndsAt.LEFT,
                        "/営業/戻り",
                        null,
                        null));
        assertThat(((SendMail) read(job("send-mail: {profile: p, to: a@b, html-file: a.html}"))
                                .job("a")
                                .work())
                        .extras()
                        .htmlFile())
                .isEqualTo("a.html");
    }

    @Test
    void shellLineInThePlaceOfAListIsRefused() {
        assertThat(only(job("command: ./load.sh --fast")).id()).isEqualTo("EKDU0038-E");
        assertThat(((RunCommand) read(job("script: /opt/my jobs/load.sh"))
                                .job("a")
                                .work())
                        .command())
                .containsExactly("/opt/my jobs/load.sh");
    }

    @Test
    void jobDoesExactlyOneThing() {
        assertThat(only(job("timeout: 1m")).id()).isEqualTo("EKDU0023-E");
        Problem two = only(job("command: x\nsend-mail: {profile: p, to: a@b, text: t}"));
        assertThat(two.id()).isEqualTo("EKDU0024-E");
        assertThat(two.values()).containsEntry("found", "command, send-mail");
        assertThat(only(job("script: x\ncommand: x")).id()).isEqualTo("EKDU0024-E");
    }

    @Test
    void keysOfACommandAreUnknownToAMailJob() {
        assertThat(only(job("send-mail: {profile: p, to: a@b, text: t}\nexit-codes: {abnormal-above: 4}"))
                        .id())
                .isEqualTo("EKDU0006-E");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            read                       | true,,,false
            none                       | false,,,false
            delete                     | false,,,true
            "move:Done"                | false,,Done,false
            [read, "keyword:$Taken"]   | true,$Taken,,false
            [read, "move:a/b: c"]      | true,,a/b: c,false
            [delete, read]             | true,,,true
            """)
    void actionsAfterReceptionAreWordsOrAListOfThem(String words, String expected) {
        Jobnet jobnet = read(job("receive-mail:\n  profile: p\n  subject: x\n  after-receive: " + words));
        AfterReceive after =
                Objects.requireNonNull(((ReceiveMail) jobnet.job("a").work()).after());
        String found = after.read() + "," + Objects.toString(after.keyword(), "") + ","
                + Objects.toString(after.moveTo(), "") + "," + after.delete();
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ["move:a", "move:b"]  | EKDU0030-E
            [none, read]          | EKDU0030-E
            [read, read]          | EKDU0030-E
            "move:"               | EKDU0010-E
            "keyword:two words"   | EKDU0010-E
            archive               | EKDU0010-E
            []                    | EKDU0010-E
            {move: x}             | EKDU0008-E
            """)
    void actionsThatCannotBeAreTold(String words, String id) {
        assertThat(only(job("receive-mail:\n  profile: p\n  subject: x\n  after-receive: " + words))
                        .id())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from: boss                     | EKDU0010-E
            from: "Boss <boss@example.jp>" | EKDU0010-E
            subject: ""                    | EKDU0010-E
            subject:                       | EKDU0008-E
            subject: []                    | EKDU0027-E
            text: {a: b}                   | EKDU0006-E
            """)
    void conditionThatCouldNeverOrAlwaysMatchIsTold(String condition, String id) {
        assertThat(only(job("receive-mail:\n  profile: p\n  " + condition)).id())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            priority: 0        | EKDU0010-E
            priority: 10       | EKDU0010-E
            priority: high     | EKDU0010-E
            claim: some        | EKDU0010-E
            save: approvals    | EKDU0008-E
            save: {to: ../up}  | EKDU0031-E
            save: {to: a/../..}| EKDU0031-E
            save: {to: 'a\\..\\b'}| EKDU0031-E
            save: {to: "C:up"} | EKDU0031-E
            save: {body-name: a/b} | EKDU0010-E
            save: {body-name: ..}  | EKDU0031-E
            save: {attachments: maybe} | EKDU0010-E
            """)
    void badValueOfAReceiveMailJobIsTold(String line, String id) {
        assertThat(only(job("receive-mail:\n  profile: p\n  subject: x\n  " + line))
                        .id())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            to: a@b                                  | EKDU0028-E
            to: a@b, text: t, text-file: f           | EKDU0028-E
            to: a@b, html: t, html-file: f           | EKDU0028-E
            to: a@b, text: t, html-file: ../f        | EKDU0031-E
            to: a@b, text: t, signature-file: ../f   | EKDU0031-E
            to: a@b, text: t, attach-list: ../f      | EKDU0031-E
            to: a@b, text: t, importance: urgent     | EKDU0010-E
            to: a@b, text: t, from: me               | EKDU0010-E
            to: a@b, text: t, reply-to: me           | EKDU0010-E
            to: a@b, text: t, reply-to: []           | EKDU0010-E
            text: t                                  | EKDU0029-E
            to: [], text: t                          | EKDU0010-E
            to: "@boss", text: t                     | EKDU0010-E
            to: " ", text: t                         | EKDU0010-E
            to: "bo\\nss", text: t                   | EKDU0010-E
            to: a@b, text: t, subject: "a\\nb"       | EKDU0010-E
            to: a@b, text-file: ../../etc/passwd     | EKDU0031-E
            to: a@b, text: t, attach: [../x]         | EKDU0031-E
            """)
    void badValueOfASendMailJobIsTold(String pairs, String id) {
        assertThat(only(job("send-mail: {profile: p, " + pairs + "}")).id()).isEqualTo(id);
    }

    @Test
    void recipientWithoutAnAtSignIsANameForTheAddressBooks() {
        Jobnet jobnet = read(job("send-mail: {profile: p, to: [山田 太郎, a@b], text: t}"));
        assertThat(jobnet.job("a").work())
                .isInstanceOfSatisfying(
                        SendMail.class, send -> assertThat(send.to()).containsExactly("山田 太郎", "a@b"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            command: []                                          | EKDU0010-E
            command: [""]                                        | EKDU0010-E
            command: [a, [b]]                                    | EKDU0008-E
            {command: x, timeout: 0s}                            | EKDU0010-E
            {command: x, timeout: 367d}                          | EKDU0010-E
            {command: x, timeout: 10}                            | EKDU0010-E
            {command: x, on-timeout: kill}                       | EKDU0040-E
            {command: x, exit-codes: {warning-above: 4}}         | EKDU0009-E
            {command: x, exit-codes: {warning-above: 5, abnormal-above: 4}} | EKDU0039-E
            {command: x, exit-codes: {abnormal-above: -1}}       | EKDU0010-E
            {command: x, environment: {"A B": c}}                | EKDU0010-E
            {command: x, environment: {A: [c]}}                  | EKDU0008-E
            {command: x, environment: [A]}                       | EKDU0008-E
            {command: x, needs: [first, first]}                  | EKDU0005-E
            """)
    void badValueOfACommandJobIsTold(String lines, String id) {
        assertThat(only(job(lines)).id()).isEqualTo(id);
    }

    @Test
    void onlyTheAbnormalLimitMeansNoWarnings() {
        RunCommand command = (RunCommand) read(job("{command: x, exit-codes: {abnormal-above: 4}}"))
                .job("a")
                .work();
        assertThat(command.warningAbove()).isEqualTo(4);
        assertThat(command.abnormalAbove()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "run", "unit", "a.b", "a b", "\"\"", "a/b"})
    void nameThatNoJobCanHaveIsTold(String name) {
        assertThat(only("version: 1\njobnet: /a\njobs: {" + name + ": {command: x}}\n")
                        .id())
                .isEqualTo("EKDU0021-E");
    }

    @Test
    void namesAreComparedInOneForm() {
        String decomposed = "か\u3099";
        Jobnet jobnet =
                read("version: 1\njobnet: /a\njobs: {" + decomposed + ": {command: x}, b: {needs: が, command: y}}\n");
        assertThat(jobnet.job("b").needs()).containsExactly("が");
        assertThat(jobnet.jobs().getFirst().name()).isEqualTo("が");
    }

    @Test
    void profileThatTheSettingsDoNotHaveIsTold() {
        String text = job("send-mail: {profile: order, to: a@b, text: t}");
        KnownProfiles known = new KnownProfiles(Set.of("p", "in"), Set.of("orders"), Map.of());
        DefinitionReading reading = DefinitionYaml.read("a.yaml", text, known, YamlLimits.DEFAULT);
        Problem unknown = ((DefinitionReading.Wrong) reading).problems().getFirst();
        assertThat(unknown.id()).isEqualTo("EKDU0041-E");
        assertThat(unknown.values()).containsEntry("expected", "orders").containsEntry("section", "send");
        reading = DefinitionYaml.read("a.yaml", text.replace("order,", "in,"), known, YamlLimits.DEFAULT);
        assertThat(((DefinitionReading.Wrong) reading).problems().getFirst().id())
                .isEqualTo("EKDU0042-E");
    }

    @Test
    void proofThatTheProfileCannotGiveIsTold() {
        String text = job("receive-mail: {profile: p, from: a@b.example, authenticated: [dkim, spf, smime]}");
        KnownProfiles able = new KnownProfiles(
                Set.of("p"), Set.of(), Map.of(), Map.of("p", Set.of(Proof.Kind.DKIM, Proof.Kind.SPF)));
        DefinitionReading reading = DefinitionYaml.read("a.yaml", text, able, YamlLimits.DEFAULT);
        Problem problem = ((DefinitionReading.Wrong) reading).problems().getFirst();
        assertThat(((DefinitionReading.Wrong) reading).problems()).hasSize(1);
        assertThat(problem.id()).isEqualTo("EKDM0237-E");
        assertThat(problem.values())
                .containsEntry("found", "smime")
                .containsEntry("profile", "p")
                .containsEntry("expected", "trust")
                .containsKey("line");
        KnownProfiles unknown = new KnownProfiles(Set.of("p"), Set.of(), Map.of());
        assertThat(DefinitionYaml.read("a.yaml", text, unknown, YamlLimits.DEFAULT))
                .isInstanceOf(DefinitionReading.Read.class);
    }

    @Test
    void twoFoldersForTheMailsOfOneProfileAreRefused() {
        String first = "  a: {receive-mail: {profile: p, subject: x, after-receive: 'move:Done'}}\n";
        String other = "  b: {receive-mail: {profile: p, subject: y, after-receive: [read, 'move:Old']}}\n";
        Problem problem = only("version: 1\njobnet: /a\njobs:\n" + first + other);
        assertThat(problem.id()).isEqualTo("EKDU0043-E");
        assertThat(problem.values()).containsEntry("first", "Done").containsEntry("found", "Old");
        read("version: 1\njobnet: /a\njobs:\n" + first + other.replace("Old", "Done"));
        read("version: 1\njobnet: /a\njobs:\n" + first + other.replace("profile: p", "profile: q"));
    }

    @Test
    void folderThatTheProfileOrAnotherFileNamesIsKnown() {
        String text = job("receive-mail: {profile: p, subject: x, after-receive: 'move:Old'}");
        KnownProfiles none = new KnownProfiles(Set.of("p"), Set.of(), Map.of());
        KnownProfiles ofProfile = new KnownProfiles(Set.of("p"), Set.of(), Map.of("p", "Done"));
        DefinitionReading reading = DefinitionYaml.read("a.yaml", text, none, YamlLimits.DEFAULT);
        Jobnet right = ((DefinitionReading.Read) reading).jobnet();
        assertThat(DefinitionYaml.read("a.yaml", text, none.with(right), YamlLimits.DEFAULT))
                .isInstanceOf(DefinitionReading.Read.class);
        String elsewhere = text.replace("Old", "New");
        for (KnownProfiles known : List.of(ofProfile, none.with(right))) {
            reading = DefinitionYaml.read("b.yaml", elsewhere, known, YamlLimits.DEFAULT);
            assertThat(((DefinitionReading.Wrong) reading).problems())
                    .extracting(Problem::id)
                    .containsExactly("EKDU0043-E");
        }
    }

    @Test
    void aliasesTagsAndSecondDocumentsAreRefused() {
        assertThat(only("version: 1\njobnet: &n /a\njobs: {b: {command: x}}\n").id())
                .isEqualTo("EKDU0004-E");
        assertThat(only("version: 1\njobnet: !!str /a\njobs: {b: {command: x}}\n")
                        .id())
                .isEqualTo("EKDU0004-E");
        assertThat(only("version: 1\njobnet: /a\njobs: {b: {command: x}}\n---\nversion: 1\n")
                        .id())
                .isEqualTo("EKDU0004-E");
        assertThat(wrong("a: &x [1]\nb: [*x, *x]\n")).extracting(Problem::id).contains("EKDU0004-E");
    }

    @Test
    void moreProblemsThanAreToldAreCounted() {
        StringBuilder text = new StringBuilder("version: 1\njobnet: /a\njobs: {b: {command: x}}\n");
        for (int i = 0; i < 101; i++) {
            text.append("zzzzzz").append(i).append(": 1\n");
        }
        List<Problem> problems = wrong(text.toString());
        assertThat(problems).hasSize(101);
        assertThat(problems.getLast().id()).isEqualTo("EKDU0011-E");
        assertThat(problems.getLast().values()).containsEntry("more", "1");
    }
}
