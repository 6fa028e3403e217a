package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.ChildProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code up} ends when a supervisor asks it to. */
class UpEndIT {
    @TempDir
    private Path folder;

    @Test
    void cleanStopEndsWithZero() {
        try (UpGround ground = new UpGround(folder).start()) {
            ChildProcess up = ground.up();
            up.close();
            assertThat(up.exit()).as(up.told()).hasValue(0);
            ground.start();
        }
    }
}
