package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import ekiden.disk.Disk;
import ekiden.model.definition.IfRefused;
import ekiden.model.mail.Address;
import ekiden.testing.MemoryDisk;
import ekiden.testing.MemoryMailSender;
import ekiden.testing.MemoryMailSender.Fate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendOnceTest {
    private static final Path FOLDER = Path.of("/tmp/ekiden");

    private final Disk disk = new MemoryDisk(new Random(1));
    private final MemoryMailSender system = new MemoryMailSender().refuses("refused@example.com");

    @BeforeEach
    void folder() throws IOException {
        disk.makeFolders(FOLDER);
    }

    private ExitCode send(String... to) throws IOException {
        MailDraft draft = new MailDraft(
                new Address(null, "from@example.com"),
                Arrays.stream(to).map(one -> new Address(null, one)).toList(),
                List.of(),
                List.of(),
                "subject",
                "text",
                List.of(),
                "<once@example.com>",
                OffsetDateTime.parse("2026-11-03T09:05:07+09:00"),
                null,
                List.of(),
                null);
        ExitCode exit = new SendOnce(disk, ComposeLimits.DEFAULT)
                .send(draft, IfRefused.EACH, system, FOLDER, SendProgress.NONE)
                .exit();
        assertThat(disk.list(FOLDER)).as("nothing is left").isEmpty();
        return exit;
    }

    @Test
    void outcomesHaveTheirExitCodes() throws IOException {
        assertThat(send("a@example.com")).isEqualTo(ExitCode.DONE);
        assertThat(send("a@example.com", "refused@example.com")).isEqualTo(ExitCode.WARNING);
        assertThat(send("refused@example.com")).isEqualTo(ExitCode.REFUSED);
        assertThat(system.arrivals()).hasSize(2);
        system.next(Fate.NOT_NOW)
                .next(Fate.REFUSE)
                .next(Fate.LOSE)
                .next(Fate.NOT_REACHABLE)
                .next(Fate.LOST_IN_BODY);
        assertThat(send("a@example.com")).isEqualTo(ExitCode.REFUSED);
        assertThat(send("a@example.com")).isEqualTo(ExitCode.REFUSED);
        assertThat(send("a@example.com")).isEqualTo(ExitCode.UNCERTAIN);
        assertThat(send("a@example.com")).isEqualTo(ExitCode.NOT_REACHABLE);
        assertThat(send("a@example.com")).isEqualTo(ExitCode.NOT_REACHABLE);
    }

    @Test
    void mailThatCannotBeComposedIsNotSubmitted() throws IOException {
        assertThat(send()).isEqualTo(ExitCode.USAGE);
        assertThat(send("nobody")).isEqualTo(ExitCode.USAGE);
        assertThat(system.submissions()).isZero();
    }

    @Test
    void settingsAndCredentialsAreTold() {
        assertThat(SendOnce.exit(ekiden.base.Problem.of(SendMessage.LOGIN_REFUSED)))
                .isEqualTo(ExitCode.SETTINGS);
        assertThat(SendOnce.exit(ekiden.base.Problem.of(SendMessage.CERTIFICATE)))
                .isEqualTo(ExitCode.SETTINGS);
        assertThat(SendOnce.exit(ekiden.base.Problem.of(ComposeMessage.NO_ATTACHMENT)))
                .isEqualTo(ExitCode.USAGE);
    }
}
