package ekiden.agent;

import ekiden.base.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long the DNS may be asked about mails of a mailbox that were there before a watch: so long in each period, whatever the number of mails and
 * watches, because the same strand serves the mails that come. Safe from any thread.
 */
final class QuestionTime {
    private final Clock clock;
    private final long most;
    private final long every;
    private long began;
    private long spent;

    /**
     * @param clock the one clock
     * @param most after so long no question is begun
     * @param every the period, longer than {@code most}
     */
    QuestionTime(Clock clock, Duration most, Duration every) {
        this.clock = clock;
        this.most = most.toNanos();
        this.every = every.toNanos();
        this.began = clock.nanos();
    }

    /** {@return for the questions about one mail} */
    Turn turn() {
        return new Turn();
    }

    /** Whether a question may be begun. */
    synchronized boolean isLeft() {
        long now = clock.nanos();
        if (now - began >= every) {
            began = now;
            spent = 0;
        }
        return spent < most;
    }

    private synchronized void spend(long nanos) {
        spent += nanos;
    }

    /** The questions about one mail. Belongs to one thread. */
    final class Turn implements BooleanSupplier, AutoCloseable {
        private boolean asking;
        private boolean refused;
        private long since;

        @Override
        public boolean getAsBoolean() {
            close();
            asking = isLeft();
            refused |= !asking;
            since = clock.nanos();
            return asking;
        }

        /** Whether a question was not asked. */
        boolean refused() {
            return refused;
        }

        @Override
        public void close() {
            if (asking) {
                asking = false;
                spend(clock.nanos() - since);
            }
        }
    }
}
