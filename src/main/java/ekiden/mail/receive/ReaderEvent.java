package ekiden.mail.receive;

import ekiden.base.Problem;
import ekiden.mail.receive.ReaderPhase.On;

/** What happens to a reader, as the shell around it tells. */
public sealed interface ReaderEvent {
    /** {@return the row of the table} */
    On on();

    /**
     * The folder is open.
     *
     * @param renumbered whether its UIDVALIDITY is another one than the cursor's
     */
    record Opened(boolean renumbered) implements ReaderEvent {
        @Override
        public On on() {
            return renumbered ? On.RENUMBER : On.OPEN;
        }
    }

    /**
     * A call failed; the session is of no more use.
     *
     * @param problem why
     */
    record Failed(Problem problem) implements ReaderEvent {
        @Override
        public On on() {
            return On.FAIL;
        }
    }

    /**
     * The server answered a search: the proof of life.
     *
     * @param found whether mails are there that are not settled
     */
    record Answered(boolean found) implements ReaderEvent {
        @Override
        public On on() {
            return found ? On.FIND : On.FIND_NOTHING;
        }
    }

    /**
     * What was found is committed.
     *
     * @param news whether a mail came that nobody had seen before
     */
    record WasRead(boolean news) implements ReaderEvent {
        @Override
        public On on() {
            return On.READ;
        }
    }

    /** The wait ended. */
    record Woken() implements ReaderEvent {
        @Override
        public On on() {
            return On.WAKE;
        }
    }

    /**
     * The server's answer is overdue.
     *
     * @param problem says so
     */
    record Missed(Problem problem) implements ReaderEvent {
        @Override
        public On on() {
            return On.MISS;
        }
    }

    /** The pause after a failure is over. */
    record Retried() implements ReaderEvent {
        @Override
        public On on() {
            return On.RETRY;
        }
    }

    /** The catalogue knows the folder under its new UIDVALIDITY. */
    record Rebound() implements ReaderEvent {
        @Override
        public On on() {
            return On.REBIND;
        }
    }

    /** The reader is wanted no more. */
    record Stopped() implements ReaderEvent {
        @Override
        public On on() {
            return On.STOP;
        }
    }
}
