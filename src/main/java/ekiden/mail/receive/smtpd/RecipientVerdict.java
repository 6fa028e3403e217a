package ekiden.mail.receive.smtpd;

import ekiden.base.Problem;

/** What becomes of a mail for one recipient. */
public sealed interface RecipientVerdict {
    /**
     * It is committed: 250.
     *
     * @param note told to the client, for example {@code mail 42} or {@code joined mail 42}
     */
    record Accepted(String note) implements RecipientVerdict {}

    /**
     * Not now: 451. The client tries again.
     *
     * @param problem why
     */
    record Deferred(Problem problem) implements RecipientVerdict {}

    /**
     * Never: 550 for one recipient, 554 for all. The client tells its user.
     *
     * @param problem why
     */
    record Refused(Problem problem) implements RecipientVerdict {}
}
