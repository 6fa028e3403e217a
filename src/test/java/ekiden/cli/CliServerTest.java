package ekiden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.engine.EngineMessage;
import ekiden.http.ApiWorld;
import ekiden.json.Json;
import ekiden.manager.ManagerMessage;
import ekiden.model.mail.Receipt;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import ekiden.model.run.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands against a server on a store in memory with a real manager. */
class CliServerTest {
    @TempDir
    Path home;

    private ApiWorld world;
    private Path count;

    @BeforeEach
    void start() throws IOException {
        world = new ApiWorld(home);
        count = Files.writeString(home.resolve("count.yaml"), ApiWorld.COMMAND);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Called call(String... args) {
        return Called.of(home, args);
    }

    private Called good(String... args) {
        Called called = call(args);
        assertThat(called.exit()).as(called.err()).isEqualTo(ExitCode.DONE);
        return called;
    }

    @Test
    void unitsAreDefinedShownComparedAndDeleted() throws IOException {
        assertThat(good("unit", "define", "count.yaml").out()).contains("/sales/count defined (version 1)");
        assertThat(good("unit", "define", "count.yaml").out()).contains("unchanged");
        assertThat(good("unit", "list").lines().get(1)).startsWith("/sales/count  1");
        assertThat(good("unit", "show", "sales/count").out()).contains("jobnet: /sales/count", home.toString());
        Files.writeString(count, ApiWorld.COMMAND.replace("count.sh", "other.sh"));
        assertThat(good("unit", "diff", "count.yaml").out()).contains("~ jobs.count.command");
        Map<String, Object> diff =
                Json.readMap(good("unit", "diff", "count.yaml", "--json").out());
        assertThat(diff).containsEntry("defined", true).containsKey("changes");
        assertThat(good("unit", "delete", "/sales/count").out()).contains("deleted");
        Called gone = call("unit", "show", "/sales/count");
        assertThat(gone.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(gone.err()).contains(ManagerMessage.NO_UNIT.id());
    }

    @Test
    void allProblemsOfADefinitionAreToldAtOnceInTheLanguageAsked() throws IOException {
        Files.writeString(count, "version: 1\njobnet: x\njobs: {}\nwhat: ever\n");
        Called here = call("unit", "check", "count.yaml");
        Called there = call("--lang", "ja", "unit", "define", "count.yaml");
        assertThat(here.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(there.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(here.err()).contains("count.yaml:2:", "count.yaml:4:");
        assertThat(there.err()).contains("count.yaml:2:", "count.yaml:4:", "対処:");
    }

    @Test
    void aRunThatIsWaitedForGivesItsResult() {
        good("unit", "define", "count.yaml");
        world.agent.ends("count", new AttemptOutcome.Exited(0));
        Called normal = good("run", "start", "/sales/count", "--wait");
        assertThat(normal.lines()).hasSize(2);
        assertThat(normal.lines().get(1)).isEqualTo("/sales/count#1  Ended normally");
        world.agent.ends("count", new AttemptOutcome.Exited(9));
        Called bad = call("run", "start", "sales/count", "--wait", "--json");
        assertThat(bad.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(Json.readMap(bad.out())).containsEntry("status", "ENDED_ABNORMALLY");
        world.agent.ends("count", new AttemptOutcome.Unknown(Problem.of(EngineMessage.JOB_UNKNOWN, "job", "count")));
        assertThat(call("run", "start", "sales/count", "--wait").exit()).isEqualTo(ExitCode.UNCERTAIN);
    }

    @Test
    void aRunThatDoesNotEndIsNotWaitedForLongerThanAsked() {
        good("unit", "define", "count.yaml");
        Called late = call("run", "start", "/sales/count", "--wait", "--timeout", "1s");
        assertThat(late.exit()).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(late.err()).contains(CliMessage.STILL_RUNNING.id());
        assertThat(good("run", "kill", "sales/count#1").out()).contains("Kill requested");
        Called killed = call("run", "watch", "/sales/count#1");
        assertThat(killed.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(killed.out()).contains("count  kill requested", "run ended: Killed", "/sales/count#1  Killed");
        assertThat(call("run", "kill", "sales/count#1").err()).contains(ManagerMessage.RUN_ENDED.id());
    }

    @Test
    void watchPrintsEventsAsJsonLinesAndTheRunLast() {
        good("unit", "define", "count.yaml");
        world.agent.ends("count", new AttemptOutcome.Exited(0));
        Run run = world.start("/sales/count");
        Called watched = good("run", "watch", run.id().toString(), "--json");
        List<Map<String, Object>> lines =
                watched.lines().stream().map(Json::readMap).toList();
        assertThat(lines.getFirst()).containsEntry("type", "RunCreated").containsEntry("sequence", 1);
        assertThat(lines.getLast()).containsEntry("label", "/sales/count#1").containsEntry("status", "ENDED_NORMALLY");
    }

    @Test
    void runsAreListedAndShownWithJapaneseNamesInColumns() {
        good("unit", "define", "count.yaml");
        world.agent.ends("count", new AttemptOutcome.Exited(9));
        call("run", "start", "/sales/count", "--wait");
        Called list = good("run", "list", "--lang", "ja");
        assertThat(list.lines().getFirst()).startsWith("実行            状態          登録日時");
        assertThat(list.lines().get(1)).startsWith("/sales/count#1  異常検出終了  20");
        Called shown = good("run", "show", "/sales/count#1", "--lang=ja");
        assertThat(shown.out()).contains("状態:", "異常検出終了", "ジョブ");
        assertThat(Json.readMap(good("run", "list", "--json").lines().getFirst()))
                .containsEntry("number", 1);
    }

    @Test
    void howALargeMailCameIsToldBesideWhatTheCommandWroteAndAsTheLogOfTheJobThatWaitedForIt() throws IOException {
        Files.writeString(home.resolve("intake.yaml"), ApiWorld.INTAKE);
        Files.writeString(home.resolve("waits.yaml"), """
                version: 1
                jobnet: /sales/waits
                jobs:
                  wait:
                    receive-mail: {profile: orders, subject: [注文書]}
                """);
        good("unit", "define", "intake.yaml");
        good("unit", "define", "waits.yaml");
        world.start("/sales/waits");
        world.receipt = new Receipt(
                Instant.parse("2026-11-23T10:00:00Z"),
                12_340,
                20_000_000,
                1,
                List.of(new Receipt.Step(1_000, 2_000_000, false), new Receipt.Step(9_000, 2_500_000, true)));
        world.mail("large", null, world.watches());
        String words = "Mail 1: 20000000 bytes, began ";
        String steps = """
                whole after 12.3 s, cut off and resumed: 1
                  10 %  2000000 bytes, 1.0 s
                  12 %  2500000 bytes, 9.0 s, went on after a cut
                """;
        assertThat(call("run", "log", "/sales/order-intake#1").err()).contains(words, steps);
        Called waited = good("run", "log", "/sales/waits#1", "wait");
        assertThat(waited.out()).startsWith(words).endsWith(steps);
        assertThat(good("mail", "show", "1").out()).contains(words, steps);
        world.receipt = null;
        world.mail("small", null, world.watches());
        assertThat(call("run", "log", "/sales/order-intake#2").err()).doesNotContain("Mail 2");
    }

    @Test
    void whatACommandWroteIsShownFromWhereItWasLeft() {
        good("unit", "define", "count.yaml");
        world.agent.ends("count", new AttemptOutcome.Exited(0));
        Run run = world.start("/sales/count");
        good("run", "watch", run.label());
        world.bytes.put(new AttemptId(run.id(), "count", 1) + " STDOUT", "12 件\n".getBytes(StandardCharsets.UTF_8));
        assertThat(good("run", "log", run.label()).out()).isEqualTo("12 件\n");
        assertThat(good("run", "log", run.label(), "count", "--attempt", "1", "--follow")
                        .out())
                .isEqualTo("12 件\n");
        assertThat(call("run", "log", run.label(), "nothing").err()).contains("EKDC0013-E");
        assertThat(call("run", "log", run.label(), "--stderr").err()).contains("EKDC0014-E");
    }

    @Test
    void mailsAndQuarantineAreShownReleasedAndDropped() throws IOException {
        Files.writeString(count, ApiWorld.INTAKE);
        good("unit", "define", "count.yaml");
        world.mail("first", null, world.watches());
        world.mail("bad", Problem.of(ManagerMessage.MAIL_QUARANTINED, "mail", 2, "mailbox", "orders"), List.of());
        assertThat(good("mail", "list").lines()).hasSize(3);
        assertThat(good("mail", "list", "--state", "unread").lines().get(1)).contains("注文書 first", "unread");
        assertThat(good("mail", "show", "1").out())
                .contains("お客様 <edi@customer.example>", "/sales/order-intake#1", "2026-11-23 10:02:03");
        assertThat(good("mail", "show", "1", "--raw").out()).isEqualTo("Subject: first\r\n\r\n");
        assertThat(good("mail", "why", "1").out()).contains("注文書 first", "taken");
        assertThat(good("mail", "why", "first@customer.example").out())
                .isEqualTo(good("mail", "why", "1").out());
        assertThat(good("mail", "why", "<first@customer.example>", "--json").lines())
                .hasSize(1);
        assertThat(call("mail", "why", "nobody@nowhere").err()).contains(CliMessage.NO_MESSAGE_ID.id());
        assertThat(good("mail", "quarantine", "list").lines().getFirst())
                .matches("MAIL +MAILBOX +RECEIVED +FROM +PROBLEM");
        assertThat(good("mail", "quarantine", "list").lines().get(1)).contains(ManagerMessage.MAIL_QUARANTINED.id());
        assertThat(good("mail", "quarantine", "show", "2").out()).contains("quarantined");
        assertThat(good("mail", "quarantine", "release", "2").out()).contains("released");
        assertThat(good("mail", "quarantine", "drop", "2", "--json").out()).contains("\"done\":\"drop\"");
        assertThat(call("mail", "quarantine", "drop", "1").exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whyASubjectWasNotWantedIsSaidInWords() throws IOException {
        Files.writeString(count, ApiWorld.INTAKE.replace("[注文書]", "[請求書]"));
        good("unit", "define", "count.yaml");
        world.mail("first", null, List.of());
        assertThat(good("mail", "why", "1").out()).contains("/sales/order-intake: does not match (subject)");
        assertThat(good("mail", "why", "1").lines().getLast())
                .isEqualTo("Condition:     subject: missed; wanted 請求書; the mail has 注文書 first");
        assertThat(good("mail", "why", "1", "--lang", "ja").out()).contains("条件に合わない (件名)");
        assertThat(good("mail", "why", "1", "/sales/order-intake").out())
                .isEqualTo(good("mail", "why", "1").out());
        assertThat(good("mail", "why", "1", "/sales/other").lines().getLast()).contains("nothing of that name");
        assertThat(good("mail", "why", "1", "--json").out()).contains("\"SUBJECT\"");
    }

    @Test
    void jobThatDoesNotWaitNowIsJudgedByItsDefinition() throws IOException {
        Files.writeString(count, """
                version: 1
                jobnet: /sales/late
                jobs:
                  approve:
                    receive-mail: {profile: orders, subject: [請求書], text: ["${run.id}"]}
                """);
        good("unit", "define", "count.yaml");
        world.mail("first", null, List.of());
        assertThat(good("mail", "why", "1", "/sales/late/approve").out())
                .contains("/sales/late approve: does not wait now; what its definition says (subject)");
        assertThat(good("mail", "why", "1", "approve", "--json").out()).contains("\"NOT_WAITING\"");
    }

    @Test
    void mailForWhichNothingWaitsIsSaidToHaveNobody() {
        world.mail("first", null, List.of());
        assertThat(good("mail", "why", "1").lines().getLast())
                .isEqualTo("Watch:         nothing waits for mail in this mailbox now");
        assertThat(good("mail", "why", "1", "--lang", "ja").lines().getLast()).contains("待っているものはありません");
    }

    @Test
    void listsFitATerminalOfEightyColumns() throws IOException {
        String unit = "/sales/east-japan/order-intake-of-branches";
        Files.writeString(count, ApiWorld.COMMAND.replace("/sales/count", unit).replace("count:", "東日本支社の受注件数:"));
        good("unit", "define", "count.yaml");
        world.agent.ends("東日本支社の受注件数", new AttemptOutcome.Exited(9));
        call("run", "start", unit, "--wait");
        world.mail(
                "from all the branches in the east of Japan, the second of two parts, with three attachments",
                null,
                List.of());
        world.mail("bad", Problem.of(ManagerMessage.MAIL_QUARANTINED, "mail", 2, "mailbox", "orders"), List.of());
        for (String language : List.of("en", "ja")) {
            fits(language, "unit", "list");
            fits(language, "run", "list");
            fits(language, "run", "show", unit + "#1");
            fits(language, "mail", "list");
            fits(language, "mail", "show", "1");
            fits(language, "mail", "why", "1");
            fits(language, "mail", "quarantine", "list");
            fits(language, "profile", "list");
            fits(language, "explain", "EKDC0060-E");
        }
    }

    private void fits(String language, String... args) {
        Map<String, String> environment = Map.of("EKIDEN_HOME", home.toString(), "LANG", language);
        Called called = Called.of(home, environment, 80, args);
        assertThat(called.exit()).as(called.err()).isEqualTo(ExitCode.DONE);
        assertThat(called.lines())
                .allSatisfy(line -> assertThat(Width.of(line)).as(line).isLessThanOrEqualTo(80));
    }

    @Test
    void alarmsAndProfilesAreShown() {
        world.store.write(tx -> {
            tx.alarms().raise("disk/spool", Problem.of(ManagerMessage.INBOX_FULL, "limit", 1), world.clock.now());
            return 1;
        });
        assertThat(good("alarm", "list").out()).contains("disk/spool", ManagerMessage.INBOX_FULL.id());
        assertThat(good("alarm", "clear", "1").out()).contains("cleared");
        assertThat(good("alarm", "list").err()).contains("No alarms.");
        assertThat(good("alarm", "list", "--all", "--json").out()).contains("\"cleared\"");
        assertThat(good("profile", "list").out())
                .contains(
                        "smtpd 127.0.0.1:2525",
                        "smtp me@smtp.example.jp:587",
                        "receiving a mail: 29 / 30 MB, 99 %",
                        "of the budget: 30 / 2000 MB, 1 %, 3600 s, mails that wait: 2",
                        "orders  token until ",
                        " (59 min)",
                        "connections open: 1, quick looks a second: 12 / 200");
        assertThat(good("profile", "test", "orders").out()).contains("ok", "220 ready");
        assertThat(call("profile", "test", "out").exit()).isEqualTo(ExitCode.NOT_REACHABLE);
    }

    @Test
    void aProcessThatIsGoneIsSaidToBeGone() throws IOException {
        Called other = Called.of(home.resolve("other"), "run", "list");
        assertThat(other.exit()).isEqualTo(ExitCode.NOT_REACHABLE);
        assertThat(other.err()).contains("EKDC0060-E", "ekiden up --home");
        String address = Files.readString(home.resolve("address"));
        world.close();
        assertThat(home.resolve("address")).doesNotExist();
        Files.writeString(home.resolve("address"), address.lines().findFirst().orElseThrow() + "\n999999999\n");
        assertThat(call("run", "list").err()).contains("EKDC0061-E");
        Files.writeString(home.resolve("address"), address);
        assertThat(call("run", "list").err()).contains("EKDC0062-E");
    }
}
