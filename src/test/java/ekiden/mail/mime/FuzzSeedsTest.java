package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer begins with, and what it found once, is run as a test each time. */
class FuzzSeedsTest {
    private static final Path SEEDS = Path.of("src", "test", "resources", "fuzz");
    private static final Path MAILS = Path.of("src", "test", "resources", "mails", "strange");

    static List<String> targets() {
        return MimeFuzz.TARGETS;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everySeedIsHarmless(String target) throws IOException {
        List<Path> seeds = new ArrayList<>(files(SEEDS.resolve(target)));
        assertThat(seeds).isNotEmpty();
        seeds.addAll(files(MAILS));
        for (Path seed : seeds) {
            byte[] data = Files.readAllBytes(seed);
            assertThatCode(() -> MimeFuzz.run(target, data))
                    .as(target + " " + seed)
                    .doesNotThrowAnyException();
        }
    }
}
