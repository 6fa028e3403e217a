package ekiden.agent;

import ekiden.base.Result;
import ekiden.mail.receive.FolderState;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.MailboxSession.Wanted;
import ekiden.mail.receive.ReaderSettings.FirstLook;
import ekiden.model.mail.UidSet;

/** What does not count when a folder is looked at for the first time. */
final class FirstSight {
    private static final UidSet EVERYTHING = UidSet.between(1, UidSet.MAX);

    private FirstSight() {}

    /** All mails are asked for before the unread ones: what arrives in between is in neither answer, and counts. */
    static Result<UidSet> of(MailboxSession session, FirstLook mode) {
        return session.search(Wanted.ALL, EVERYTHING).then(all -> {
            long last = last(session.folder(), all);
            UidSet below = last == 0 ? UidSet.EMPTY : UidSet.between(1, last);
            return switch (mode) {
                case ALL -> Result.ok(below.minus(all));
                case NOW -> Result.ok(below);
                case UNREAD ->
                    session.search(Wanted.UNREAD, EVERYTHING).then(unread -> Result.ok(below.minus(unread.and(all))));
            };
        });
    }

    /**
     * What lies above the next UID that the server told when the folder was opened came since, or is no mail at all: it settles nothing, unless the next
     * UID is the wrong one of the two.
     */
    private static long last(FolderState folder, UidSet all) {
        long next = folder.uidNext();
        if (next <= 0 || all.max() < next) {
            return all.max();
        }
        UidSet below = next == 1 ? UidSet.EMPTY : all.and(UidSet.between(1, next - 1));
        return below.size() >= folder.exists() ? below.max() : all.max();
    }
}
