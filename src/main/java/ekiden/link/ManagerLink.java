package ekiden.link;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The manager as an agent sees it. No call blocks. An answer may come late, twice, or never: the agent asks again after a
 * deadline of its own. Answers come on a thread of the link; they must be taken in quickly.
 */
public interface ManagerLink {
    /**
     * Reports mails; the answer comes after the commit.
     *
     * @param report what was found
     * @param answer takes the verdict
     */
    void found(Report.MailsFound report, Consumer<Verdict> answer);

    /**
     * Delivers a report of any other kind.
     *
     * @param report what happened
     * @param taken called once it is committed, or was before
     */
    void report(Report report, Runnable taken);

    /**
     * Asks for the watches of a mailbox.
     *
     * @param mailbox the mailbox
     * @param answer takes the list
     */
    void watches(String mailbox, Consumer<WatchList> answer);

    /**
     * Asks for all that this agent has been asked to do and has not yet reported on.
     *
     * @param answer takes the assignments, oldest first
     */
    void waiting(Consumer<List<Assignment>> answer);

    /**
     * Asks which alarms are open, whoever raised them.
     *
     * @param answer takes their keys
     */
    void alarms(Consumer<Set<String>> answer);

    /**
     * Asks which spool entries the catalogue does not point at.
     *
     * @param places names of spool entries
     * @param answer takes those that no mail points at
     */
    void unknown(List<String> places, Consumer<Set<String>> answer);
}
