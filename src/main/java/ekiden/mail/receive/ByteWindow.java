package ekiden.mail.receive;

import java.util.Arrays;

/**
 * What is used of a {@link ByteBudget}: bytes count when they are asked for, for its time and at most a sixtieth longer. Pure; the caller passes the time
 * in, {@link ekiden.base.Clock#nanos}, which never jumps. One thread at a time.
 */
public final class ByteWindow {
    /** The time is kept in so many parts. */
    static final int PARTS = 60;

    private final long most;
    private final long partNanos;
    private final long origin;
    /** The part that is under way, and all that may still count. */
    private final long[] bytes = new long[PARTS + 1];

    private long present;

    /**
     * @param budget what may be used
     * @param now the present
     */
    public ByteWindow(ByteBudget budget, long now) {
        this.most = budget.bytes();
        this.partNanos = Math.max(1, budget.per().toNanos() / PARTS);
        this.origin = now;
    }

    /**
     * @param now the present
     * @return how much is used
     */
    public long used(long now) {
        turn(now);
        return Arrays.stream(bytes).sum();
    }

    /**
     * Bytes are asked for; whoever asks has looked whether there is {@link #left something left}.
     *
     * @param more how many
     * @param now the present
     * @return tells {@link #giveBack} when that was
     */
    public long take(long more, long now) {
        turn(now);
        bytes[slot(present)] += more;
        return present;
    }

    /**
     * Bytes that were asked for did not come.
     *
     * @param part what {@link #take} answered
     * @param less how many
     * @param now the present
     */
    public void giveBack(long part, long less, long now) {
        turn(now);
        if (present - part <= PARTS) {
            bytes[slot(part)] = Math.max(0, bytes[slot(part)] - less);
        }
    }

    /**
     * @param now the present
     * @return how many bytes are left; 0 where it is used up, also where the last mail was larger than what was left
     */
    public long left(long now) {
        return Math.max(0, most - used(now));
    }

    /**
     * @param now the present
     * @return when something is left; the present where something is
     */
    public long freeAt(long now) {
        long used = used(now);
        long part = present - PARTS;
        while (used >= most && part <= present) {
            used -= part < 0 ? 0 : bytes[slot(part)];
            part++;
        }
        return part == present - PARTS ? now : origin + (part + PARTS) * partNanos;
    }

    /** Forgets what counts no more. */
    private void turn(long now) {
        long part = Math.max(present, (now - origin) / partNanos);
        for (long gone = present + 1; gone <= Math.min(part, present + PARTS + 1); gone++) {
            bytes[slot(gone)] = 0;
        }
        if (part > present + PARTS) {
            Arrays.fill(bytes, 0);
        }
        present = part;
    }

    private static int slot(long part) {
        return (int) (part % (PARTS + 1));
    }
}
