package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardedTest {
    private final List<String> told = new ArrayList<>();

    private void run(Runnable task) {
        new Guarded("work", task, () -> told.add("done")).run();
    }

    @Test
    void workThatEndsForWantOfMemoryIsNotInHandAnyMore() {
        run(() -> {
            throw new OutOfMemoryError("full");
        });
        run(() -> {
            throw new StackOverflowError("deep");
        });
        run(() -> {
            throw new IllegalStateException("bug");
        });
        assertThat(told).containsExactly("done", "done", "done");
    }

    @Test
    void workThatEndsWellSaysSoItself() {
        run(() -> told.add("work"));
        assertThat(told).containsExactly("work");
    }
}
