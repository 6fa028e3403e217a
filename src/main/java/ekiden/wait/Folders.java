package ekiden.wait;

import ekiden.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Several folders of one mailbox as one source: each has a reader of its own, and hears of its own mails. */
public final class Folders implements MailSource {
    private final List<MailboxSource> folders;

    /**
     * @param folders at least one
     */
    public Folders(List<MailboxSource> folders) {
        this.folders = List.copyOf(folders);
    }

    @Override
    public @Nullable Problem start(Intake intake) {
        for (MailboxSource folder : folders) {
            Problem problem = folder.start(intake);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    @Override
    public boolean waitedFor() {
        return false;
    }

    @Override
    public void decided(List<Arrival> mails, List<WaitDecider.@Nullable Verdict> verdicts) {
        // nobody waits for it
    }

    @Override
    public void unreadable(WaitRecord.Mail mail, Problem problem) {
        // it stays in its folder, as it is
    }

    @Override
    public void finished(List<Arrival> handled, SortedMap<Long, WaitRecord.Mail> acknowledge) {
        for (MailboxSource folder : folders) {
            List<Arrival> its = new ArrayList<>();
            for (Arrival mail : handled) {
                if (folder.has(mail.mail())) {
                    its.add(mail);
                }
            }
            SortedMap<Long, WaitRecord.Mail> told = new TreeMap<>();
            acknowledge.forEach((number, mail) -> {
                if (folder.has(mail)) {
                    told.put(number, mail);
                }
            });
            folder.finished(its, told);
        }
    }

    @Override
    public @Nullable Problem finish() {
        Problem first = null;
        for (MailboxSource folder : folders) {
            Problem problem = folder.finish();
            first = first == null ? problem : first;
        }
        return first;
    }
}
