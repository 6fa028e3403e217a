package ekiden.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.mail.dkim.TxtRecords.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatientRecordsTest {
    private static final DkimLimits TWO = new DkimLimits(1, 1, 1024, Duration.ofSeconds(1), 2, Duration.ofSeconds(5));

    private final List<String> asked = new ArrayList<>();
    private long nanos;
    private Answer answer = new Answer.Unavailable("silent");

    private final Clock clock = new Clock() {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            return nanos;
        }
    };

    private final PatientRecords records = new PatientRecords(
            name -> {
                asked.add(name);
                return answer;
            },
            clock,
            TWO);

    @Test
    void silentNameIsAskedAgainAfterAWhileOnly() {
        assertThat(records.of("a")).isEqualTo(answer);
        nanos += Duration.ofSeconds(5).toNanos() - 1;
        assertThat(records.of("a")).isEqualTo(answer);
        assertThat(asked).containsExactly("a");
        nanos += 1;
        answer = new Answer.Found(List.of("x"));
        assertThat(records.of("a")).isEqualTo(answer);
        assertThat(asked).containsExactly("a", "a");
    }

    @Test
    void silenceIsKnownWithoutAQuestionAndNothingElse() {
        assertThat(records.known("a")).isNull();
        records.of("a");
        assertThat(records.known("a")).isEqualTo(answer);
        nanos += Duration.ofSeconds(5).toNanos();
        assertThat(records.known("a")).isNull();
        assertThat(asked).containsExactly("a");
    }

    @Test
    void oneNameMoreThanAreKeptMakesTheOldestForgotten() {
        records.of("a");
        records.of("b");
        records.of("a");
        records.of("c");
        records.of("b");
        records.of("a");
        assertThat(asked).containsExactly("a", "b", "c", "a");
    }
}
