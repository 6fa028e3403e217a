package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendTrainingTest {
    @TempDir
    Path folder;

    @Test
    void trainingSendsItsWholeBatchSoThatTheCacheHoldsTheWholeWay() throws Exception {
        Call call = new Call(folder);
        assertThat(SendTraining.run(folder, call.terminal(), 60)).isEqualTo(ExitCode.DONE);
        assertThat(Files.readAllLines(folder.resolve("training.jsonl.results.jsonl")))
                .hasSize(60)
                .allMatch(line -> line.contains("\"outcome\":\"accepted\""));
    }
}
