package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitTrainingTest {
    @TempDir
    Path folder;

    @Test
    void trainingTakesItsWholeMailboxSoThatTheCacheHoldsTheWholeWay() throws Exception {
        Call call = new Call(folder);
        assertThat(WaitTraining.run(folder, call.terminal(), 60)).isEqualTo(ExitCode.DONE);
        assertThat(call.out()).hasSize(61).startsWith("READY");
        assertThat(call.out().getLast()).contains("練習 60");
        try (Stream<Path> files = Files.list(folder.resolve("files"))) {
            assertThat(files).hasSize(62);
        }
    }
}
