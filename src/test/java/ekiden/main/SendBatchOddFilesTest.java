package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import ekiden.cli.MailServer;
import ekiden.cli.SendRequest;
import ekiden.testing.ScriptedSmtpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Something else lies where a batch keeps what it knows. */
@Timeout(30)
class SendBatchOddFilesTest {
    @TempDir
    private Path folder;

    private void refused() throws IOException {
        Path batch = Files.writeString(
                folder.resolve("b.jsonl"),
                "{\"id\":\"a\",\"to\":[\"b@example.jp\"],\"subject\":\"s\",\"text\":\"t\"}\n");
        Call call = new Call(folder);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            MailServer url = new MailServer.Url("smtp://127.0.0.1:" + server.port(), null, false);
            SendRequest.Batch wanted = new SendRequest.Batch(batch, 0, false);
            SendRequest request =
                    new SendRequest(folder, url, "a@example.jp", null, null, null, wanted, true, Locale.ENGLISH);
            assertThat(new SendMailCommand().run(request, call.terminal())).isEqualTo(ExitCode.SETTINGS);
            assertThat(call.err()).contains("EKDC0153-E", "Not a regular file");
            assertThat(server.delivered()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "journal"})
    void nobodyWaitsForAPipeInPlaceOfTheResultsOrOfTheJournal(String ending) throws IOException, InterruptedException {
        Path pipe = folder.resolve("b.jsonl.results." + ending);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        refused();
    }

    @Test
    void resultsThatADeviceNeverEndsAreNotRead() throws IOException {
        Files.createSymbolicLink(folder.resolve("b.jsonl.results.jsonl"), Path.of("/dev/zero"));
        refused();
    }
}
