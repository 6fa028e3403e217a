package ekiden.mail.send;

import org.jspecify.annotations.Nullable;

/** What the caller of {@link MailSender} is told on the way; called on the thread that submits. */
@FunctionalInterface
public interface SendProgress {
    /** Lets every mail pass. */
    SendProgress NONE = () -> true;

    /**
     * The content is with the server; only the final dot (or last chunk) is missing. Whoever must be able to tell
     * <em>safe</em> from <em>uncertain</em> after a crash makes a durable note here. Asked at most once per submission.
     *
     * @return true to go on; false where this mail may not be sent any more (a lease has ended, the note could not be
     *     made): then the connection is dropped and nothing was sent. An unchecked exception has the same effect at the
     *     server and passes on to the caller
     */
    boolean endingData();

    /**
     * What {@link MailSender#submit} is going to return, told by senders that have something else to do first, for example to keep a copy: a process
     * that ends meanwhile need not leave the mail uncertain. At most once per submission, behind {@link #endingData}.
     *
     * @param outcome what became of the mail
     */
    default void answered(SendOutcome outcome) {}

    /**
     * The mail that the caller submits next to the same sender, where it knows it by now. A sender may tell its server of it together with the end of the present
     * one, which spares a wait; its content leaves in its own submission only, and if none comes, nothing of it is sent. Asked at most once, behind {@link #endingData}.
     *
     * @return that mail, equal to the one that will be submitted; null where there is none yet
     */
    default @Nullable OutgoingMail following() {
        return null;
    }
}
