package ekiden.testing.sim;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The only source of chance in a world. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** One time in {@code n}; never for 0. */
    boolean one(int n) {
        return n > 0 && random.nextInt(n) == 0;
    }

    int below(int n) {
        return random.nextInt(n);
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    Duration upTo(Duration most) {
        return Duration.ofNanos(random.nextLong(most.toNanos() + 1));
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A source of its own, so that what it draws does not depend on what others draw. */
    RandomGenerator split() {
        return random.split();
    }
}
