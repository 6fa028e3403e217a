package ekiden.model.mail;

import java.time.Instant;
import java.util.List;

/**
 * How a large mail came from its server.
 *
 * @param began when its first byte came
 * @param millis how long it took from then until it was whole, with the time between a cut and what went on
 * @param size bytes that came
 * @param resumed how often it was cut off and went on where it had been cut
 * @param steps some moments on the way, in order; bounded in number
 */
public record Receipt(Instant began, long millis, long size, int resumed, List<Step> steps) {
    /** Copies the list. */
    public Receipt {
        steps = List.copyOf(steps);
    }

    /**
     * A moment on the way.
     *
     * @param millis since the first byte
     * @param bytes how much was here
     * @param resumed whether it had been cut off before, and went on here
     */
    public record Step(long millis, long bytes, boolean resumed) {}
}
