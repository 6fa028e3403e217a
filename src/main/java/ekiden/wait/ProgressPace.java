package ekiden.wait;

import java.util.concurrent.TimeUnit;

/**
 * When the progress of one large mail is shown anew: a line that is rewritten often, lines that stay only when there is something to say. Pure; the
 * caller passes the time in, {@link ekiden.base.Clock#nanos}.
 */
public final class ProgressPace {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int PARTS = 10;

    private final Limits limits;
    private final long began;
    private final long size;
    private long last;
    private long parts;
    private boolean shown;

    /**
     * How often a line may be shown.
     *
     * @param quietMillis what is here sooner is not shown
     * @param millis the shortest time between two lines
     * @param longMillis a line is due after so long, if not sooner by a tenth of the mail
     */
    public record Limits(long quietMillis, long millis, long longMillis) {
        /** A line that is rewritten: 500 ms · 200 ms · 200 ms. */
        public static final Limits REWRITTEN = new Limits(500, 200, 200);
        /** Lines that stay: 1 s · 1 s · 10 s. */
        public static final Limits LINES = new Limits(1_000, 1_000, 10_000);
    }

    /**
     * @param limits how often
     * @param size of the mail, in bytes
     * @param now the present
     */
    public ProgressPace(Limits limits, long size, long now) {
        this.limits = limits;
        this.size = Math.max(1, size);
        this.began = now;
        this.last = now;
    }

    /**
     * More came.
     *
     * @param bytes how much is here
     * @param now the present
     * @return whether that is shown
     */
    public boolean due(long bytes, long now) {
        long part = Math.min(bytes, size) * PARTS / size;
        boolean early = now - began < limits.quietMillis * MILLI || (shown && now - last < limits.millis * MILLI);
        if (early || (part == parts && now - last < limits.longMillis * MILLI)) {
            return false;
        }
        parts = part;
        last = now;
        shown = true;
        return true;
    }

    /** {@return whether anything was shown of it, so that its end is shown too} */
    public boolean shown() {
        return shown;
    }
}
