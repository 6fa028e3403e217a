package ekiden.testing.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

    private static Stream<String> broken(long seed, Kind kind) {
        Violation violation = new SimWorld(seed, kind, null, false).run();
        return violation == null ? Stream.of() : Stream.of(SimMain.again(seed, kind) + ": " + violation);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void promisesHoldInEveryWorld(Kind kind) {
        assertThat(LongStream.rangeClosed(1, WORLDS).boxed().flatMap(seed -> broken(seed, kind)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void promisesHoldInWorldsThatFailedOnce(Kind kind) throws IOException {
        String file = kind == Kind.LISTENER ? "/sim/seeds.txt" : "/sim/servers.txt";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SimTest.class.getResourceAsStream(file)), StandardCharsets.UTF_8))) {
            assertThat(lines.lines()
                            .filter(line -> !line.startsWith("#"))
                            .flatMap(line -> broken(Long.parseLong(line), kind)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Canary.class)
    void everyCanaryIsCaughtByItsChecker(Canary canary) {
        assertThat(SimMain.caught(canary)).startsWith("CAUGHT " + canary + " by " + canary.catcher);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void sameSeedTellsTheSameStory(Kind kind) {
        SimWorld one = new SimWorld(7, kind, null, true);
        SimWorld two = new SimWorld(7, kind, null, true);
        assertThat(one.run()).isEqualTo(two.run());
        assertThat(one.trace.lines()).hasSizeGreaterThan(100).isEqualTo(two.trace.lines());
    }
}
