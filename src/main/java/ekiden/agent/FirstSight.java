package ekiden.agent;

import ekiden.base.Result;
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
            UidSet below = all.isEmpty() ? UidSet.EMPTY : UidSet.between(1, all.max());
            return switch (mode) {
                case ALL -> Result.ok(below.minus(all));
                case NOW -> Result.ok(below);
                case UNREAD ->
                    session.search(Wanted.UNREAD, EVERYTHING).then(unread -> Result.ok(below.minus(unread.and(all))));
            };
        });
    }
}
