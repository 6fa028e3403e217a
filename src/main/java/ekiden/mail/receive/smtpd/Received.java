package ekiden.mail.receive.smtpd;

import ekiden.base.Problem;

/** What came of reading a mail, or one chunk of it. */
sealed interface Received {
    /** All of it is in the entry. */
    record Whole() implements Received {}

    /**
     * It is longer than the limit.
     *
     * @param toTheEnd whether it was read to its end all the same, so that the client can be heard again
     */
    record TooLarge(boolean toTheEnd) implements Received {}

    /**
     * The spool could not take it.
     *
     * @param problem why
     * @param toTheEnd as above
     */
    record NotStored(Problem problem, boolean toTheEnd) implements Received {}
}
