package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.SystemClock;
import ekiden.json.Json;
import ekiden.testing.ChildProcess;
import ekiden.testing.Delivered;
import ekiden.testing.EkidenProcess;
import ekiden.testing.Eventually;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch whose process is killed again and again: nothing is lost, and nothing goes out twice that was not told to be uncertain. */
class SendBatchKillIT {
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final int MAILS = 500;
    private static final int MANY = 4_000;
    private static final int KILLS = 8;

    @TempDir
    private Path folder;

    @Test
    void killedBatchesLoseNothingAndSendNothingTwice() throws IOException {
        long seed = new SystemClock().nanos();
        Random random = new Random(seed);
        Path batch = folder.resolve("b.jsonl");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < MAILS; i++) {
            lines.append(
                    "{\"id\":\"m" + i + "\",\"to\":[\"b@example.jp\"],\"subject\":\"m" + i + "\",\"text\":\"t\"}\n");
        }
        Files.writeString(batch, lines);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            for (int kill = 0; kill < KILLS; kill++) {
                int wanted = server.delivered().size() + 1 + random.nextInt(MAILS / KILLS);
                try (ChildProcess process = BatchProcess.of(server, batch).start()) {
                    Eventually.within(WITHIN, () -> server.delivered().size() >= wanted || !process.alive());
                    process.kill();
                }
            }
            BatchProcess.of(server, batch).run(WITHIN);

            Map<String, String> outcomes = outcomes(batch);
            Set<String> uncertain = outcomes.entrySet().stream()
                    .filter(entry -> entry.getValue().equals("uncertain"))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            List<String> subjects = subjects(server);
            assertThat(subjects).as("sent twice, seed " + seed).doesNotHaveDuplicates();
            assertThat(outcomes).as("seed " + seed).hasSize(MAILS);
            assertThat(uncertain.size()).as("seed " + seed).isLessThanOrEqualTo(KILLS * BatchProcess.CONNECTIONS);
            Set<String> lost = new HashSet<>(outcomes.keySet());
            lost.removeAll(uncertain);
            subjects.forEach(lost::remove);
            assertThat(lost).as("lost, seed " + seed).isEmpty();
        }
    }

    @Test
    void aSignalLetsTheMailsInHandEndAndTheNextCallSendsTheRest() throws IOException {
        Path batch = folder.resolve("signal.jsonl");
        Files.writeString(batch, many());
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            try (ChildProcess process = BatchProcess.of(server, batch).start()) {
                Eventually.within(WITHIN, () -> server.delivered().size() >= 20);
                // not INT: whoever runs the tests in the background has it ignored, and so would the child
                process.signal("TERM");
                assertThat(process.awaitExit(WITHIN)).isEqualTo(143);
                assertThat(process.lines()).anyMatch(line -> line.startsWith("EKDM0690-W"));
            }
            int sent = server.delivered().size();
            assertThat(sent).isLessThan(MANY);
            assertThat(outcomes(batch)).hasSize(sent).containsValue("accepted").doesNotContainValue("uncertain");
            assertThat(BatchProcess.of(server, batch).run(WITHIN).exit()).hasValue(0);
            assertThat(subjects(server)).hasSize(MANY).doesNotHaveDuplicates();
        }
    }

    @Test
    void aSecondSignalEndsItAtOnce() throws IOException {
        Path batch = folder.resolve("second.jsonl");
        Files.writeString(batch, many());
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start().on(Step.END_OF_DATA, new Act.TakeAndStall())) {
            try (ChildProcess process = BatchProcess.of(server, batch).start()) {
                Eventually.within(WITHIN, () -> !server.delivered().isEmpty());
                process.signal("TERM");
                process.awaitLine("EKDM0689-I", WITHIN);
                process.signal("TERM");
                // the first one would have waited for half a minute
                assertThat(process.awaitExit(Duration.ofSeconds(15))).isEqualTo(143);
            }
            server.obey();
            BatchProcess.of(server, batch).run(WITHIN);
            assertThat(outcomes(batch)).hasSize(MANY).containsValue("uncertain");
            assertThat(subjects(server)).hasSize(MANY).doesNotHaveDuplicates();
        }
    }

    @Test
    void aMailThatWasTakenIsAcceptedThoughTheProcessIsKilledWhileItsCopyWaits() throws IOException {
        Path batch = folder.resolve("copy.jsonl");
        Files.writeString(batch, "{\"id\":\"m\",\"to\":[\"b@example.jp\"],\"subject\":\"m\",\"text\":\"t\"}\n");
        // another program has the mbox, for longer than this takes
        Files.writeString(folder.resolve("sent.lock"), "");
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Files.writeString(
                    folder.resolve("ekiden.yaml"),
                    "version: 1\nmail:\n  profiles:\n    p: {send: {smtp: {host: 127.0.0.1, port: " + server.port()
                            + ", tls: none}, from: a@localhost, sent-copy: {mbox: sent}}}\n");
            EkidenProcess call = EkidenProcess.of("mail", "send", "--profile", "p", "--batch", batch.toString())
                    .home(folder);
            try (ChildProcess process = call.start()) {
                Eventually.within(WITHIN, () -> !server.delivered().isEmpty());
                Eventually.within(Duration.ofSeconds(5), () -> accepted(batch));
                assertThat(process.alive()).isTrue();
                process.kill();
            }
            assertThat(call.run(WITHIN).exit()).hasValue(0);
            assertThat(outcomes(batch)).containsEntry("m", "accepted");
            assertThat(server.delivered()).hasSize(1);
        }
    }

    private static boolean accepted(Path batch) {
        try {
            return outcomes(batch).containsValue("accepted");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String many() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            lines.append(
                    "{\"id\":\"m" + i + "\",\"to\":[\"b@example.jp\"],\"subject\":\"m" + i + "\",\"text\":\"t\"}\n");
        }
        return lines.toString();
    }

    private static List<String> subjects(ScriptedSmtpServer server) {
        List<String> subjects = new ArrayList<>();
        for (Delivered mail : server.delivered()) {
            mail.content()
                    .lines()
                    .filter(line -> line.startsWith("Subject: "))
                    .forEach(line -> subjects.add(line.substring("Subject: ".length())));
        }
        return subjects;
    }

    private static Map<String, String> outcomes(Path batch) throws IOException {
        return Files.readAllLines(batch.resolveSibling(batch.getFileName() + ".results.jsonl")).stream()
                .map(Json::readMap)
                .collect(Collectors.toMap(
                        line -> String.valueOf(line.get("id")), line -> String.valueOf(line.get("outcome"))));
    }
}
