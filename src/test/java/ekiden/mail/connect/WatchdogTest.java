package ekiden.mail.connect;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.base.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final Steps steps = new Steps();
    private int closed;
    private final Watchdog watchdog = new Watchdog(steps, steps, () -> closed++);

    /** Time that passes when a test says so, and what waits for it. */
    private static final class Steps implements Clock, Tasks {
        private final List<Waiting> waiting = new ArrayList<>();
        private long now;

        private record Waiting(long at, Runnable task) {}

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(now);
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void run(String name, Runnable task) {
            task.run();
        }

        @Override
        public Cancellable after(Duration delay, String name, Runnable task) {
            Waiting one = new Waiting(now + delay.toNanos(), task);
            waiting.add(one);
            return () -> waiting.remove(one);
        }

        void pass(Duration time) {
            now += time.toNanos();
            List<Waiting> due = waiting.stream().filter(one -> one.at <= now).toList();
            waiting.removeAll(due);
            due.forEach(one -> one.task.run());
        }
    }

    private void begin(int seconds) {
        watchdog.until(steps.nanos() + Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void operationThatOutlivesItsDeadlineIsEnded() {
        begin(10);
        steps.pass(Duration.ofSeconds(9));
        assertThat(closed).isZero();
        steps.pass(Duration.ofSeconds(2));
        assertThat(closed).isEqualTo(1);
        assertThat(watchdog.fired()).isTrue();
    }

    @Test
    void operationsThatEndInTimeShareOneLook() {
        for (int i = 0; i < 100; i++) {
            begin(10);
            watchdog.rest();
            steps.pass(Duration.ofMillis(50));
            assertThat(steps.waiting).hasSize(1);
        }
        steps.pass(Duration.ofSeconds(60));
        assertThat(steps.waiting).as("nothing waits on an idle connection").isEmpty();
        assertThat(closed).isZero();
    }

    @Test
    void shorterDeadlineAfterALongerOneIsKept() {
        begin(100);
        watchdog.rest();
        begin(1);
        steps.pass(Duration.ofSeconds(2));
        assertThat(closed).isEqualTo(1);
    }

    @Test
    void longerDeadlineAfterAShorterOneIsKept() {
        begin(1);
        watchdog.rest();
        begin(100);
        steps.pass(Duration.ofSeconds(2));
        assertThat(closed).isZero();
        steps.pass(Duration.ofSeconds(99));
        assertThat(closed).isEqualTo(1);
    }

    @Test
    void closedWatchdogLooksNoMore() {
        begin(1);
        watchdog.close();
        steps.pass(Duration.ofSeconds(2));
        assertThat(closed).isZero();
        begin(1);
        steps.pass(Duration.ofSeconds(2));
        assertThat(closed).isZero();
    }
}
