package ekiden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import ekiden.definition.TemplateLimits;
import ekiden.mail.profile.MailCharset;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.HeaderCondition;
import ekiden.model.definition.Include;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.SizeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Words in, exit code out, without a process. */
class CliTest {
    private static final Path FOLDER = Path.of("/somewhere");

    @BeforeEach
    void forget() {
        Called.REQUESTS.clear();
    }

    private static Called call(String... args) {
        return Called.of(FOLDER, args);
    }

    private static void wrong(String id, String... args) {
        Called called = call(args);
        assertThat(called.err()).contains(id);
        assertThat(called.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(called.out()).isEmpty();
    }

    @Test
    void wrongWordsAreSaidToBeWrong() {
        wrong("EKDC0100-E", "frobnicate");
        wrong("EKDC0101-E", "run", "lst");
        wrong("EKDC0102-E", "run", "list", "--frob");
        wrong("EKDC0102-E", "run", "list", "a", "b");
        wrong("EKDC0102-E", "run", "list", "--json=yes");
        wrong("EKDC0103-E", "run", "show");
        wrong("EKDC0103-E", "run", "list", "--limit");
        wrong("EKDC0104-E", "run", "list", "--limit", "0");
        wrong("EKDC0104-E", "run", "list", "--limit", "1001");
        wrong("EKDC0104-E", "run", "list", "--limit", "many");
        wrong("EKDC0104-E", "run", "watch", "x", "--timeout", "soon");
        wrong("EKDC0104-E", "--lang", "fr", "run", "list");
        wrong("EKDC0105-E", "mail", "wait", "--profile", "a", "--url", "b");
        wrong("EKDC0106-E", "unit", "check", "nothing.yaml");
        wrong("EKDC0108-E", "run", "list", "--limit", "1", "--limit", "2");
        wrong("EKDC0190-E", "explain", "EKDX0000-E");
    }

    @Test
    void whetherAnotherJobnetIsDefinedIsFoundInTheFilesOrSaidToBeUnknown(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve("a.yaml"), """
                version: 1
                jobnet: /a
                jobs:
                  tell: {send-mail: {profile: p, to: [Taro], text: t, on-bounce: /b}}
                  self: {send-mail: {profile: p, to: [a@b], text: t, on-bounce: /a}}
                """);
        Files.writeString(
                home.resolve("b.yaml"), "version: 1\njobnet: /b\njobs: {back: {command: [echo, '${bounce.code}']}}\n");
        Called alone = Called.of(home, "unit", "check", "a.yaml");
        assertThat(alone.exit()).isEqualTo(ExitCode.WARNING);
        assertThat(alone.out()).contains("a.yaml: /a");
        assertThat(alone.err()).contains("EKDM0686-W", "job tell", "/b").doesNotContain("job self");
        Called both = Called.of(home, "unit", "check", "a.yaml", "b.yaml");
        assertThat(both.err()).isEmpty();
        assertThat(both.exit()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void templatesThatAreThereAreCheckedToo(@TempDir Path home) throws IOException {
        Files.writeString(
                home.resolve("a.yaml"),
                "version: 1\njobnet: /a\njobs:\n  tell: {send-mail: {profile: p, to: [a@b], text-template: t.txt, html-template: none.html}}\n");
        Files.writeString(home.resolve("t.txt"), "Run ${run.number} of ${unit}, $${HOME}\n");
        assertThat(Called.of(home, "unit", "check", "a.yaml").exit()).isEqualTo(ExitCode.DONE);
        Files.writeString(home.resolve("t.txt"), "${run.number}\n${start.subject} ${run.nmber}\n");
        Called wrong = Called.of(home, "unit", "check", "a.yaml");
        assertThat(wrong.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err())
                .contains("EKDU0033-E", "a.yaml:4:", "text-template (t.txt)", "start.subject", "run.nmber");
        Files.writeString(home.resolve("t.txt"), "${open\n");
        assertThat(Called.of(home, "unit", "check", "a.yaml").err()).contains("EKDU0032-E", "(t.txt)");
    }

    @Test
    @Timeout(30)
    void whatIsNoTemplateIsToldWithItsPlace(@TempDir Path home) throws IOException, InterruptedException {
        Files.writeString(
                home.resolve("a.yaml"),
                "version: 1\njobnet: /a\njobs:\n  tell: {send-mail: {profile: p, to: [a@b], text-template: t}}\n");
        Path template = home.resolve("t");
        Files.write(template, new byte[] {'$', '{', (byte) 0xff});
        assertUnusable(home, "not UTF-8");
        Files.writeString(template, "あ".repeat(TemplateLimits.DEFAULT.text()));
        assertThat(Called.of(home, "unit", "check", "a.yaml").exit()).isEqualTo(ExitCode.DONE);
        Files.writeString(template, "あ".repeat(TemplateLimits.DEFAULT.text()) + "x");
        assertUnusable(home, "too large");
        Files.writeString(template, "x".repeat(TemplateLimits.DEFAULT.text() + 1));
        assertUnusable(home, "too large");
        Files.delete(template);
        Files.createDirectory(template);
        assertUnusable(home, "Is a directory");
        Files.delete(template);
        assertThat(new ProcessBuilder("mkfifo", template.toString()).start().waitFor())
                .isZero();
        assertUnusable(home, "Not a regular file");
    }

    private static void assertUnusable(Path home, String reason) {
        Called wrong = Called.of(home, "unit", "check", "a.yaml");
        assertThat(wrong.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("EKDM0691-E a.yaml:4:", "text-template: t is no template: " + reason);
    }

    @Test
    void recipientsThatBecomeNoAddressAreToldWhereThereAreSettings(@TempDir Path home) throws IOException {
        Files.writeString(
                home.resolve("a.yaml"),
                "version: 1\njobnet: /a\njobs:\n  tell: {send-mail: {profile: p, to: [Taro, a@b], cc: ['${unit}'], text: t}}\n");
        assertThat(Called.of(home, "unit", "check", "a.yaml").err()).isEmpty();
        Files.writeString(
                home.resolve("ekiden.yaml"),
                "version: 1\nmail: {profiles: {p: {send: {smtp: {host: h}, from: a@b}}}}\n");
        Called doubted = Called.of(home, "unit", "check", "a.yaml");
        assertThat(doubted.exit()).isEqualTo(ExitCode.WARNING);
        assertThat(doubted.err()).contains("EKDM0687-W", "recipient Taro", "EKDM0353-E");
    }

    @Test
    void noCommandShowsHelpAndIsWrongUsage() {
        Called bare = call();
        assertThat(bare.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(bare.err()).contains("Usage: ekiden COMMAND");
        assertThat(call("run").err()).contains("Usage: ekiden run COMMAND");
        assertThat(call("--version").out()).startsWith("ekiden ");
    }

    @Test
    void theLanguageIsThatOfTheOptionThenOfTheEnvironment() {
        Map<String, String> japanese = Map.of("LANG", "ja_JP.UTF-8");
        assertThat(Called.of(FOLDER, japanese, "run", "--help").out()).contains("使い方");
        assertThat(Called.of(FOLDER, japanese, "run", "--lang", "en", "--help").err())
                .contains("There is no command");
        assertThat(Called.of(FOLDER, japanese, "--lang", "en", "run", "--help").out())
                .contains("Usage");
    }

    @Test
    void idsAreExplained() {
        assertThat(call("explain", "ekdu0006").out()).contains("EKDU0006-E", "Exit code: 2");
        assertThat(call("explain", "EKDC0060-E", "--json").out()).contains("\"exit\":6", "\"severity\":\"ERROR\"");
    }

    @Test
    void longRunningCommandsGetTheirHomeAndSettings() {
        assertThat(call("up", "--config", "my.yaml").exit()).isEqualTo(ExitCode.DONE);
        assertThat(call("--home", "/h", "up", "--lang=ja").exit()).isEqualTo(ExitCode.DONE);
        assertThat(call("quickstart", "--exit").exit()).isEqualTo(ExitCode.DONE);
        assertThat(Called.REQUESTS)
                .containsExactly(
                        new CommandSet.UpRequest(FOLDER, FOLDER.resolve("my.yaml"), null),
                        new CommandSet.UpRequest(Path.of("/h"), null, Locale.JAPANESE),
                        new CommandSet.QuickstartRequest(true, Locale.ENGLISH));
    }

    @Test
    void mailWaitUnderstandsAllItsOptions() {
        Called called = call(
                "mail",
                "wait",
                "--url",
                "imaps://u@h/INBOX",
                "--password-env",
                "PASS",
                "--state",
                "st",
                "--from",
                "a@b",
                "--from",
                "c@d",
                "--subject",
                "-x",
                "--save",
                "in",
                "--body-name",
                "b.txt",
                "--attachment-name",
                "n",
                "--count",
                "3",
                "--timeout",
                "1h30m",
                "--after",
                "move:Done");
        assertThat(called.exit()).as(called.err()).isEqualTo(ExitCode.DONE);
        WaitRequest request = (WaitRequest) Called.REQUESTS.getFirst();
        assertThat(request.server())
                .isEqualTo(
                        new MailServer.Url("imaps://u@h/INBOX", new MailServer.Password.InEnvironment("PASS"), false));
        assertThat(request.conditions().from()).containsExactly(Entry.fromText("a@b"), Entry.fromText("c@d"));
        assertThat(request.conditions().subject()).containsExactly(Entry.fromText("-x"));
        assertThat(request.state()).isEqualTo(FOLDER.resolve("st"));
        assertThat(request.count()).isEqualTo(3);
        assertThat(request.timeout()).isEqualTo(Duration.ofMinutes(90));
        assertThat(request.after()).isEqualTo(new AfterReceive(true, null, "Done", false));
        wrong("EKDC0103-E", "mail", "wait");
        wrong("EKDC0104-E", "mail", "wait", "--profile", "a", "--after", "burn");
        wrong("EKDC0105-E", "mail", "wait", "--profile", "a", "--password-env", "P");
    }

    private static Conditions waited(String... more) {
        List<String> args = new ArrayList<>(List.of("mail", "wait", "--profile", "a"));
        args.addAll(List.of(more));
        Called called = call(args.toArray(String[]::new));
        assertThat(called.exit()).as(called.err()).isEqualTo(ExitCode.DONE);
        return ((WaitRequest) Called.REQUESTS.getLast()).conditions();
    }

    @Test
    void mailWaitTakesTheConditionsOfDefinitions() {
        Conditions conditions = waited(
                "--where",
                "{subject: [{glob: '注文*', width: ignore}, 至急], text: {regex: '^No\\. ', in: attachments}, header: {x-a: true}, size: {max: 5MB}}",
                "--subject",
                "承認",
                "--from",
                "a@b");
        assertThat(conditions.from()).containsExactly(Entry.fromText("a@b"));
        assertThat(conditions.subject())
                .containsExactly(
                        new Entry("注文*", Entry.Form.GLOB, Entry.Look.USUAL, false, true, false),
                        Entry.fromText("至急"),
                        Entry.fromText("承認"));
        assertThat(conditions.text())
                .containsExactly(new Entry("^No\\. ", Entry.Form.REGEX, Entry.Look.ATTACHMENTS, false, false, false));
        assertThat(conditions.header()).containsExactly(new HeaderCondition("x-a", List.of()));
        assertThat(conditions.size()).isEqualTo(new SizeRange(0, 5L << 20));
        assertThat(conditions.include()).containsExactly(Include.values());
        assertThat(waited("--where", "has-attachment: true").hasAttachment()).isTrue();
    }

    @Test
    void wrongConditionsOfMailWaitAreToldWithTheirPlace() {
        for (String[] wrong : new String[][] {
            {"subject: {regex: 'a('}", "--where:1:"},
            {"subject: {globb: 'a'}", "--where:1:"},
            {"from: nobody", "--where:1:"},
            {"authenticated: dkim", "--where:1:"},
            {"include: own", "--where:1:"},
            {"{}", "--where"},
            {"just words", "--where:1:"},
            {"subject: [", "--where:"},
        }) {
            Called called = call("mail", "wait", "--profile", "a", "--where", wrong[0]);
            assertThat(called.exit()).as(wrong[0]).isEqualTo(ExitCode.USAGE);
            assertThat(called.err()).as(wrong[0]).contains(wrong[1]);
        }
    }

    @Test
    void mailToSendHasMoreThanATextWhereItIsAskedFor() {
        call(
                "mail",
                "send",
                "--url",
                "smtp://h",
                "--to",
                "a@b",
                "--subject",
                "s",
                "--html-file",
                "a.html",
                "--reply-to",
                "r@b",
                "--signature-file",
                "s.txt",
                "--importance",
                "low",
                "--attach-list",
                "l.txt",
                "--charset",
                "iso-2022-jp");
        SendRequest rich = (SendRequest) Called.REQUESTS.getLast();
        assertThat(rich.charset()).isEqualTo(MailCharset.ISO_2022_JP);
        assertThat(rich.mail())
                .isEqualTo(new SendRequest.Mail(
                        List.of("a@b"),
                        List.of(),
                        List.of(),
                        "s",
                        null,
                        null,
                        List.of(),
                        new MailExtras(
                                null,
                                List.of("r@b"),
                                null,
                                FOLDER.resolve("a.html").toString(),
                                FOLDER.resolve("s.txt").toString(),
                                MailExtras.Importance.LOW,
                                FOLDER.resolve("l.txt").toString(),
                                null,
                                MailExtras.EndsAt.LEFT,
                                null,
                                null,
                                null)));
    }

    @Test
    void wordsOfAMailToSendAreThoseThatAreKnown() {
        wrong(
                "EKDC0104-E",
                "mail",
                "send",
                "--url",
                "smtp://h",
                "--to",
                "a@b",
                "--subject",
                "s",
                "--text",
                "t",
                "--importance",
                "urgent");
        wrong(
                "EKDC0104-E",
                "mail",
                "send",
                "--url",
                "smtp://h",
                "--to",
                "a@b",
                "--subject",
                "s",
                "--text",
                "t",
                "--charset",
                "sjis");
    }

    @Test
    void mailSendTakesOneMailOrABatch() {
        call(
                "mail",
                "send",
                "--profile",
                "out",
                "--to",
                "a@b",
                "--bcc",
                "c@d",
                "--subject",
                "注文",
                "--text",
                "本文",
                "--attach",
                "x.pdf");
        SendRequest one = (SendRequest) Called.REQUESTS.getFirst();
        assertThat(one.mail())
                .isEqualTo(new SendRequest.Mail(
                        List.of("a@b"),
                        List.of(),
                        List.of("c@d"),
                        "注文",
                        "本文",
                        null,
                        List.of(FOLDER.resolve("x.pdf")),
                        MailExtras.NONE));
        call("mail", "send", "--url", "smtp://h", "--password-file", "p", "--batch", "m.jsonl", "--json");
        SendRequest batch = (SendRequest) Called.REQUESTS.getLast();
        assertThat(batch.batch()).isEqualTo(new SendRequest.Batch(FOLDER.resolve("m.jsonl"), 0, false));
        call("mail", "send", "--profile", "out", "--batch", "m.jsonl", "--connections", "100", "--resend");
        assertThat(((SendRequest) Called.REQUESTS.getLast()).batch())
                .isEqualTo(new SendRequest.Batch(FOLDER.resolve("m.jsonl"), 100, true));
        wrong("EKDC0104-E", "mail", "send", "--profile", "out", "--batch", "m", "--connections", "101");
        wrong(
                "EKDC0103-E",
                "mail",
                "send",
                "--profile",
                "out",
                "--resend",
                "--to",
                "a@b",
                "--subject",
                "x",
                "--text",
                "y");
        assertThat(batch.json()).isTrue();
        wrong("EKDC0103-E", "mail", "send", "--profile", "out", "--to", "a@b", "--subject", "x");
        wrong("EKDC0105-E", "mail", "send", "--profile", "out", "--batch", "m", "--subject", "x");
    }

    @Test
    void mailReadPrintsALineForEachFile() {
        assertThat(call("mail", "read", "a.eml", "b.eml", "--as-sent").lines())
                .containsExactly("{\"file\":\"a.eml\"}", "{\"file\":\"b.eml\"}");
    }

    @Test
    void wordsBehindTwoHyphensAreNoOptions() {
        assertThat(call("mail", "read", "--", "--odd.eml").lines()).containsExactly("{\"file\":\"--odd.eml\"}");
    }
}
