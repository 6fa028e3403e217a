package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.disk.FileDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaildirCopiesTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final Duration AGE = Duration.ofDays(30);

    @TempDir
    private Path folder;

    private MaildirCopies copies() {
        return new MaildirCopies(new FileDisk(), folder.resolve("sent"), AGE);
    }

    private static OutgoingMail mail(String messageId) {
        byte[] bytes = "Subject: s\r\n\r\na\rb\r\n".getBytes(StandardCharsets.US_ASCII);
        return new OutgoingMail(
                "a@b", List.of("c@d"), messageId, OutgoingMail.Form.SEVEN_BIT, MailSenderContract.content(bytes));
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("sent").resolve(name))) {
            return files.toList();
        }
    }

    @Test
    void aCopyIsCompleteReadAndHasTheLineEndsOfFiles() throws IOException {
        copies().keep(mail("<1@x>"), NOW);
        assertThat(files("cur")).singleElement().satisfies(file -> {
            assertThat(file.getFileName().toString())
                    .startsWith(NOW.getEpochSecond() + ".")
                    .endsWith(":2,S");
            assertThat(Files.readString(file)).isEqualTo("Subject: s\n\na\rb\n");
        });
        assertThat(files("tmp")).isEmpty();
        assertThat(files("new")).isEmpty();
    }

    @Test
    void aMailThatWasSentAgainHasOneCopyAlsoBehindARestartAndWithOtherFlags() throws IOException {
        MaildirCopies copies = copies();
        copies.keep(mail("<1@x>"), NOW);
        copies.keep(mail("<1@x>"), NOW.plusSeconds(1));
        Path file = files("cur").getFirst();
        Files.move(file, file.resolveSibling(file.getFileName().toString().replace(":2,S", ":2,FRS")));
        copies().keep(mail("<1@x>"), NOW.plusSeconds(2));
        assertThat(files("cur")).hasSize(1);
        copies.keep(mail("<2@x>"), NOW);
        assertThat(files("cur")).hasSize(2);
    }

    @Test
    void oldCopiesGoAndOtherMailsStay() throws IOException {
        MaildirCopies copies = copies();
        copies.keep(mail("<1@x>"), NOW);
        Files.writeString(folder.resolve("sent/cur/1.other.host:2,S"), "x");
        copies.keep(mail("<2@x>"), NOW.plus(AGE));
        assertThat(files("cur")).hasSize(3);
        copies.keep(mail("<3@x>"), NOW.plus(AGE).plus(MaildirCopies.LOOK));
        assertThat(files("cur")).hasSize(3).anyMatch(file -> file.endsWith("1.other.host:2,S"));
    }

    @Test
    void whatCannotBeWrittenIsSaid() throws IOException {
        Files.writeString(folder.resolve("sent"), "a file");
        assertThatThrownBy(() -> copies().keep(mail("<1@x>"), NOW)).isInstanceOf(IOException.class);
    }
}
