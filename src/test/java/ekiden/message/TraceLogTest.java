package ekiden.message;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceLogTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @TempDir
    Path folder;

    private final Queued tasks = new Queued();

    private static final class Fixed implements Clock {
        @Override
        public Instant now() {
            return Instant.parse("2026-11-23T15:30:00.123456Z");
        }

        @Override
        public long nanos() {
            return 0;
        }
    }

    /** Runs tasks when told to. */
    private static final class Queued implements Tasks {
        private final Queue<Runnable> waiting = new ArrayDeque<>();

        @Override
        public void run(String name, Runnable task) {
            waiting.add(task);
        }

        @Override
        public Cancellable after(Duration delay, String name, Runnable task) {
            throw new IllegalStateException("the trace log waits for nothing");
        }

        void step() {
            for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
                task.run();
            }
        }
    }

    private TraceLog log(Path where, TraceLimits limits) {
        return new TraceLog(where, "manager-of-a-long-name", new Fixed(), TOKYO, tasks, limits);
    }

    private List<String> lines(int file) throws IOException {
        return Files.readAllLines(folder.resolve("ekiden" + file + ".log"));
    }

    @Test
    void recordHasTheFieldsOfTheIntegratedTraceLog() throws IOException {
        try (TraceLog log = log(folder, TraceLimits.DEFAULT)) {
            log.write("EKDM0001-I", "one\r\ntwo");
            log.write(Problem.of(MessageMessage.UNKNOWN_ID, "id", "X"), new Messages(), Locale.ENGLISH);
            tasks.step();
        }
        List<String> lines = lines(1);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("# ").contains("Asia/Tokyo", "2026/11/24 00:30:00.123");
        long pid = ProcessHandle.current().pid();
        assertThat(lines.get(1))
                .matches("0000 2026/11/24 00:30:00\\.123 manager-of-a-lon " + pid + " [0-9]+ EKDM0001-I one  two");
        assertThat(lines.get(2)).startsWith("0001 ").endsWith("EKDC0190-E There is no message X.");
    }

    @Test
    void writingOnlyQueuesAndWhatDoesNotFitIsCounted() throws IOException {
        TraceLog log = log(folder, new TraceLimits(4, 100_000, 3, 10));
        for (int i = 0; i < 5; i++) {
            log.write("", "x".repeat(11));
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(log.dropped()).isEqualTo(2);
        tasks.step();
        log.write("", "later");
        tasks.step();
        log.close();
        assertThat(lines(1)).hasSize(5);
        assertThat(lines(1).get(1)).endsWith(" " + "x".repeat(10));
    }

    @Test
    void filesAreWrittenInTurnAndNoneGrowsPastItsLimit() throws IOException {
        TraceLimits limits = new TraceLimits(3, 2_000, 100, 200);
        try (TraceLog log = log(folder, limits)) {
            for (int i = 0; i < 60; i++) {
                log.write("", "record " + i + " " + "y".repeat(100));
                tasks.step();
            }
        }
        List<String> kept = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(Files.size(file)).isLessThanOrEqualTo(2_000);
                kept.addAll(Files.readAllLines(file));
            }
        }
        assertThat(kept).anyMatch(line -> line.contains("record 59 ")).noneMatch(line -> line.contains("record 0 "));
        assertThat(folder.toFile().list()).hasSize(3);
    }

    @Test
    void nextProcessGoesOnInTheNewestFile() throws IOException {
        Files.writeString(folder.resolve("ekiden1.log"), "old\n");
        Files.writeString(folder.resolve("ekiden2.log"), "newer\n");
        assertThat(folder.resolve("ekiden1.log").toFile().setLastModified(1_000_000))
                .isTrue();
        try (TraceLog log = log(folder, TraceLimits.DEFAULT)) {
            log.write("", "newest");
        }
        assertThat(lines(1)).containsExactly("old");
        assertThat(lines(2)).hasSize(3).first().isEqualTo("newer");
    }

    @Test
    void folderThatCannotBeWrittenCostsRecordsOnly() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        TraceLog log = log(file.resolve("log"), TraceLimits.DEFAULT);
        log.write("", "lost");
        log.write("", "lost");
        tasks.step();
        assertThat(log.dropped()).isEqualTo(2);
        log.close();
    }
}
