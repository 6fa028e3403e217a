package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.agent.Senders;
import ekiden.base.ExitCode;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.cli.MailServer;
import ekiden.cli.SendRequest;
import ekiden.config.HomePaths;
import ekiden.disk.FileDisk;
import ekiden.json.Json;
import ekiden.testing.Eventually;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch whose caller wants an end before it is through. */
class SendBatchEndTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of("/");

    private void write(int mails) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < mails; i++) {
            lines.add("{\"id\":\"m" + i + "\",\"to\":[\"b@example.jp\"],\"subject\":\"s\",\"text\":\"t\"}");
        }
        Files.write(folder.resolve("b.jsonl"), lines);
    }

    private static BatchLimits limits(Duration finish, Duration count) {
        BatchLimits usual = BatchLimits.DEFAULT;
        return new BatchLimits(
                usual.mails(),
                usual.lineBytes(),
                usual.unreachable(),
                usual.lineAhead(),
                usual.bytesInHand(),
                usual.told(),
                finish,
                count);
    }

    private ExitCode run(ScriptedSmtpServer server, Call call, AskedToEnd ending, BatchLimits limits) {
        Told told = new Told(call.terminal(), Locale.ENGLISH);
        try (ThreadTasks tasks = new ThreadTasks();
                MailServers servers = new MailServers(new HomePaths(folder), Map.of(), new SystemClock(), tasks)) {
            MailServer url = new MailServer.Url("smtp://127.0.0.1:" + server.port(), null, false);
            Result<Senders.Profile> profile = servers.sending(url, "a@example.jp", 0);
            SendBatch.Means means = new SendBatch.Means(
                    ((Result.Ok<Senders.Profile>) profile).value(),
                    Objects.requireNonNull(folder),
                    new FileDisk(),
                    new SystemClock(),
                    ZoneOffset.UTC,
                    Addresses.of(new HomePaths(folder), call.terminal()).recipients(),
                    tasks,
                    ending);
            SendRequest.Batch wish = new SendRequest.Batch(folder.resolve("b.jsonl"), 0, false);
            return new SendBatch(means, told, limits).run(wish, call.terminal(), true);
        }
    }

    private ExitCode run(ScriptedSmtpServer server, Call call, AskedToEnd ending) {
        return run(server, call, ending, BatchLimits.DEFAULT);
    }

    private List<String> outcomes() throws IOException {
        return Files.readAllLines(folder.resolve("b.jsonl.results.jsonl")).stream()
                .map(Json::readMap)
                .map(result -> result.get("id") + " " + result.get("outcome"))
                .toList();
    }

    private static Map<String, Object> summary(Call call) {
        return Json.readMap(call.out().getLast());
    }

    @Test
    void anEndThatIsWantedBeforeTheFirstMailSendsNone() throws IOException {
        write(3);
        Call call = new Call(folder);
        AskedToEnd ending = AskedToEnd.never();
        ending.ask();
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThat(run(server, call, ending)).isEqualTo(ExitCode.STOPPED);
            assertThat(server.delivered()).isEmpty();
            assertThat(call.err())
                    .contains("EKDM0689-I", "EKDM0690-W", "mails left: 3, begun and not ended in time: 0");
            assertThat(summary(call)).containsEntry("left", 3).containsEntry("unended", 0);

            assertThat(run(server, new Call(folder), AskedToEnd.never())).isEqualTo(ExitCode.DONE);
            assertThat(server.delivered()).hasSize(3);
        }
    }

    @Test
    void anEndThatIsWantedWhenNothingIsLeftChangesNothing() throws IOException {
        write(2);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThat(run(server, new Call(folder), AskedToEnd.never())).isEqualTo(ExitCode.DONE);
            Call call = new Call(folder);
            AskedToEnd ending = AskedToEnd.never();
            ending.ask();
            assertThat(run(server, call, ending)).isEqualTo(ExitCode.DONE);
            assertThat(call.err()).doesNotContain("EKDM0690");
            assertThat(summary(call)).doesNotContainKey("left");
        }
    }

    @Test
    void mailsAreCountedNoLongerThanTheLimit() throws IOException {
        write(3);
        Call call = new Call(folder);
        AskedToEnd ending = AskedToEnd.never();
        ending.ask();
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThat(run(server, call, ending, limits(WITHIN, Duration.ZERO))).isEqualTo(ExitCode.STOPPED);
            assertThat(call.err()).contains("mails left: ≥ 1");
        }
    }

    @Test
    void mailsThatDoNotEndInTimeAreLeftToTheNextCall() throws Exception {
        write(40);
        Call call = new Call(folder);
        AskedToEnd ending = AskedToEnd.never();
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()
                .on(Step.END_OF_DATA, "", 1, new Act.Say("250 well"))
                .on(Step.END_OF_DATA, new Act.TakeAndStall())) {
            AtomicReference<ExitCode> code = new AtomicReference<>();
            Thread calling = Thread.ofVirtual()
                    .start(() -> code.set(run(server, call, ending, limits(Duration.ofMillis(300), WITHIN))));
            Eventually.within(WITHIN, () -> server.delivered().size() >= 3);
            ending.ask();
            calling.join(WITHIN);
            assertThat(code).hasValue(ExitCode.STOPPED);
            assertThat(call.err()).contains("EKDM0690-W").doesNotContain("not ended in time: 0");
            assertThat(outcomes()).containsExactly("m0 accepted");
            server.obey();
            int taken = server.delivered().size();

            assertThat(run(server, new Call(folder), AskedToEnd.never())).isEqualTo(ExitCode.UNCERTAIN);
            long uncertain = outcomes().stream()
                    .filter(line -> line.endsWith("uncertain"))
                    .count();
            assertThat(outcomes()).hasSize(40);
            assertThat(uncertain).isBetween((long) taken - 1, 4L);
            assertThat(server.delivered().size() - taken).isEqualTo(40 - 1 - uncertain);
        }
    }
}
