package ekiden.agent;

import ekiden.base.Problem;
import ekiden.mail.receive.MailboxSession;
import org.jspecify.annotations.Nullable;

/** Something to be done in an open folder between two looks, on the reader's strand. */
interface FolderWork {
    /**
     * Does it, and answers whoever asked.
     *
     * @return null when it is done; or why the session is of no more use: then it is done again in the next one
     */
    @Nullable
    Problem run(MailboxSession session);

    /** The folder is watched no more. */
    void giveUp();

    /** {@return at which mail the session of the last run ended, or 0 where that is not known} */
    default long lostAt() {
        return 0;
    }
}
