package ekiden.mail.mime;

import ekiden.base.Problem;

/** What came of reading a mail. */
public sealed interface Reading {
    /**
     * It could be read.
     *
     * @param message the mail
     */
    @SuppressWarnings(
            "AvoidCommonTypeNames") // Readable and Unreadable are the words; java.lang.Readable is never meant here.
    record Readable(Message message) implements Reading {}

    /**
     * It could not: it belongs into quarantine, unless the problem is retryable (the bytes could not be fetched).
     *
     * @param problem a limit with its value, or why the bytes could not be had
     */
    record Unreadable(Problem problem) implements Reading {}
}
