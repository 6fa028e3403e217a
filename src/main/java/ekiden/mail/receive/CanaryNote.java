package ekiden.mail.receive;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a mailbox's canary while no process runs. Its times are of the wall clock, for people; deadlines are never counted on them.
 *
 * @param phase where it stands
 * @param id the newest canary, or null where none was ever sent
 * @param sent when its sending began, or null where none was ever sent
 * @param accepted when the server took it, or null where it did not, or not yet
 * @param told what people were told and is not over
 * @param seen when one was last seen, or null where none was
 * @param took how long that one took from the server's acceptance to the reader, or null
 */
public record CanaryNote(
        CanaryPhase phase,
        @Nullable UUID id,
        @Nullable Instant sent,
        @Nullable Instant accepted,
        Told told,
        @Nullable Instant seen,
        @Nullable Duration took) {
    /** None was ever sent. */
    public static final CanaryNote NONE =
            new CanaryNote(CanaryPhase.RESTING, null, null, null, Told.NOTHING, null, null);

    /** What people were told. */
    public enum Told {
        /** Nothing, or that it is over. */
        NOTHING,
        /** That none can be sent. */
        UNSENT,
        /** That one was sent and did not arrive. */
        OVERDUE
    }

    CanaryNote in(CanaryPhase next) {
        return new CanaryNote(next, id, sent, accepted, told, seen, took);
    }

    CanaryNote told(Told now) {
        return new CanaryNote(phase, id, sent, accepted, now, seen, took);
    }

    CanaryNote begun(UUID fresh, Instant now) {
        return new CanaryNote(phase, fresh, now, null, told, seen, took);
    }

    CanaryNote accepted(Instant now) {
        return new CanaryNote(phase, id, sent, now, told, seen, took);
    }

    CanaryNote seen(Instant now, Duration after) {
        return new CanaryNote(phase, id, sent, accepted, Told.NOTHING, now, after);
    }
}
