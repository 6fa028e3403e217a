package ekiden.engine;

import ekiden.model.definition.Retention;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which saved files may go, and why. Without a rule none ever does. Pure. */
public final class FileRetention {
    private FileRetention() {}

    /** Why files may go. */
    public enum Why {
        /** Their mail was taken longer ago than the rule says. */
        AGE,
        /** So many newer runs have files. */
        COUNT,
        /** Those of newer runs have so many bytes with them. */
        SIZE
    }

    /**
     * What is newer than the files in question.
     *
     * @param mails how many claims of the same job have files
     * @param bytes of these files
     */
    public record Newer(long mails, long bytes) {
        /** Nothing is newer. */
        public static final Newer NONE = new Newer(0, 0);

        /**
         * @param saved the files that come before the next older ones
         * @return with those
         */
        public Newer and(SavedMail saved) {
            return new Newer(mails + 1, bytes + saved.size());
        }
    }

    /**
     * Whether nobody may need the files of a run any more: it has ended as it should, or so long ago that it is about to be forgotten.
     *
     * @param run the run
     * @param before runs that ended before this are forgotten
     * @return whether its files may go
     */
    public static boolean free(Run run, Instant before) {
        boolean well = run.status() == RunStatus.ENDED_NORMALLY || run.status() == RunStatus.ENDED_WITH_WARNING;
        Instant ended = run.ended();
        boolean forgotten = ended != null && ended.isBefore(before);
        return run.status().ended() && (well || forgotten) && RetentionRule.nothingInDoubt(run);
    }

    /**
     * @param claim any
     * @return its files where they are there, or null
     */
    public static @Nullable SavedMail files(Claim claim) {
        SavedMail saved = claim.saved();
        return claim.state() == Claim.State.SAVED && saved != null && saved.pruned() == null ? saved : null;
    }

    /**
     * Why files of a run that is {@link #free} go.
     *
     * @param rule of their job
     * @param claim under which they were saved
     * @param saved the files
     * @param newer what is newer
     * @param now the time
     * @return the first reason, or empty where they stay
     */
    public static Optional<Why> why(Retention rule, Claim claim, SavedMail saved, Newer newer, Instant now) {
        if (rule.age() != null && claim.at().plus(rule.age()).isBefore(now)) {
            return Optional.of(Why.AGE);
        }
        if (rule.count() != null && newer.mails() >= rule.count()) {
            return Optional.of(Why.COUNT);
        }
        return rule.size() != null && newer.bytes() + saved.size() > rule.size()
                ? Optional.of(Why.SIZE)
                : Optional.empty();
    }
}
