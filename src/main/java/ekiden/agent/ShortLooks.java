package ekiden.agent;

import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.ReaderSettings.Attention;
import ekiden.mail.receive.Wait;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often all readers together may look or ask in quick succession. A reader that may not relies on what its server tells it by itself. Who only asks
 * whether there is news gives way to mails that are there already. Safe from any thread.
 */
final class ShortLooks {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** By then a mail that a server has hinted at is looked at, or there is none. */
    private static final long HINTED = TimeUnit.MILLISECONDS.toNanos(20);

    private final int most;
    private final RestingLooks resting;
    /** In parts of a look: nanoseconds times looks a second. */
    private long left;

    private long since;
    private final AtomicInteger inHand = new AtomicInteger();
    private volatile long inHandSince;
    private volatile long heard;

    /**
     * @param most looks a second
     * @param resting how long those wait that may not look soon: what so many put off would otherwise come all at once
     * @param now the present, {@link ekiden.base.Clock#nanos}
     */
    ShortLooks(int most, RestingLooks resting, long now) {
        this.most = most;
        this.resting = resting;
        this.left = most * SECOND;
        this.since = now;
        this.heard = now - SECOND;
    }

    /**
     * Counts the questions of a wait, and the look that follows it.
     *
     * @param wanted the wait
     * @param settings the reader's
     * @param now the present, {@link ekiden.base.Clock#nanos}
     * @return that wait; where others ask much already with fewer questions, and at last with none and the longest pause, or a second under close
     *     attention. The longest pause is the one of {@link RestingLooks}, whether it was wanted or is what is left
     */
    Wait paced(Wait wanted, ReaderSettings settings, long now) {
        return resting.paced(allowed(wanted, settings, now), settings);
    }

    private Wait allowed(Wait wanted, ReaderSettings settings, long now) {
        if (wanted.ask().compareTo(LONG) >= 0) {
            return wanted;
        }
        int may = take(wanted.looks(), now);
        if (may > 0) {
            return wanted.asking(may);
        }
        return Wait.quiet(settings.attention() == Attention.CLOSE ? CLOSE : settings.longestPause());
    }

    /**
     * A wait ended early: the questions that were not asked count as before.
     *
     * @param paced the wait
     * @param lasted how long it was in fact, in nanoseconds
     */
    synchronized void over(Wait paced, long lasted) {
        if (paced.asks()) {
            long asked = lasted / Math.max(1, paced.ask().toNanos()) + 1;
            left = Math.min(most * SECOND, left + Math.max(0, paced.looks() - asked) * SECOND);
        }
    }

    /**
     * A server has hinted at a mail, so that it will be looked for, fetched and saved.
     *
     * @param now the present, {@link ekiden.base.Clock#nanos}
     */
    void hint(long now) {
        heard = now;
    }

    /**
     * Mails are fetched or saved from now on; {@link #handled} follows, once for each call.
     *
     * @param now the present, {@link ekiden.base.Clock#nanos}
     */
    void inHand(long now) {
        inHandSince = now;
        inHand.incrementAndGet();
    }

    /** What {@link #inHand} said is over. */
    void handled() {
        inHand.decrementAndGet();
    }

    /**
     * @param now the present, {@link ekiden.base.Clock#nanos}
     * @return whether a question that only asks for news is better put off: processor and disk belong to mails that are on their way. Large ones, and
     *     work that ended by a bug, hold nobody up
     */
    boolean giveWay(long now) {
        return now - heard < HINTED || (inHand.get() > 0 && now - inHandSince < SECOND);
    }

    /**
     * @param now the present, {@link ekiden.base.Clock#nanos}
     * @return looks of the last second, about: what is not free again
     */
    synchronized long used(long now) {
        long time = Math.clamp(now - since, 0, SECOND);
        return most - Math.min(most * SECOND, left + time * most) / SECOND;
    }

    /** Never more than half of what is left, so that something is left for the next who asks. */
    private synchronized int take(int wanted, long now) {
        long time = Math.clamp(now - since, 0, SECOND);
        since = now;
        left = Math.min(most * SECOND, left + time * most);
        long whole = left / SECOND;
        int may = (int) Math.min(wanted, (whole + 1) / 2);
        left -= may * SECOND;
        return may;
    }
}
