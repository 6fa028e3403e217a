package ekiden.agent;

import ekiden.base.Problem;
import ekiden.model.mail.UidSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells people of mails that the server announces and does not give, and when they could be read after all. On the reader's strand. */
final class AnnouncedMails {
    private final ReaderDesk desk;
    private final WatchedFolder watched;
    private final ReaderProblems problems;
    private final Set<Long> told = new HashSet<>();

    AnnouncedMails(ReaderDesk desk, WatchedFolder watched, ReaderProblems problems) {
        this.desk = desk;
        this.watched = watched;
        this.problems = problems;
    }

    /** Looked for again with each later look; people hear of it once it lasts. */
    void missed(long uid, int tries) {
        if (tries == watched.settings().limits().announced()) {
            told.add(uid);
            alarm(uid, problems.announcedOnly(uid));
        }
    }

    void wereRead(UidSet uids) {
        for (long uid : List.copyOf(told)) {
            if (uids.contains(uid)) {
                told.remove(uid);
                alarm(uid, null);
            }
        }
    }

    private void alarm(long uid, @Nullable Problem problem) {
        desk.reports().alarm(desk.ports().ids().next(), "announced/" + watched.label() + "/" + uid, problem);
    }
}
