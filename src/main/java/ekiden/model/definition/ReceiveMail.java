package ekiden.model.definition;

import org.jspecify.annotations.Nullable;

/**
 * Waits for a mail: the work of a receive-mail job (JP1: mail reception monitoring job), and the start condition of a jobnet.
 *
 * @param profile the mail profile that is watched
 * @param conditions which mails match
 * @param save what is saved of a mail that was taken
 * @param after what is done with the mail in its mailbox, after the commit; null where the job does not say: then it is for the profile to say
 * @param claim who else may take the same mail
 * @param priority 1 (last) to 9 (first); matters for {@link ClaimRule#FIRST} and {@link ClaimRule#EXCLUSIVE}
 */
public record ReceiveMail(
        String profile,
        Conditions conditions,
        SaveRule save,
        @Nullable AfterReceive after,
        ClaimRule claim,
        int priority)
        implements Work {
    /** Who may take one mail. */
    public enum ClaimRule {
        /** Each matching watch takes it. */
        ALL,
        /** Of the watches with this rule, the one of highest priority takes it, then the oldest. */
        FIRST,
        /** As {@link #FIRST}, and it keeps the mail from the watches with {@link #ALL} too. */
        EXCLUSIVE
    }
}
