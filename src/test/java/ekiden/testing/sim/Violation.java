package ekiden.testing.sim;

/**
 * Something that must never happen has happened.
 *
 * @param checker who saw it
 * @param what what was seen
 */
record Violation(Checker checker, String what) {
    /** What is watched from outside. */
    enum Checker {
        /** Each matching mail ends each matching watch at most once, and none is passed over. */
        MAILS,
        /** Nothing is acknowledged before it is durable. */
        DURABLE,
        /** A mail that nobody wants leaves no file. */
        UNWANTED,
        /** No command begins twice for one attempt, and what is said of it is true. */
        COMMANDS,
        /** No mail is sent twice, and what is said of it is true. */
        SENDING,
        /** Files are complete or absent. */
        FILES,
        /** When the faults stop, everything finishes. */
        FINISH,
        /** A bug ended a task. */
        BUG
    }
}
