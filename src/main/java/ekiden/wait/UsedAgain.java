package ekiden.wait;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.receive.FolderState;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.Present;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.mail.Trace;
import ekiden.model.mail.UidSet;
import java.util.Map;

/** UIDs that a server gives a second time under one UIDVALIDITY, because its folder was put back to an earlier state. */
final class UsedAgain {
    private final String mailbox;
    /** A mail at which the server ends the session must not end each of them. */
    private boolean ended;

    UsedAgain(String mailbox) {
        this.mailbox = mailbox;
    }

    /**
     * Mails that come under UIDs that got their lines are taken for those; a person has to know. Once the server's next UID has passed the last of them, only the look
     * of the mails tells.
     */
    void tell(MailboxSession session, String group, MailSource.Intake intake) {
        FolderState folder = session.folder();
        UidSet settled = intake.settled(group);
        if (folder.uidNext() > 0 && settled.max() >= folder.uidNext()) {
            tell(folder, folder.uidNext(), settled.max(), intake);
            return;
        }
        Map<Long, Trace> last = ended || folder.exists() == 0 ? Map.of() : intake.last(group);
        if (last.isEmpty()) {
            return;
        }
        switch (Present.compare(session, last)) {
            case Result.Failed<Present> failed -> ended = true;
            case Result.Ok<Present>(Present now) -> {
                if (!now.others().isEmpty()) {
                    tell(folder, now.others().min(), settled.max(), intake);
                }
            }
        }
    }

    private void tell(FolderState folder, long next, long last, MailSource.Intake intake) {
        intake.trouble(Problem.of(
                ReceiveMessage.TAKEN_FOR_KNOWN,
                "mailbox",
                mailbox,
                "folder",
                folder.name(),
                "next",
                next,
                "last",
                last));
    }
}
