package ekiden.agent;

import ekiden.base.Problem;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.PoisonMails;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Work that waits to be done in a folder between two looks. What ends a session again and again rests for a while, so that the folder's mails do not
 * wait behind it for ever. Belongs to the reader's strand.
 */
final class FolderWorks {
    private final ReaderDesk desk;
    private final WatchedFolder watched;
    private final Strand strand;
    private final Runnable wake;
    private final Deque<FolderWork> works = new ArrayDeque<>();
    private final Set<FolderWork> resting = new HashSet<>();
    private final Map<FolderWork, Integer> losses = new HashMap<>();

    /** Told by {@code wake} that something is to be done. */
    FolderWorks(ReaderDesk desk, WatchedFolder watched, Strand strand, Runnable wake) {
        this.desk = desk;
        this.watched = watched;
        this.strand = strand;
        this.wake = wake;
    }

    void add(FolderWork work) {
        works.add(work);
        wake.run();
    }

    boolean isEmpty() {
        return works.isEmpty();
    }

    /** Does all of it; answers why the session is of no more use, or null. */
    @Nullable
    Problem run(MailboxSession session) {
        while (!works.isEmpty()) {
            FolderWork work = works.element();
            Problem lost = desk.run(watched, work, session);
            if (lost != null) {
                lost(work);
                return lost;
            }
            works.remove();
            losses.remove(work);
        }
        return null;
    }

    private void lost(FolderWork work) {
        if (losses.merge(work, 1, Integer::sum) < PoisonMails.LOSSES) {
            return;
        }
        works.remove();
        resting.add(work);
        desk.ports()
                .tasks()
                .after(
                        watched.settings().limits().longestBackOff(),
                        "work that ended a session again",
                        () -> strand.post(() -> goOn(work)));
    }

    private void goOn(FolderWork work) {
        if (resting.remove(work)) {
            add(work);
        }
    }

    /** The folder is watched no more. */
    void giveUp() {
        works.forEach(FolderWork::giveUp);
        resting.forEach(FolderWork::giveUp);
        works.clear();
        resting.clear();
        losses.clear();
    }
}
