package ekiden;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.ChildProcess;
import ekiden.testing.EkidenProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the first start of a build leaves behind. Among the first by its name: what is recorded here, for a minute, the others need, and beside it run
 * those that do not start the product.
 */
class BuiltProductIT {
    private static final Path TARGET = Path.of("target");
    private static final Duration SOON = Duration.ofSeconds(30);

    private static void started() {
        try (ChildProcess version = EkidenProcess.of("--version").run(SOON)) {
            assertThat(version.exit()).as(version.told()).hasValue(0);
        }
    }

    /** One that could not be recorded is empty. */
    @ParameterizedTest
    @ValueSource(strings = {"run", "words", "wait", "send"})
    void eachKindOfStartHasItsCache(String kind) {
        started();
        assertThat(TARGET.resolve(kind + ".aot")).isNotEmptyFile();
    }

    @Test
    void cachesAreThoseOfThisJar() throws Exception {
        started();
        assertThat(Files.getLastModifiedTime(TARGET.resolve("ekiden.aot.of")))
                .isEqualTo(Files.getLastModifiedTime(TARGET.resolve("ekiden.jar")));
    }
}
