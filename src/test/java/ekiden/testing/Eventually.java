package ekiden.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that another process or thread does: the one place in the tests that parks. */
public final class Eventually {
    private static final long FIRST_PAUSE = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(50).toNanos();

    private Eventually() {}

    /**
     * Waits until it is so.
     *
     * @param deadline how long at most
     * @param condition asked every few milliseconds on this thread
     * @throws AssertionError when the deadline has passed
     */
    public static void within(Duration deadline, BooleanSupplier condition) {
        within(deadline, "the condition", condition);
    }

    /**
     * Waits until it is so.
     *
     * @param deadline how long at most
     * @param what for the message; asked only when the deadline has passed
     * @param condition asked every few milliseconds on this thread
     * @throws AssertionError when the deadline has passed
     */
    public static void within(Duration deadline, Supplier<String> what, BooleanSupplier condition) {
        value(deadline, what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /**
     * Waits until it is so.
     *
     * @param deadline how long at most
     * @param what for the message, for example {@code "the mail is delivered"}
     * @param condition asked every few milliseconds on this thread
     * @throws AssertionError when the deadline has passed
     */
    public static void within(Duration deadline, String what, BooleanSupplier condition) {
        within(deadline, () -> what, condition);
    }

    /**
     * Waits until there is a value.
     *
     * @param deadline how long at most
     * @param what for the message; asked only when the deadline has passed, so that it can tell what is there instead
     * @param source asked every few milliseconds on this thread
     * @param <T> its type
     * @return the value
     * @throws AssertionError when the deadline has passed
     */
    public static <T> T value(Duration deadline, Supplier<String> what, Supplier<Optional<T>> source) {
        return poll(deadline, source)
                .orElseThrow(() -> new AssertionError("not within " + deadline.toMillis() + " ms: " + what.get()));
    }

    /**
     * Waits until it is so, where it need not be.
     *
     * @param deadline how long at most
     * @param condition asked every few milliseconds on this thread
     * @return whether it was so in time
     */
    public static boolean becomes(Duration deadline, BooleanSupplier condition) {
        return poll(deadline, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    private static <T> Optional<T> poll(Duration deadline, Supplier<Optional<T>> source) {
        long start = System.nanoTime();
        long pause = FIRST_PAUSE;
        while (true) {
            // Looked at once more after the deadline: a machine that paused us has not failed the test.
            boolean last = System.nanoTime() - start > deadline.toNanos();
            Optional<T> found = source.get();
            if (found.isPresent() || last || Thread.currentThread().isInterrupted()) {
                return found;
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE);
        }
    }
}
