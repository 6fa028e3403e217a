package ekiden.main;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times that something took, for one thread. */
final class Latencies {
    private final List<Long> nanos = new ArrayList<>();

    void add(long time) {
        nanos.add(time);
    }

    int count() {
        return nanos.size();
    }

    /** @param part 0 for the least, 0.5 for the median, 1 for the most */
    double millis(double part) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, (long) (sorted.size() * part))) / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "n=%d p50=%.1f p99=%.1f max=%.1f ms", count(), millis(0.5), millis(0.99), millis(1));
    }
}
