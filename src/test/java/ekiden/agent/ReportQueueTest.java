package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Ids;
import ekiden.json.Json;
import ekiden.link.Report;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reports that a process left. */
class ReportQueueTest {
    private final MemoryDisk disk = new MemoryDisk(new Random(1));
    private final SteppedTasks time = new SteppedTasks();
    private final AgentSettings settings = AgentSettings.defaults(Path.of("/home"));

    @Test
    void bytesThatAReportOfTheProcessBeforeBringsAreNobodysLeftovers() throws IOException {
        Report.Match match = new Report.Match(1, new RawMail("p1", 100, "aa"), MailSummary.UNREADABLE);
        Report report = new Report.MailsTested(new Ids(time).next(), "start/x", "1-x", List.of(match), List.of());
        disk.makeFolders(settings.reports());
        new Facts(disk).write(settings.reports().resolve(report.id() + ".json"), Json.write(report));
        ReportQueue queue = new ReportQueue(disk, time, new AgentRig.Listener(), settings);
        assertThat(queue.start()).isEmpty();
        assertThat(queue.bring("p1")).isTrue();
        time.step(Duration.ofSeconds(1));
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.bring("p1")).isTrue();
        assertThat(queue.bring("p2")).isFalse();
    }
}
