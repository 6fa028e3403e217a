package ekiden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunResultTest {
    private static final Map<String, Object> LATE = Map.of("status", "KILLED", "problem", Map.of("exit", 3));
    private static final Map<String, Object> BAD = Map.of("status", "ENDED_ABNORMALLY");
    private static final Map<String, Object> GOOD_LATE =
            Map.of("status", "ENDED_WITH_WARNING", "problem", Map.of("exit", 3));

    private static ExitCode result(String status, Object... jobs) {
        return RunResult.of(new Data(Map.of("status", status, "jobs", List.of(jobs))));
    }

    @Test
    void theWorstThatIsKnownIsTheResult() {
        assertThat(result("ENDED_NORMALLY", GOOD_LATE)).isEqualTo(ExitCode.DONE);
        assertThat(result("ENDED_WITH_WARNING", GOOD_LATE)).isEqualTo(ExitCode.WARNING);
        assertThat(result("ENDED_ABNORMALLY", BAD)).isEqualTo(ExitCode.REFUSED);
        assertThat(result("KILLED")).isEqualTo(ExitCode.REFUSED);
        assertThat(result("KILLED", BAD, LATE)).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(result("ENDED_ABNORMALLY", GOOD_LATE, BAD)).isEqualTo(ExitCode.REFUSED);
        assertThat(result("ENDED_ABNORMALLY", LATE, Map.of("status", "UNCERTAIN")))
                .isEqualTo(ExitCode.UNCERTAIN);
        assertThat(result("ENDED_ABNORMALLY", LATE, Map.of("status", "UNKNOWN")))
                .isEqualTo(ExitCode.UNCERTAIN);
    }
}
