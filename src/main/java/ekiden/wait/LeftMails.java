package ekiden.wait;

import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.mail.receive.smtpd.Envelope;
import ekiden.mail.receive.smtpd.SmtpdIdentity;
import ekiden.mail.spool.SpoolEntry;
import ekiden.mail.spool.SpoolHandover;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What calls without a manager left behind the listeners of a home: mails that were answered with 250 and handed out by none of them. The process
 * that takes the home makes them mails of its own before its spool is open, so that none is forgotten. They keep their names and so their
 * identity: a start that is cut off is done again by the next. A mail that has its receipt is removed.
 */
public final class LeftMails {
    private static final String SPOOL = "spool";

    private LeftMails() {}

    /** {@return the mailbox behind the listener of a profile} */
    public static Path spool(Path waits, String profile) {
        return waits.resolve(profile).resolve(SPOOL);
    }

    /**
     * Moves them into the spool of the home. Whoever calls this holds the home, which a call with a listener holds as well.
     *
     * @param disk where they lie
     * @param waits the folder of the home with a folder for each profile; may be absent
     * @param spool the spool of the home, not open
     * @return how many there were, or why they stay
     */
    public static Result<Integer> takeOver(Disk disk, Path waits, Path spool) {
        int all = 0;
        try {
            for (Path state : disk.folders(waits)) {
                switch (takeOverOne(disk, state, spool)) {
                    case Result.Failed<Integer>(Problem problem) -> {
                        return Result.failed(problem);
                    }
                    case Result.Ok<Integer>(Integer moved) -> all += moved;
                }
            }
            return Result.ok(all);
        } catch (IOException wrong) {
            return Result.failed(WaitMessage.RECEIPTS, "file", waits, "reason", Reason.of(wrong));
        }
    }

    private static Result<Integer> takeOverOne(Disk disk, Path state, Path spool) throws IOException {
        Path left = state.resolve(SPOOL);
        if (!disk.exists(left)) {
            return Result.ok(0);
        }
        WaitBook book = WaitJournal.look(disk, state, WaitLimits.DEFAULT);
        return SpoolHandover.move(disk, left, spool, entry -> handedOut(book, entry));
    }

    private static boolean handedOut(WaitBook book, SpoolEntry entry) {
        Envelope envelope = Envelope.of(entry.header());
        for (List<String> recipients : envelope.mailboxes().values()) {
            String key = SmtpdIdentity.key(
                    envelope.sender(), recipients, entry.mail().sha256());
            WaitRecord.Mail mail = new WaitRecord.Mail(key, entry.mail().place(), null);
            if (!WaitDecider.handedOut(book, mail, envelope.received())) {
                return false;
            }
        }
        return true;
    }
}
