package ekiden.mail.receive;

import ekiden.base.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader stands. Times are {@link ekiden.base.Clock#nanos}.
 *
 * @param phase what it does
 * @param failures failures since a search last found nothing, or the mails it found were read
 * @param answered when the server last answered a search; meaningless while {@code alive} is false
 * @param alive whether it ever did
 * @param due until when the next answer must come
 * @param active when a mail last came, or a while before the folder was opened
 * @param troubled since when nothing was answered; meaningless without a problem
 * @param problem the latest of these failures, or null
 * @param told whether people know of it
 */
public record ReaderState(
        ReaderPhase phase,
        int failures,
        long answered,
        boolean alive,
        long due,
        long active,
        long troubled,
        @Nullable Problem problem,
        boolean told) {
    /**
     * @param now the present
     * @param settings the reader's
     * @return a reader that is about to connect
     */
    static ReaderState begin(long now, ReaderSettings settings) {
        long due = now + settings.deadline().toNanos();
        return new ReaderState(ReaderPhase.CONNECTING, 0, now, false, due, now, now, null, false);
    }

    ReaderState in(ReaderPhase next) {
        return new ReaderState(next, failures, answered, alive, due, active, troubled, problem, told);
    }

    ReaderState dueBy(long next) {
        return new ReaderState(phase, failures, answered, alive, next, active, troubled, problem, told);
    }

    ReaderState activeAt(long now) {
        return new ReaderState(phase, failures, answered, alive, due, now, troubled, problem, told);
    }

    ReaderState answeredAt(long now, long nextDue) {
        return new ReaderState(phase, 0, now, true, nextDue, active, now, null, false);
    }

    /** The server lives; whether it hands out what it has is to be seen. */
    ReaderState answeredWithMails(long now, long nextDue) {
        return new ReaderState(phase, failures, now, true, nextDue, active, troubled, problem, told);
    }

    /** Mails came, or what there was of them. */
    ReaderState well(long nextDue) {
        return new ReaderState(phase, 0, answered, alive, nextDue, active, troubled, null, false);
    }

    ReaderState knownToPeople() {
        return new ReaderState(phase, failures, answered, alive, due, active, troubled, problem, true);
    }

    ReaderState failed(long now, Problem why, boolean nowTold) {
        long since = problem == null ? now : troubled;
        return new ReaderState(phase, failures + 1, answered, alive, due, active, since, why, nowTold);
    }
}
