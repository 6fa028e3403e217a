package ekiden.agent;

import ekiden.base.Problem;
import ekiden.mail.receive.MailboxSession;
import org.jspecify.annotations.Nullable;

/** Ends a reader's wait, so that the folder is looked at now. */
final class FolderLook implements FolderWork {
    @Override
    public @Nullable Problem run(MailboxSession session) {
        // the look follows by itself
        return null;
    }

    @Override
    public void giveUp() {
        // nobody waits for an answer
    }
}
