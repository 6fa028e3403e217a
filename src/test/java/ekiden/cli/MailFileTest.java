package ekiden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailFileTest {
    @TempDir
    Path folder;

    @Test
    void aMailIsOneLineWithEveryPropertyOfTheContract() throws IOException {
        Path file = Files.writeString(folder.resolve("a.eml"), "From: a@b\r\nSubject: x\r\n\r\nhello\r\n");
        CommandSet.MailLine line = MailFile.read(file, "a.eml", false);
        assertThat(line.problem()).isNull();
        Map<String, Object> object = Json.readMap(line.json());
        assertThat(object.keySet())
                .containsExactly(
                        "file", "from", "to", "subject", "date", "messageId", "text", "attachments", "problems");
        assertThat(object).containsEntry("file", "a.eml").containsEntry("date", null);
        assertThat(line.json()).doesNotContain("\n");
    }

    @Test
    void aFileThatIsNotThereIsALineWithAnError() {
        CommandSet.MailLine line = MailFile.read(folder.resolve("no.eml"), "no.eml", false);
        assertThat(Json.readMap(line.json())).containsOnlyKeys("file", "error");
        assertThat(line.problem()).isNotNull();
    }
}
