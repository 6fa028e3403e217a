package ekiden.mail.receive;

import ekiden.base.Result;
import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.UidSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** What is done with mails that were taken: keyword and read together, then move; delete beats move. */
public final class Deed {
    private static final String SEEN = "\\Seen";

    private Deed() {}

    /** {@return whether mails leave the folder, so that they have to be compared with what was read before} */
    public static boolean removes(AfterReceive action) {
        return action.delete() || action.moveTo() != null;
    }

    /**
     * Does it; done again it changes nothing.
     *
     * @param session the folder
     * @param action what
     * @param mails with which; none is fine
     * @return whether the server has done it, or why not; a refusal leaves the session usable
     */
    public static Result<Boolean> run(MailboxSession session, AfterReceive action, UidSet mails) {
        if (mails.isEmpty()) {
            return Result.ok(true);
        }
        Set<String> flags = new LinkedHashSet<>();
        if (action.read()) {
            flags.add(SEEN);
        }
        if (action.keyword() != null) {
            flags.add(action.keyword());
        }
        Result<Boolean> marked = flags.isEmpty() ? Result.ok(true) : session.addFlags(mails, flags);
        String folder = action.moveTo();
        if (action.delete()) {
            return marked.then(ok -> session.delete(mails));
        }
        return folder == null ? marked : marked.then(ok -> session.move(mails, folder));
    }
}
