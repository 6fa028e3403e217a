package ekiden.link;

import ekiden.model.mail.Cursor;
import ekiden.model.mail.SavedMail;
import ekiden.model.mail.Trace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
     * Asks how far a folder is settled.
     *
     * @param mailbox the mail profile's name
     * @param folder the folder
     * @param answer takes the cursor, or empty where the folder was never looked at
     */
    void cursor(String mailbox, String folder, Consumer<Optional<Cursor>> answer);

    /**
     * Asks what the catalogue has of a folder under one UIDVALIDITY, page by page.
     *
     * @param mailbox the mail profile's name
     * @param folder the folder
     * @param uidValidity the UIDVALIDITY
     * @param after only mails whose key is behind this one; empty for the first page
     * @param answer takes the mails in the order of their keys, without those that went away before anybody took them; none when there are no more
     */
    void traces(String mailbox, String folder, long uidValidity, String after, Consumer<List<Traced>> answer);

    /**
     * Asks what the catalogue has under some names.
     *
     * @param mailbox the mail profile's name
     * @param keys the keys of identities
     * @param answer takes the mails that it has
     */
    void known(String mailbox, List<String> keys, Consumer<List<Traced>> answer);

    /**
     * A mail of the catalogue.
     *
     * @param mail its number
     * @param key its identity's key
     * @param trace what it looked like
     * @param received when the server had it
     * @param messageId its Message-ID, or null
     */
    record Traced(
            long mail,
            String key,
            Trace trace,
            Instant received,
            @Nullable String messageId) {}

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
     * Asks which spool entries the catalogue does not point at, and has not asked to be removed.
     *
     * @param places names of spool entries
     * @param answer takes those that are nobody's
     */
    void unknown(List<String> places, Consumer<Set<String>> answer);

    /**
     * Asks whether the files of one claim may make room for those of another.
     *
     * @param claim whose mail is to be saved
     * @param former the claim that the manifest of a folder names, which need not be true
     * @param answer takes what the store says
     */
    void former(String claim, String former, Consumer<FormerFiles> answer);

    /**
     * Files that another mail is to replace.
     *
     * @param saved what the store says was saved and is there, or null for nothing
     * @param neededBy name of the run that must end first, or null where nobody needs the files any more
     */
    record FormerFiles(@Nullable SavedMail saved, @Nullable String neededBy) {}
}
