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
        /** Each mail at a server is in the catalogue, or there is a reason; what is said of it is true. */
        LETTERS,
        /** No mail at a server is in the catalogue or taken twice, whatever its UIDs. */
        TWICE,
        /** What is done with a mail at its server is wanted, follows its receipt, and is done in the end. */
        DEEDS,
        /** Mails that nobody took stay as they were. */
        UNTOUCHED,
        /** Mails that others read first are noted as such. */
        ELSEWHERE,
        /** Nothing at a server is unexplained. */
        RECONCILE,
        /** No reader is silently dead. */
        ALIVE,
        /** A start condition never ends. */
        STARTS,
        /** When the faults stop, everything finishes. */
        FINISH,
        /** A bug ended a task. */
        BUG
    }

    /** The innermost line of ours. */
    static String place(Throwable bug) {
        for (StackTraceElement frame : bug.getStackTrace()) {
            if (frame.getClassName().startsWith("ekiden.")) {
                return frame.toString();
            }
        }
        return "?";
    }
}
