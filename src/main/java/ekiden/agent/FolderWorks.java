package ekiden.agent;

import ekiden.base.Problem;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.PoisonMails;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
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
    private final AnnouncedMails told;
    private final Runnable wake;
    private final Deque<FolderWork> works = new ArrayDeque<>();
    private final Set<FolderWork> resting = new HashSet<>();
    private final IdentityHashMap<FolderWork, Integer> losses = new IdentityHashMap<>();
    /** Mails of which people were told that work waits at them. */
    private final IdentityHashMap<FolderWork, Long> heldUpAt = new IdentityHashMap<>();

    /** Told by {@code wake} that something is to be done. */
    FolderWorks(ReaderDesk desk, WatchedFolder watched, Strand strand, AnnouncedMails told, Runnable wake) {
        this.desk = desk;
        this.watched = watched;
        this.strand = strand;
        this.told = told;
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
            goesOn(work);
        }
        return null;
    }

    private void lost(FolderWork work) {
        if (losses.merge(work, 1, Integer::sum) < PoisonMails.LOSSES) {
            return;
        }
        works.remove();
        resting.add(work);
        holdsUp(work, work.lostAt());
        desk.ports()
                .tasks()
                .after(
                        watched.settings().limits().longestBackOff(),
                        "work that ended a session again",
                        () -> strand.post(() -> goOn(work)));
    }

    private void holdsUp(FolderWork work, long at) {
        Long before = heldUpAt.get(work);
        if (before != null && before != at) {
            goesOn(work);
        }
        if (at != 0) {
            heldUpAt.put(work, at);
            told.holdsUp(at);
        }
    }

    /** Two pieces of work may wait at one mail. */
    private void goesOn(FolderWork work) {
        Long at = heldUpAt.remove(work);
        if (at != null && !heldUpAt.containsValue(at)) {
            told.goesOn(at);
        }
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
        heldUpAt.clear();
    }
}
