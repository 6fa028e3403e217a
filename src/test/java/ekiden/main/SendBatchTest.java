package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.agent.Senders;
import ekiden.base.ExitCode;
import ekiden.base.Ids;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.cli.MailServer;
import ekiden.cli.SendRequest;
import ekiden.config.HomePaths;
import ekiden.disk.FileDisk;
import ekiden.json.Json;
import ekiden.testing.Delivered;
import ekiden.testing.MemoryDisk;
import ekiden.testing.Ports;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SendBatchTest {
    @TempDir
    private Path folder;

    private Call call = new Call(Path.of("/"));
    private Path batch = Path.of("/");

    @BeforeEach
    void begin() {
        call = new Call(folder);
        batch = folder.resolve("b.jsonl");
    }

    private static String line(Object id) {
        return "{\"id\":" + Json.write(id) + ",\"to\":[\"b@example.jp\"],\"subject\":\"s " + id
                + "\",\"text\":\"t\"}\n";
    }

    private void write(String... lines) throws IOException {
        Files.writeString(batch, String.join("", lines));
    }

    private SendRequest request(MailServer server, boolean resend) {
        SendRequest.Batch wanted = new SendRequest.Batch(batch, 0, resend);
        return new SendRequest(folder, server, "a@example.jp", null, null, null, wanted, true, Locale.ENGLISH);
    }

    private ExitCode send(int port) {
        return send(port, false);
    }

    private ExitCode send(int port, boolean resend) {
        MailServer server = new MailServer.Url("smtp://127.0.0.1:" + port, null, false);
        return new SendMailCommand().run(request(server, resend), call.terminal());
    }

    private List<Map<String, Object>> results() throws IOException {
        return Files.readAllLines(folder.resolve("b.jsonl.results.jsonl")).stream()
                .map(Json::readMap)
                .toList();
    }

    private Map<String, Object> result(Object id) throws IOException {
        return results().stream()
                .filter(result -> id.equals(result.get("id")))
                .findFirst()
                .orElseThrow();
    }

    private List<String> outcomes() throws IOException {
        return results().stream()
                .map(result -> result.get("id") + " " + result.get("outcome"))
                .toList();
    }

    @Test
    void aFileThatIsNotThere() {
        assertThat(send(Ports.free())).isEqualTo(ExitCode.USAGE);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void linesThatAreNoMails() throws IOException {
        write(
                "nonsense\n",
                "\n",
                "{\"to\":[\"b@example.jp\"],\"subject\":\"s\",\"text\":\"t\"}\n",
                "{\"id\":\"both\",\"to\":[\"b@example.jp\"],\"subject\":\"s\",\"text\":\"t\",\"textFile\":\"t\"}\n",
                "{\"id\":\"key\",\"to\":[\"b@example.jp\"],\"subject\":\"s\",\"text\":\"t\",\"attachments\":[]}\n",
                "{\"id\":\"html\",\"to\":[\"b@example.jp\"],\"subject\":\"s\",\"html\":\"<p>\",\"htmlFile\":\"f\"}\n",
                "{\"id\":\"word\",\"to\":[\"b@example.jp\"],\"subject\":\"s\",\"text\":\"t\",\"importance\":\"HIGH\"}\n",
                "{\"id\":\"path\",\"to\":[\"b@example.jp\"],\"subject\":\"s\",\"text\":\"t\",\"attachList\":\"\\u0000\"}\n",
                "{\"id\":\"from\",\"to\":[\"b@example.jp\"],\"subject\":\"s\",\"text\":\"t\",\"from\":\"me\"}\n",
                "{\"id\":\"file\",\"to\":[\"b@example.jp\"],\"subject\":\"s\",\"textFile\":\"none.txt\"}\n",
                "{\"id\":\"nobody\",\"subject\":\"s\",\"text\":\"t\"}\n",
                line("good"),
                line("good"),
                line("last").strip());
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThat(send(server.port())).isEqualTo(ExitCode.USAGE);
            assertThat(outcomes())
                    .containsExactlyInAnyOrder(
                            "null failed",
                            "null failed",
                            "both failed",
                            "key failed",
                            "html failed",
                            "word failed",
                            "path failed",
                            "from failed",
                            "file failed",
                            "nobody failed",
                            "good accepted",
                            "good failed",
                            "last accepted");
            assertThat(server.delivered()).hasSize(2);
            assertThat(results()).anySatisfy(result -> assertThat(result).containsEntry("line", 1));
        }
    }

    @Test
    void copiesThatAreMissingAreToldOnceWithTheirNumber() throws IOException {
        Files.writeString(folder.resolve("taken"), "x");
        write(line("a"), line("b"), line("c"));
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Files.writeString(
                    folder.resolve("ekiden.yaml"),
                    "version: 1\nmail:\n  profiles:\n    p: {send: {smtp: {host: 127.0.0.1, port: " + server.port()
                            + ", tls: none}, from: a@localhost, sent-copy: {maildir: taken}}}\n");
            SendRequest request = request(new MailServer.Profile("p"), false);
            assertThat(new SendMailCommand().run(request, call.terminal())).isEqualTo(ExitCode.DONE);
            assertThat(outcomes()).containsExactlyInAnyOrder("a accepted", "b accepted", "c accepted");
            assertThat(call.err())
                    .containsOnlyOnce("EKDM0673-W")
                    .containsOnlyOnce("EKDM0692-W")
                    .contains("in all: 3");
        }
    }

    @Test
    @Timeout(30)
    void namedPipesAreNoFilesAndNobodyWaitsForThem() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        String mail = ",\"to\":[\"b@example.jp\"],\"subject\":\"s\",";
        write(
                "{\"id\":\"text\"" + mail + "\"textFile\":\"pipe\"}\n",
                "{\"id\":\"html\"" + mail + "\"text\":\"t\",\"htmlFile\":\"pipe\"}\n",
                "{\"id\":\"sign\"" + mail + "\"text\":\"t\",\"signatureFile\":\"pipe\"}\n",
                "{\"id\":\"list\"" + mail + "\"text\":\"t\",\"attachList\":\"pipe\"}\n",
                "{\"id\":\"file\"" + mail + "\"text\":\"t\",\"attach\":[\"pipe\"]}\n",
                line("good"));
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            send(server.port());
            assertThat(outcomes())
                    .containsExactlyInAnyOrder(
                            "text failed", "html failed", "sign failed", "list failed", "file failed", "good accepted");
            assertThat(String.valueOf(result("text").get("problem"))).contains("EKDC", "Not a regular file");
        }
    }

    @Test
    void aLineCanSayWhatASendMailJobCan() throws IOException {
        Files.writeString(folder.resolve("sign.txt"), "Sales\n");
        Files.writeString(folder.resolve("list.txt"), "sign.txt\n");
        Files.writeString(folder.resolve("a.html"), "<p>file</p>\n");
        write(
                "{\"id\":1,\"from\":\"受注 <o@example.jp>\",\"to\":[\"b@example.jp\"],\"replyTo\":[\"r@example.jp\"],"
                        + "\"subject\":\"s\",\"html\":\"<p>inline</p>\",\"signatureFile\":\"sign.txt\","
                        + "\"importance\":\"high\",\"attachList\":\"list.txt\"}\n",
                "{\"id\":2,\"to\":[\"b@example.jp\"],\"subject\":\"s\",\"text\":\"t\",\"htmlFile\":\"a.html\"}\n");
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThat(send(server.port())).isEqualTo(ExitCode.DONE);
            assertThat(server.delivered())
                    .anySatisfy(mail -> assertThat(mail.content())
                            .contains(
                                    "<o@example.jp>",
                                    "Reply-To: r@example.jp",
                                    "<p>inline</p>",
                                    "Importance: high",
                                    "filename=\"sign.txt\""))
                    .anySatisfy(mail -> assertThat(mail.content()).contains("<p>file</p>", "multipart/alternative"));
            assertThat(server.lines()).contains("MAIL FROM:<o@example.jp>");
        }
    }

    @Test
    void aLineCanAskForAllOrNothing() throws IOException {
        write(
                "{\"id\":1,\"to\":[\"b@example.jp\",\"x@example.jp\"],\"subject\":\"s\",\"text\":\"t\",\"ifRefused\":\"all-or-nothing\"}\n",
                "{\"id\":2,\"to\":[\"b@example.jp\",\"x@example.jp\"],\"subject\":\"s\",\"text\":\"t\"}\n");
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()
                .on(Step.RCPT, "<x@", Integer.MAX_VALUE, new Act.Say("550 5.1.1 nobody of that name"))) {
            assertThat(send(server.port())).isEqualTo(ExitCode.REFUSED);
            assertThat(outcomes()).containsExactlyInAnyOrder("1 refused", "2 some-refused");
            assertThat(server.delivered()).hasSize(1);
        }
    }

    @Test
    void aSecondCallSendsOnlyWhatIsNotSettled() throws IOException {
        write(line("a"), line("b"), line(3));
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.start().on(Step.END_OF_DATA, "", 1, new Act.Say("450 4.2.0 later"))) {
            assertThat(send(server.port())).isEqualTo(ExitCode.REFUSED);
            assertThat(outcomes()).containsExactlyInAnyOrder("a failed", "b accepted", "3 accepted");
            Object messageId = result("a").get("messageId");
            assertThat(send(server.port())).isEqualTo(ExitCode.DONE);
            assertThat(outcomes()).containsExactlyInAnyOrder("b accepted", "3 accepted", "a accepted");
            assertThat(result("a")).containsEntry("messageId", messageId);
            assertThat(send(server.port())).isEqualTo(ExitCode.DONE);
            assertThat(server.delivered()).hasSize(3);
            assertThat(Json.readMap(call.out().getLast()))
                    .containsEntry("before", 3)
                    .containsEntry("accepted", 0);
        }
    }

    @Test
    void aCallThatEndedBehindTheEndOfDataLeavesTheMailUncertain() throws IOException {
        write(line("a"), line("b"));
        Result<BatchResults> opened = open();
        try (BatchResults killed = ((Result.Ok<BatchResults>) opened).value()) {
            assertThat(killed.ending("a", 1)).isTrue();
            Files.copy(journal(), folder.resolve("copy"));
        }
        Files.copy(folder.resolve("copy"), journal(), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                folder.resolve("b.jsonl.results.jsonl"), "{\"id\":\"b\",\"outcome\":\"acc", StandardOpenOption.APPEND);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThat(send(server.port())).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(outcomes()).containsExactlyInAnyOrder("a uncertain", "b accepted");
            assertThat(server.delivered()).hasSize(1);
            assertThat(send(server.port())).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(server.delivered()).hasSize(1);
            // A person takes the line out: then it is sent.
            Path file = folder.resolve("b.jsonl.results.jsonl");
            List<String> kept = Files.readAllLines(file).stream()
                    .filter(line -> !line.contains("uncertain"))
                    .toList();
            Files.write(file, kept);
            assertThat(send(server.port())).isEqualTo(ExitCode.DONE);
            assertThat(server.delivered()).hasSize(2);
        }
    }

    @Test
    void uncertainMailsAreSentAgainOnlyWhenAskedForAndKeepTheirMessageId() throws IOException {
        write(line("a"), line("b"));
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.start().on(Step.END_OF_DATA, "", 1, new Act.TakeAndDrop())) {
            assertThat(send(server.port())).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(outcomes()).containsExactlyInAnyOrder("a uncertain", "b accepted");
            Object messageId = result("a").get("messageId");
            assertThat(send(server.port())).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(server.delivered()).hasSize(2);

            assertThat(send(server.port(), true)).isEqualTo(ExitCode.DONE);

            assertThat(outcomes()).containsExactlyInAnyOrder("a accepted", "b accepted");
            assertThat(result("a")).containsEntry("messageId", messageId);
            assertThat(server.delivered()).hasSize(3);
            assertThat(send(server.port(), true)).isEqualTo(ExitCode.DONE);
            assertThat(server.delivered()).hasSize(3);
        }
    }

    @Test
    void uncertainMailWhoseLineWasTakenOutByHandIsSentAgain() throws IOException {
        write(line("a"));
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.start().on(Step.END_OF_DATA, "", 1, new Act.TakeAndDrop())) {
            assertThat(send(server.port())).isEqualTo(ExitCode.UNCERTAIN);
            Files.writeString(folder.resolve("b.jsonl.results.jsonl"), "");

            assertThat(send(server.port())).isEqualTo(ExitCode.DONE);
            assertThat(server.delivered()).hasSize(2);
        }
    }

    @Test
    void mailThatStoodAtItsEndIsUncertainThoughItsIdStandsTwice() throws IOException {
        write(line("a"), line("a"));
        Result<BatchResults> opened = open();
        try (BatchResults killed = ((Result.Ok<BatchResults>) opened).value()) {
            assertThat(killed.ending("a", 1)).isTrue();
            Files.copy(journal(), folder.resolve("copy"));
        }
        Files.copy(folder.resolve("copy"), journal(), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                folder.resolve("b.jsonl.results.jsonl"), "{\"id\":\"a\",\"line\":2,\"outcome\":\"failed\"}\n");
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThat(send(server.port())).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(server.delivered()).isEmpty();
        }
    }

    private Path journal() {
        return folder.resolve("b.jsonl.results.journal");
    }

    @Test
    void resultThatOnlyTheJournalHasIsTakenUp() throws IOException {
        write(line("a"), line("b"));
        try (BatchResults killed = ((Result.Ok<BatchResults>) open()).value()) {
            assertThat(killed.ending("a", 1)).isTrue();
            assertThat(killed.add(Map.of("id", "a", "line", 1, "outcome", "accepted")))
                    .isNull();
            assertThat(killed.ending("b", 2)).isTrue();
            Files.copy(journal(), folder.resolve("copy"));
        }
        Files.copy(folder.resolve("copy"), journal(), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("b.jsonl.results.jsonl"), "");
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThat(send(server.port())).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(outcomes()).containsExactlyInAnyOrder("a accepted", "b uncertain");
            assertThat(server.delivered()).isEmpty();
        }
    }

    @Test
    void mailWhoseResultCannotBeKeptIsNotSentAgain() throws IOException {
        write(line("a"), line("b"));
        Told told = new Told(call.terminal(), Locale.ENGLISH);
        BatchResults.Wish wish = new BatchResults.Wish(batch, false, "@example.jp");
        MemoryDisk disk = new MemoryDisk(new Random(1));
        disk.makeFolders(folder);
        try (BatchResults full =
                ((Result.Ok<BatchResults>) BatchResults.open(wish, disk, new Ids(new SystemClock()), told)).value()) {
            assertThat(full.ending("a", 1)).isTrue();
            disk.capacity(0);
            assertThat(full.add(Map.of("id", "a", "line", 1, "outcome", "accepted")))
                    .isNotNull();
        }
        Files.writeString(folder.resolve("b.jsonl.results.jsonl"), "");
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThat(send(server.port())).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(outcomes()).containsExactlyInAnyOrder("a uncertain", "b accepted");
            assertThat(server.delivered()).hasSize(1);
        }
    }

    @Test
    void idsThatFilesWouldNotKeepAreRefused() throws IOException {
        String longest = "x".repeat(1_000);
        write(
                line("halves").replace("\"id\":\"halves\"", "\"id\":\"\\ud800\""),
                line(longest),
                line(longest + "x"),
                line("?"));
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            send(server.port());
            assertThat(outcomes())
                    .containsExactlyInAnyOrder("null failed", longest + " accepted", "null failed", "? accepted");
            assertThat(server.delivered()).hasSize(2);
        }
    }

    @Test
    void mailsGoOutAtTheSameTimeAndEachOnce() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            many.append(line("m" + i));
        }
        write(many.toString());
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThat(send(server.port())).isEqualTo(ExitCode.DONE);
            assertThat(server.delivered()).hasSize(300);
            assertThat(server.delivered().stream().map(Delivered::content).distinct())
                    .hasSize(300);
            // Four at a time, and a hundred mails on each connection.
            assertThat(server.connections()).isBetween(4, 8);
            assertThat(outcomes()).hasSize(300).allMatch(outcome -> outcome.endsWith(" accepted"));
        }
    }

    private Result<BatchResults> open() {
        Told told = new Told(call.terminal(), Locale.ENGLISH);
        return BatchResults.open(
                new BatchResults.Wish(batch, false, "@example.jp"), new FileDisk(), new Ids(new SystemClock()), told);
    }

    @Test
    void twoCallsAtTheSameTime() throws IOException {
        write(line("a"));
        try (BatchResults other = ((Result.Ok<BatchResults>) open()).value();
                ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThat(other.settledBefore()).isZero();
            assertThat(send(server.port())).isEqualTo(ExitCode.SETTINGS);
            assertThat(call.err()).contains("EKDC0147-E");
            assertThat(server.delivered()).isEmpty();
        }
    }

    @Test
    void aServerThatIsNotThereIsNotAskedForEachMail() throws IOException {
        write(line("a"), line("b"), line("c"), line("d"), line("e"));
        int port = Ports.free();
        assertThat(send(port)).isEqualTo(ExitCode.NOT_REACHABLE);
        assertThat(outcomes()).containsExactlyInAnyOrder("a failed", "b failed", "c failed");
        assertThat(call.err()).contains("EKDC0152-W");
    }

    @Test
    void aWrongPasswordIsTriedOnce() throws IOException {
        write(line("a"), line("b"));
        try (ScriptedSmtpServer smtp = ScriptedSmtpServer.start().login("orders", "other")) {
            MailServer server = new MailServer.Url(
                    "smtp://orders@127.0.0.1:" + smtp.port(), new MailServer.Password.InEnvironment("PASSWORD"), false);
            SendRequest request = request(server, false);
            assertThat(new SendMailCommand().run(request, call.terminal())).isEqualTo(ExitCode.SETTINGS);
            assertThat(outcomes()).containsExactlyInAnyOrder("a refused");
        }
    }

    @Test
    void limitsAtOneMore() throws IOException {
        write(line("a"), line("b"), line("c"));
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            BatchLimits limits = new BatchLimits(
                    2, line("a").length() - 1, 3, 1 << 20, 1 << 20, 20, Duration.ofSeconds(30), Duration.ofSeconds(5));
            assertThat(run(server.port(), limits)).isEqualTo(ExitCode.USAGE);
            assertThat(outcomes()).containsExactlyInAnyOrder("a accepted", "b accepted");
            write(line("a"), line("longer"));
            assertThat(run(server.port(), limits)).isEqualTo(ExitCode.USAGE);
            assertThat(outcomes()).containsExactlyInAnyOrder("a accepted", "b accepted", "null failed");
        }
    }

    private ExitCode run(int port, BatchLimits limits) {
        Told told = new Told(call.terminal(), Locale.ENGLISH);
        try (ThreadTasks tasks = new ThreadTasks()) {
            SystemClock clock = new SystemClock();
            MailServers servers = new MailServers(new HomePaths(folder), Map.of(), clock, tasks);
            MailServer server = new MailServer.Url("smtp://127.0.0.1:" + port, null, false);
            Result<Senders.Profile> profile = servers.sending(server, "a@example.jp", 0);
            SendBatch.Means means = new SendBatch.Means(
                    ((Result.Ok<Senders.Profile>) profile).value(),
                    Objects.requireNonNull(folder),
                    new FileDisk(),
                    clock,
                    ZoneOffset.UTC,
                    Addresses.of(new HomePaths(folder), call.terminal()).recipients(),
                    tasks,
                    AskedToEnd.never());
            return new SendBatch(means, told, limits)
                    .run(new SendRequest.Batch(batch, 0, false), call.terminal(), true);
        }
    }

    @Test
    void aFolderInWhichNothingCanBeKept() throws IOException {
        Files.createDirectories(folder.resolve("b.jsonl.results.journal"));
        write(line("a"));
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThat(send(server.port())).isEqualTo(ExitCode.SETTINGS);
            assertThat(server.delivered()).isEmpty();
        }
    }
}
