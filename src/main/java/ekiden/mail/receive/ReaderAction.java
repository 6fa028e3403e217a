package ekiden.mail.receive;

import ekiden.base.Problem;
import java.time.Duration;

/** What the shell around a reader is to do next. */
public sealed interface ReaderAction {
    /** Open a session, and ask how far the folder is settled. */
    record Open() implements ReaderAction {}

    /** Search. */
    record Look() implements ReaderAction {}

    /** Read and report what was found. */
    record Read() implements ReaderAction {}

    /**
     * Wait for a hint.
     *
     * @param how how long, and how often the server is asked meanwhile
     */
    record Await(Wait how) implements ReaderAction {}

    /** Close the session. */
    record Close() implements ReaderAction {}

    /**
     * Wait before the next connection.
     *
     * @param pause how long
     */
    record BackOff(Duration pause) implements ReaderAction {}

    /** Compare the folder with the catalogue, or ask a person, as the settings say. */
    record Rebind() implements ReaderAction {}

    /**
     * Tell people.
     *
     * @param problem what is wrong
     */
    record Alarm(Problem problem) implements ReaderAction {}

    /** What people were told is over. */
    record AllClear() implements ReaderAction {}

    /**
     * Waiting jobs need not wait any longer: a person must act, and the grace time is over.
     *
     * @param problem why
     */
    record GiveUpJobs(Problem problem) implements ReaderAction {}
}
