package ekiden.testing.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The story of a world, told only when somebody listens. */
final class Trace {
    private static final int MAX_LINES = 200_000;

    final boolean on;
    private final SimClock clock;
    private final List<String> lines = new ArrayList<>();

    Trace(SimClock clock, boolean on) {
        this.clock = clock;
        this.on = on;
    }

    void say(Supplier<String> words) {
        if (on && lines.size() < MAX_LINES) {
            double seconds = clock.nanos() / 1e9;
            lines.add(String.format(Locale.ROOT, "%10.3f  %s", seconds, words.get()));
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
