package ekiden.engine;

import ekiden.base.Ids;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.RawMail;
import ekiden.model.run.Claim;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What may go when its time is over. Nothing that is open, in doubt, or waits for a person or for a watch ever does. Pure. */
public final class RetentionRule {
    private RetentionRule() {}

    /**
     * Whether the bytes of a mail behind our own listener may go: it was taken and all its files are complete, or it is done with. The row of the
     * catalogue stays, and with it what became of the mail.
     *
     * @param mail the mail
     * @param claims on it
     * @param before mails that were received before this may go
     * @return whether nobody needs its bytes
     */
    public static boolean bytesMayGo(CatalogueMail mail, List<Claim> claims, Instant before) {
        boolean old = mail.received().isBefore(before);
        boolean complete = claims.stream().allMatch(claim -> claim.state() == Claim.State.SAVED);
        return old
                && !mail.atServer()
                && complete
                && switch (mail.state()) {
                    case UNREAD -> !claims.isEmpty();
                    case READ, REMOVED, READ_ELSEWHERE, GONE, DROPPED -> true;
                    case QUARANTINED -> false;
                };
    }

    /**
     * @param mail whose bytes are here
     * @param raw these
     * @return since when they are, where their place tells it; otherwise when the mail was received
     */
    public static Instant keptSince(CatalogueMail mail, RawMail raw) {
        try {
            UUID place = UUID.fromString(raw.place());
            return place.version() == 7 ? Ids.time(place) : mail.received();
        } catch (IllegalArgumentException another) {
            return mail.received();
        }
    }

    /**
     * Whether a run may be forgotten with its history and what its attempts left.
     *
     * @param run the run
     * @param before runs that ended before this may go
     * @param awaited whether a call of {@code mail wait} may still fetch the run's mail: its unit is temporary and still defined
     * @return whether it ended long enough ago, and what it did is known
     */
    public static boolean mayBeForgotten(Run run, Instant before, boolean awaited) {
        Instant ended = run.ended();
        return ended != null && !awaited && run.status().ended() && ended.isBefore(before) && nothingInDoubt(run);
    }

    /** Whether it is known of each job how it ended. */
    static boolean nothingInDoubt(Run run) {
        return run.jobs().stream().noneMatch(job -> inDoubt(job.status()));
    }

    private static boolean inDoubt(JobStatus status) {
        return status == JobStatus.UNKNOWN || status == JobStatus.UNCERTAIN;
    }
}
