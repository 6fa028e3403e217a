package ekiden.agent;

import ekiden.base.Result;
import ekiden.mail.receive.FolderState;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.MailboxSession.Wanted;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.UidSet;
import org.jspecify.annotations.Nullable;

/**
 * UIDs that a server gives a second time under one UIDVALIDITY, because its folder was put back to an earlier state (a backup, a snapshot). They are
 * settled, and the mails that come under them now are others. Belongs to the reader's strand.
 */
final class UidsAgain {
    private long uidValidity;
    private UidSet uids = UidSet.EMPTY;

    /**
     * Looks at what the server says the next UID is, when a folder was opened.
     *
     * @param others settled UIDs under which other mails are by now
     * @return these, and the settled UIDs that it will give again, as far as that was not known
     */
    UidSet opened(@Nullable Cursor cursor, MailboxSession session, UidSet others) {
        FolderState folder = session.folder();
        if (cursor == null || cursor.uidValidity() != folder.uidValidity() || uidValidity != folder.uidValidity()) {
            uids = UidSet.EMPTY;
            uidValidity = folder.uidValidity();
        }
        if (cursor == null || cursor.uidValidity() != uidValidity) {
            return UidSet.EMPTY;
        }
        UidSet more = others.plus(next(cursor, session)).minus(uids);
        uids = uids.plus(more);
        return more;
    }

    private UidSet next(Cursor cursor, MailboxSession session) {
        FolderState folder = session.folder();
        if (folder.uidNext() <= 0) {
            return UidSet.EMPTY;
        }
        UidSet more = cursor.settled()
                .and(UidSet.between(folder.uidNext(), UidSet.MAX))
                .minus(uids);
        return more.isEmpty() || !isTrue(session, folder) ? UidSet.EMPTY : more;
    }

    /** A server may also tell a wrong next UID: then not all that it counts in the folder lies below. */
    private static boolean isTrue(MailboxSession session, FolderState folder) {
        UidSet below = UidSet.between(1, folder.uidNext()).minus(UidSet.of(folder.uidNext()));
        return session.search(Wanted.ALL, UidSet.between(1, UidSet.MAX)) instanceof Result.Ok<UidSet>(UidSet present)
                && present.and(below).size() >= folder.exists();
    }

    /** {@return the cursor without those of them under which nothing was read since} */
    Cursor without(Cursor cursor) {
        return cursor.uidValidity() != uidValidity || uids.isEmpty()
                ? cursor
                : new Cursor(
                        cursor.folder(), cursor.uidValidity(), cursor.settled().minus(uids), cursor.begun());
    }

    void settled(UidSet read) {
        uids = uids.minus(read);
    }
}
