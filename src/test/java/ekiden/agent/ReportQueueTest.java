package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Tasks;
import ekiden.json.Json;
import ekiden.link.Report;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reports that a process left. */
class ReportQueueTest {
    private final MemoryDisk disk = new MemoryDisk(new Random(1));
    private final SteppedTasks time = new SteppedTasks();
    private final AgentSettings settings = AgentSettings.defaults(Path.of("/home"));

    /** The first is taken in, and the second with it, before the folder has been gone through. */
    @Test
    void reportThatTheManagerTookMeanwhileIsNoStrangeFile() throws IOException {
        Ids ids = new Ids(time);
        disk.makeFolders(settings.reports());
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Report report = new Report.RawReleased(ids.next(), "p" + i);
            files.add(settings.reports().resolve(report.id() + ".json"));
            new Facts(disk).write(files.getLast(), Json.write(report));
        }
        List<Report> told = new ArrayList<>();
        AgentRig.Listener takesBoth = new AgentRig.Listener() {
            @Override
            public void report(Report report, Runnable taken) {
                told.add(report);
                try {
                    for (Path file : files) {
                        disk.delete(file);
                    }
                } catch (IOException wrong) {
                    throw new AssertionError(wrong);
                }
                super.report(report, taken);
            }
        };
        ReportQueue queue = new ReportQueue(disk, atOnce(), takesBoth, settings);
        assertThat(queue.start()).isEmpty();
        assertThat(told).hasSize(1);
        assertThat(queue.isEmpty()).isTrue();
    }

    /** Tasks that are done before whoever gave them goes on. */
    private Tasks atOnce() {
        return new Tasks() {
            @Override
            public void run(String name, Runnable task) {
                task.run();
            }

            @Override
            public Cancellable after(Duration delay, String name, Runnable task) {
                return time.after(delay, name, task);
            }
        };
    }

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

    /** The assignment waits in the manager's outbox until the report is taken in, so a crash in between loses nothing. */
    @Test
    void reportWhoseAssignmentBringsItAgainIsSentWithoutAFile() throws IOException {
        disk.makeFolders(settings.reports());
        List<Report> told = new ArrayList<>();
        ReportQueue queue = new ReportQueue(disk, time, answersNothing(told), settings);
        Ids ids = new Ids(time);
        queue.put(new Report.MailSaved(ids.next(), "claim", null, null));
        queue.put(new Report.AfterReceiveDone(ids.next(), List.of()));
        queue.put(new Report.RawReleased(ids.next(), "p1"));
        assertThat(told).hasSize(3);
        assertThat(queue.isEmpty()).isFalse();
        assertThat(disk.list(settings.reports())).isEmpty();
    }

    /** What is found once and never again. */
    @Test
    void reportThatNothingBringsAgainHasItsFileUntilItIsTakenIn() throws IOException {
        disk.makeFolders(settings.reports());
        List<Report> told = new ArrayList<>();
        Report report = new Report.MailboxFailing(new Ids(time).next(), "orders", Problem.of(AgentMessage.FOLDER));
        new ReportQueue(disk, time, answersNothing(told), settings).put(report);
        assertThat(disk.list(settings.reports())).hasSize(1);
        ReportQueue next = new ReportQueue(disk, time, new AgentRig.Listener(), settings);
        assertThat(next.start()).isEmpty();
        time.step(Duration.ofSeconds(1));
        assertThat(next.isEmpty()).isTrue();
        assertThat(disk.list(settings.reports())).isEmpty();
    }

    private static AgentRig.Listener answersNothing(List<Report> told) {
        return new AgentRig.Listener() {
            @Override
            public void report(Report report, Runnable taken) {
                told.add(report);
            }
        };
    }
}
