package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import ekiden.cli.MailServer;
import ekiden.cli.SendRequest;
import ekiden.model.definition.MailExtras;
import ekiden.testing.ScriptedSmtpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What lies where copies of sent mails are kept is anything: the mail is sent all the same, and its sender is told so. */
@Timeout(60)
class SentCopiesTest {
    @TempDir
    private Path folder;

    private void sentWithoutACopy(String place, String reason) throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Files.writeString(
                    folder.resolve("ekiden.yaml"),
                    "version: 1\nmail: {profiles: {p: {send: {smtp: {host: 127.0.0.1, port: " + server.port()
                            + "}, from: a@example.jp, sent-copy: {" + place + "}}}}}\n");
            SendRequest.Mail mail = new SendRequest.Mail(
                    List.of("b@example.jp"), List.of(), List.of(), "s", "t", null, List.of(), MailExtras.NONE);
            Call call = new Call(folder);
            MailServer profile = new MailServer.Profile("p");
            assertThat(new SendMailCommand()
                            .run(
                                    new SendRequest(
                                            folder, profile, null, null, null, mail, null, true, Locale.ENGLISH),
                                    call.terminal()))
                    .isEqualTo(ExitCode.DONE);
            assertThat(String.join("\n", call.out())).contains("accepted");
            assertThat(call.err()).contains("EKDM0673-W", reason);
            assertThat(server.delivered()).hasSize(1);
        }
    }

    @Test
    void aDeviceWithoutAnEndInPlaceOfTheFile() throws IOException {
        Files.createSymbolicLink(folder.resolve("sent"), Path.of("/dev/full"));
        sentWithoutACopy("mbox: sent", "Not a regular file");
    }

    @Test
    void aFileNamedAsACopyOfATimeThatNoClockShows() throws IOException {
        Path there = Files.createDirectories(folder.resolve("sent/cur"));
        Files.createFile(there.resolve("9".repeat(18) + "." + "0".repeat(32) + ".ekiden:2,S"));
        sentWithoutACopy("maildir: sent", "DateTimeException");
    }
}
