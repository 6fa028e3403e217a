package ekiden.testing.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few of the worlds of {@code ./dev sim}, those that failed once, and every canary. */
class SimTest {
    private static final int WORLDS = 200;
    private static final ProductLog LOG = new ProductLog();

    @BeforeAll
    static void listen() {
        LOG.listen();
    }

    @AfterAll
    static void listenNoMore() {
        LOG.close();
    }

    private static List<String> broken(LongStream seeds) {
        return seeds.boxed()
                .flatMap(seed -> {
                    Violation violation = new SimWorld(seed, null, false).run();
                    return violation == null ? Stream.of() : Stream.of("./dev sim --seed " + seed + ": " + violation);
                })
                .toList();
    }

    @Test
    void promisesHoldInEveryWorld() {
        assertThat(broken(LongStream.rangeClosed(1, WORLDS))).isEmpty();
    }

    @Test
    void promisesHoldInWorldsThatFailedOnce() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SimTest.class.getResourceAsStream("/sim/seeds.txt")), StandardCharsets.UTF_8))) {
            LongStream seeds =
                    lines.lines().filter(line -> !line.startsWith("#")).mapToLong(Long::parseLong);
            assertThat(broken(seeds)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Canary.class)
    void everyCanaryIsCaughtByItsChecker(Canary canary) {
        assertThat(SimMain.caught(canary)).startsWith("CAUGHT " + canary + " by " + canary.catcher);
    }

    @Test
    void sameSeedTellsTheSameStory() {
        SimWorld one = new SimWorld(7, null, true);
        SimWorld two = new SimWorld(7, null, true);
        assertThat(one.run()).isEqualTo(two.run());
        assertThat(one.trace.lines()).hasSizeGreaterThan(100).isEqualTo(two.trace.lines());
    }
}
