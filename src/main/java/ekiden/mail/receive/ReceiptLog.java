package ekiden.mail.receive;

import ekiden.model.mail.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Notes how one large mail comes: each tenth of it, and the first times that it went on after it had been cut off. One thread. */
public final class ReceiptLog {
    /** The mail is told of in so many parts. */
    static final int PARTS = 10;
    /** Of more resumptions than these only the number is kept. */
    static final int RESUMPTIONS = 20;

    private final Instant began;
    private final long beganNanos;
    private final long size;
    private final List<Receipt.Step> steps = new ArrayList<>();
    private long parts;
    private int resumed;

    /**
     * @param began when the first byte came
     * @param nanos the same moment, {@link ekiden.base.Clock#nanos}
     * @param size bytes that the server announces
     */
    public ReceiptLog(Instant began, long nanos, long size) {
        this.began = began;
        this.beganNanos = nanos;
        this.size = Math.max(1, size);
    }

    /**
     * More came.
     *
     * @param bytes how much is here
     * @param nanos the present, {@link ekiden.base.Clock#nanos}
     */
    public void arrived(long bytes, long nanos) {
        long now = Math.min(bytes, size) * PARTS / size;
        if (now > parts && now < PARTS) {
            steps.add(new Receipt.Step(since(nanos), bytes, false));
        }
        parts = Math.max(parts, now);
    }

    /**
     * It was cut off, and goes on.
     *
     * @param bytes how much is here
     * @param nanos the present, {@link ekiden.base.Clock#nanos}
     */
    public void resumed(long bytes, long nanos) {
        resumed++;
        if (resumed <= RESUMPTIONS) {
            steps.add(new Receipt.Step(since(nanos), bytes, true));
        }
    }

    /**
     * It is whole.
     *
     * @param bytes how much came
     * @param nanos the present, {@link ekiden.base.Clock#nanos}
     * @return what was noted
     */
    public Receipt end(long bytes, long nanos) {
        return new Receipt(began, since(nanos), bytes, resumed, steps);
    }

    private long since(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos - beganNanos));
    }
}
