package ekiden.wait;

import ekiden.base.Problem;
import ekiden.mail.receive.FolderState;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.mail.UidSet;

/** UIDs that a server gives a second time under one UIDVALIDITY, because its folder was put back to an earlier state. */
final class UsedAgain {
    private UsedAgain() {}

    /** Mails that come under UIDs that got their lines are taken for those; a person has to know. */
    static void tell(String mailbox, FolderState folder, UidSet settled, MailSource.Intake intake) {
        if (folder.uidNext() <= 0 || settled.max() < folder.uidNext()) {
            return;
        }
        intake.trouble(Problem.of(
                ReceiveMessage.TAKEN_FOR_KNOWN,
                "mailbox",
                mailbox,
                "folder",
                folder.name(),
                "next",
                folder.uidNext(),
                "last",
                settled.max()));
    }
}
