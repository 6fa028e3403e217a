package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import ekiden.cli.MailServer;
import ekiden.cli.SendRequest;
import ekiden.json.Json;
import ekiden.testing.Ports;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails of a batch of which it is not known whether they were delivered, and that are sent again. */
class SendBatchResendTest {
    @TempDir
    private Path folder = Path.of("/");

    private Call call = new Call(Path.of("/"));

    @BeforeEach
    void begin() {
        call = new Call(folder);
    }

    private void write(int mails) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < mails; i++) {
            lines.add("{\"id\":\"m" + i + "\",\"to\":[\"m" + i + "@example.jp\"],\"subject\":\"s\",\"text\":\"t\"}");
        }
        Files.write(folder.resolve("b.jsonl"), lines);
    }

    private ExitCode send(int port, boolean resend) {
        MailServer server = new MailServer.Url("smtp://127.0.0.1:" + port, null, false);
        SendRequest.Batch wanted = new SendRequest.Batch(folder.resolve("b.jsonl"), 0, resend);
        SendRequest request =
                new SendRequest(folder, server, "a@example.jp", null, null, null, wanted, true, Locale.ENGLISH);
        call = new Call(folder);
        return new SendMailCommand().run(request, call.terminal());
    }

    private List<String> outcomes() throws IOException {
        return Files.readAllLines(results()).stream()
                .map(Json::readMap)
                .map(result -> result.get("id") + " " + result.get("outcome"))
                .toList();
    }

    private Path results() {
        return folder.resolve("b.jsonl.results.jsonl");
    }

    private void uncertain(int mails) throws IOException {
        write(mails);
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.start().on(Step.END_OF_DATA, "", mails, new Act.TakeAndDrop())) {
            assertThat(send(server.port(), false)).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(outcomes()).hasSize(mails).allMatch(one -> one.endsWith(" uncertain"));
        }
    }

    @Test
    void mailsWhoseResendFindsNoServerStayUncertainAndAPlainCallDoesNotSendThem() throws IOException {
        uncertain(6);

        assertThat(send(Ports.free(), true)).isEqualTo(ExitCode.UNCERTAIN);
        assertThat(outcomes()).hasSize(6).allMatch(one -> one.endsWith(" uncertain"));
        assertThat(call.err()).contains("EKDM0699-W", "as before: 6");
        assertThat(Json.readMap(call.out().getLast()))
                .containsEntry("uncertain", 6)
                .containsEntry("failed", 0)
                .containsEntry("before", 0);

        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThat(send(server.port(), false)).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(server.delivered()).isEmpty();
            assertThat(send(server.port(), true)).isEqualTo(ExitCode.DONE);
            assertThat(server.delivered()).hasSize(6);
            assertThat(outcomes()).hasSize(6).allMatch(one -> one.endsWith(" accepted"));
            assertThat(call.err()).doesNotContain("EKDM0699");
            assertThat(send(server.port(), true)).isEqualTo(ExitCode.DONE);
            assertThat(server.delivered()).hasSize(6);
        }
    }

    @Test
    void mailsThatAreRefusedWhenSentAgainAreSoAndThoseThatArePutOffStayUncertain() throws IOException {
        uncertain(3);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()
                .on(Step.RCPT, "<m0@", 1, new Act.Say("550 5.1.1 nobody"))
                .on(Step.RCPT, "<m1@", 1, new Act.Say("450 4.2.0 later"))) {
            assertThat(send(server.port(), true)).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(outcomes()).containsExactlyInAnyOrder("m0 refused", "m1 uncertain", "m2 accepted");
            assertThat(server.delivered()).hasSize(1);

            assertThat(send(server.port(), false)).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(outcomes()).containsExactlyInAnyOrder("m0 accepted", "m1 uncertain", "m2 accepted");
            assertThat(server.delivered()).hasSize(2);
        }
    }

    @Test
    void aResendThatWasKilledBehindAnAnswerLeavesOneResult() throws IOException {
        uncertain(2);
        Files.writeString(
                results(),
                "{\"id\":\"m1\",\"line\":2,\"outcome\":\"accepted\",\"messageId\":\"<x@y>\"}\n",
                StandardOpenOption.APPEND);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThat(send(server.port(), false)).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(outcomes()).containsExactlyInAnyOrder("m0 uncertain", "m1 accepted");
            assertThat(send(server.port(), true)).isEqualTo(ExitCode.DONE);
            assertThat(server.delivered()).hasSize(1);
        }
    }

    @Test
    void mailsThatAKilledCallLeftAtTheirEndAreToldOnceWithLineAndMessageId() throws IOException {
        uncertain(3);
        List<Map<String, Object>> before =
                Files.readAllLines(results()).stream().map(Json::readMap).toList();
        // as a kill leaves it: noted, and no results
        Files.writeString(results(), "");
        Files.writeString(
                folder.resolve("b.jsonl.results.journal"),
                "{\"id\":\"m0\",\"line\":1}\n{\"id\":\"m2\",\"line\":3}\n",
                StandardOpenOption.APPEND);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThat(send(server.port(), false)).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(outcomes()).containsExactlyInAnyOrder("m0 uncertain", "m1 accepted", "m2 uncertain");
            assertThat(Json.readMap(call.out().getLast()))
                    .containsEntry("uncertain", 2)
                    .containsEntry("before", 0);
            for (Map<String, Object> one : before) {
                boolean left = !"m1".equals(one.get("id"));
                if (left) {
                    assertThat(call.err())
                            .contains("mail " + one.get("id") + " in line " + one.get("line"))
                            .contains(String.valueOf(one.get("messageId")));
                    assertThat(Files.readString(results()))
                            .contains("\"line\":" + one.get("line") + ",\"outcome\":\"uncertain\",\"messageId\":\""
                                    + one.get("messageId"));
                }
            }
            assertThat(send(server.port(), false)).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(call.err()).doesNotContain("EKDC0154");
            assertThat(Json.readMap(call.out().getLast()))
                    .containsEntry("uncertain", 0)
                    .containsEntry("before", 3);
        }
    }
}
