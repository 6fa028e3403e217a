package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import ekiden.base.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneMailEndingTest {
    /** Delays end when the test says so. */
    private static final class Delays implements Tasks {
        private final List<Runnable> waiting = new ArrayList<>();
        private final List<Duration> delays = new ArrayList<>();

        @Override
        public void run(String name, Runnable task) {
            waiting.add(task);
        }

        @Override
        public Cancellable after(Duration delay, String name, Runnable task) {
            delays.add(delay);
            waiting.add(task);
            return () -> waiting.remove(task);
        }

        void end() {
            List.copyOf(waiting).forEach(Runnable::run);
        }
    }

    private final Delays delays = new Delays();
    private final AskedToEnd asked = AskedToEnd.never();
    private final List<String> told = new ArrayList<>();
    private final OneMailEnding ending = new OneMailEnding(asked, delays, () -> told.add("cleaned up"), () -> {
        told.add("may be delivered");
        return ExitCode.UNCERTAIN;
    });

    private ExitCode tell() {
        return ending.tell(() -> {
            told.add("delivered");
            return ExitCode.DONE;
        });
    }

    @Test
    void whoIsNotAskedTellsWhatBecameOfTheMail() {
        assertThat(ending.endingData()).isTrue();
        assertThat(tell()).isEqualTo(ExitCode.DONE);
        asked.ask();
        delays.end();
        assertThat(told).containsExactly("delivered");
    }

    @Test
    void beforeTheEndOfTheMailItEndsAtOnceAndNobodyGetsTheMail() {
        asked.ask();
        assertThat(told).containsExactly("cleaned up");
        assertThat(ending.endingData()).isFalse();
        assertThat(tell()).isEqualTo(ExitCode.STOPPED);
        assertThat(told).containsExactly("cleaned up");
    }

    @Test
    void theAnswerThatComesInTimeIsTold() {
        assertThat(ending.endingData()).isTrue();
        asked.ask();
        assertThat(delays.delays).containsExactly(OneMailEnding.GRACE);
        assertThat(tell()).isEqualTo(ExitCode.DONE);
        delays.end();
        assertThat(told).containsExactly("delivered");
    }

    @Test
    void withoutAnAnswerInTimeTheMailMayHaveBeenDelivered() {
        assertThat(ending.endingData()).isTrue();
        asked.ask();
        delays.end();
        assertThat(told).containsExactly("may be delivered", "cleaned up");
        assertThat(tell()).isEqualTo(ExitCode.UNCERTAIN);
        assertThat(told).containsExactly("may be delivered", "cleaned up");
    }
}
