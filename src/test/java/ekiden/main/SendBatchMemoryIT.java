package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.json.Json;
import ekiden.testing.ChildProcess;
import ekiden.testing.ScriptedSmtpServer;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches whose lines are as long as they may be, with the memory that the product has by itself. */
class SendBatchMemoryIT {
    private static final Duration WITHIN = Duration.ofMinutes(3);
    private static final String LINE = "日本語テキスト\n";

    @TempDir
    private Path folder = Path.of("/");

    /** Mails whose texts have so many bytes in UTF-8. */
    private Path batch(int mails, int bytes) throws IOException {
        Path batch = folder.resolve("b.jsonl");
        String text = Json.write(LINE.repeat(bytes / 22));
        try (Writer out = Files.newBufferedWriter(batch)) {
            for (int i = 0; i < mails; i++) {
                out.write(
                        "{\"id\":\"m" + i + "\",\"to\":[\"b@example.jp\"],\"subject\":\"s\",\"text\":" + text + "}\n");
            }
        }
        return batch;
    }

    private void allGoOut(int mails, int bytes) throws IOException {
        Path batch = batch(mails, bytes);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            ChildProcess ended = BatchProcess.of(server, batch).run(WITHIN);
            List<String> results = Files.readAllLines(folder.resolve("b.jsonl.results.jsonl"));
            assertThat(results).hasSize(mails).allMatch(line -> line.contains("\"outcome\":\"accepted\""));
            assertThat(ended.exit()).hasValue(0);
            assertThat(server.delivered()).hasSize(mails);
        }
    }

    @Test
    void longLinesGoOutOneAfterTheOther() throws IOException {
        allGoOut(8, 7_500_000);
    }

    @Test
    void linesOfTheGreatestLengthGoOutOneAfterTheOther() throws IOException {
        allGoOut(4, 15_400_000);
    }
}
