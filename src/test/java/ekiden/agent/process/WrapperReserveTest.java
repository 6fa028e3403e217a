package ekiden.agent.process;

import ekiden.base.ThreadTasks;
import ekiden.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folders in which wrappers wait. */
class WrapperReserveTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    @TempDir
    private Path folders;

    private final ThreadTasks tasks = new ThreadTasks();

    @AfterEach
    void end() {
        tasks.close();
        Wrappers.awaitGone();
    }

    @Test
    void folderOfAFormerLifeIsRemoved() throws IOException {
        Path former = Files.createDirectories(folders.resolve("0-1"));
        Files.writeString(former.resolve("stdout"), "");
        WrapperReserve reserve = new WrapperReserve(tasks, 500, folders);
        Eventually.within(WITHIN, () -> "still there", () -> !Files.exists(former));
        reserve.close();
    }
}
