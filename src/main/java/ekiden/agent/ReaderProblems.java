package ekiden.agent;

import ekiden.base.Problem;
import ekiden.mail.receive.ReaderEvent;
import ekiden.mail.receive.ReceiveMessage;

/** What a reader has to say about its folder. */
record ReaderProblems(WatchedFolder watched) {
    private Problem of(ReceiveMessage message, String name, Object value) {
        return Problem.of(message, "mailbox", watched.mailbox(), "folder", watched.folder(), name, value);
    }

    private Problem silent() {
        return of(
                ReceiveMessage.SILENT, "seconds", watched.settings().deadline().toSeconds());
    }

    ReaderEvent missed() {
        return new ReaderEvent.Missed(silent());
    }

    Problem renumbered(long uidValidity) {
        return of(ReceiveMessage.NEW_UIDVALIDITY, "uidValidity", uidValidity);
    }

    Problem announcedOnly(long uid) {
        return of(ReceiveMessage.ANNOUNCED_ONLY, "uid", uid);
    }

    Problem endsSessions(long uid) {
        return of(ReceiveMessage.ENDS_SESSIONS, "uid", uid);
    }

    Problem usedAgain(long next, long last) {
        return Problem.of(
                ReceiveMessage.USED_AGAIN,
                "mailbox",
                watched.mailbox(),
                "folder",
                watched.folder(),
                "next",
                next,
                "last",
                last);
    }

    Problem noUidValidity() {
        return of(ReceiveMessage.NO_UIDVALIDITY, "uidValidity", 0);
    }

    Problem lost() {
        return of(ReceiveMessage.LOST, "reply", "closed");
    }
}
