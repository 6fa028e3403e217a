package ekiden.wait;

import ekiden.base.Problem;
import ekiden.model.mail.Trace;
import ekiden.model.mail.UidSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Where a call that waits has its mails from. Its methods are called by the threads of {@link WaitRun}; each says which. */
public interface MailSource {
    /**
     * Begins to hand in mails. Returns when the mailbox is watched.
     *
     * @param intake takes them
     * @return the problem, or null
     */
    @Nullable
    Problem start(Intake intake);

    /** {@return whether somebody waits for the verdict on each mail} */
    boolean waitedFor();

    /**
     * What became of mails, durable now; called where {@link #waitedFor}, by the thread that opens.
     *
     * @param mails which
     * @param verdicts one for each; null for one that does not match
     */
    void decided(List<Arrival> mails, List<WaitDecider.@Nullable Verdict> verdicts);

    /**
     * A mail cannot be read, and its line says so. Called by the thread that prints, before the receipt.
     *
     * @param mail which
     * @param problem why
     */
    void unreadable(WaitRecord.Mail mail, Problem problem);

    /**
     * A batch is through; mails of it, or of earlier calls, have their receipts, so that the mailbox may know. Answers by
     * {@link Intake#acknowledged}. Called by the thread that prints.
     *
     * @param handled the mails of the batch
     * @param acknowledge numbers and mails of which the mailbox is to know
     */
    void finished(List<Arrival> handled, SortedMap<Long, WaitRecord.Mail> acknowledge);

    /**
     * There are enough mails, or the time is up: a source that has taken mails for this call hands them in now. Called before no more are taken, by
     * the thread that waits.
     */
    default void timeIsUp() {
        // a mailbox keeps what was not handed in
    }

    /**
     * Takes no more mails, does what is asked of it still, and ends.
     *
     * @return why not all of that could be done, or null
     */
    @Nullable
    Problem finish();

    /** What a source tells. Safe from any thread. */
    interface Intake {
        /**
         * Mails, in order. Waits while earlier ones are being handled.
         *
         * @param mails at most as many as {@link WaitLimits#batchMails}
         */
        void arrived(List<Arrival> mails);

        /**
         * The mailbox knows of mails.
         *
         * @param numbers the mails' numbers
         */
        void acknowledged(UidSet numbers);

        /**
         * The mailbox cannot be read, and that will not pass by itself.
         *
         * @param problem why
         */
        void failed(Problem problem);

        /**
         * Something a person should know; the call goes on.
         *
         * @param problem what
         */
        void trouble(Problem problem);

        /** {@return how many more mails are wanted, 0 where none} */
        int room();

        /**
         * @param group {@code folder/UIDVALIDITY}
         * @return the UIDs in it for which nothing is left to be done
         */
        UidSet settled(String group);

        /**
         * @param folder the folder's name
         * @param group {@code folder/UIDVALIDITY}, the present one
         * @return what is known of the folder under other UIDVALIDITYs
         */
        WaitBook.Before before(String folder, String group);

        /**
         * @param group {@code folder/UIDVALIDITY}
         * @return what the last mails looked like for which nothing is left, by UID, as far as somebody looked
         */
        Map<Long, Trace> last(String group);

        /** {@return what earlier calls left to be done} */
        List<WaitRecord.Open> open();
    }
}
