package ekiden.model.run;

import ekiden.base.Problem;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.ReceiveMail.ClaimRule;
import ekiden.model.mail.SavedMail;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That one watch instance took one mail. There is at most one claim for each pair.
 *
 * @param id {@code MAIL@WATCH}
 * @param mail the mail's number in the catalogue
 * @param watch the watch instance's id
 * @param rule the claim rule it was taken under
 * @param after what its job wants done with the mail; null where it does not say
 * @param run the run it started, or whose job it ended
 * @param job the job it ended, or null where it started the run
 * @param state how far it has come
 * @param saved where its files are, once saved
 * @param problem why they could not be saved, or null
 * @param at when it was taken
 */
public record Claim(
        String id,
        long mail,
        String watch,
        ClaimRule rule,
        @Nullable AfterReceive after,
        UUID run,
        @Nullable String job,
        State state,
        @Nullable SavedMail saved,
        @Nullable Problem problem,
        Instant at) {
    /** How far a claim has come. */
    public enum State {
        /** Taken; files not yet complete. */
        TAKEN,
        /** Files complete. */
        SAVED,
        /** Files cannot be saved; the raw mail stays. */
        FAILED
    }

    /**
     * @param files what became of its files
     * @return this claim with that
     */
    public Claim saved(SavedMail files) {
        return new Claim(id, mail, watch, rule, after, run, job, state, files, problem, at);
    }

    /**
     * @param mail the mail's number
     * @param watch the watch instance's id
     * @return the claim's id
     */
    public static String id(long mail, String watch) {
        return mail + "@" + watch;
    }
}
