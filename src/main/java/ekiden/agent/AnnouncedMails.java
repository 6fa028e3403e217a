package ekiden.agent;

import ekiden.base.Problem;
import ekiden.model.mail.UidSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Tells people of mails that the server announces and does not give, and when they could be read after all. On the reader's strand. */
final class AnnouncedMails {
    /** What the keys of its alarms begin with. */
    static final String ALARM = "announced/";

    private static final String AGAIN = "uids/";

    private final ReaderDesk desk;
    private final WatchedFolder watched;
    private final ReaderProblems problems;
    private final Set<Long> told = new HashSet<>();
    /** Settled long ago; work on them waits. */
    private final Set<Long> holdUp = new HashSet<>();

    AnnouncedMails(ReaderDesk desk, WatchedFolder watched, ReaderProblems problems) {
        this.desk = desk;
        this.watched = watched;
        this.problems = problems;
    }

    /** Those that were not given, and those of which it is not known from whom they are. */
    void waitFor(UidSet missing, Map<Long, FolderHaul.Unproved> unproved, FolderSight sight, long now) {
        missing.forEach(uid -> missed(uid, sight.missed(uid, now)));
        unproved.forEach((uid, one) -> unproved(uid, sight.unproved(uid, one.asked(), now), one.why()));
    }

    /** Looked for again with each later look; people hear of it once it lasts. */
    private void missed(long uid, int tries) {
        if (tries == watched.settings().limits().announced()) {
            told.add(uid);
            alarm(uid, problems.announcedOnly(uid));
        }
    }

    /** It is here, and from whom it is cannot be known now: people hear of that once it lasts. */
    private void unproved(long uid, long since, Problem why) {
        if (since >= desk.ports().settings().proofTold().toNanos() && told.add(uid)) {
            alarm(uid, why);
        }
    }

    /** UIDs that the server gives a second time; whether all is in order again a person knows. */
    void usedAgain(UidSet uids) {
        if (!uids.isEmpty()) {
            desk.reports()
                    .alarm(
                            desk.ports().ids().next(),
                            AGAIN + watched.label(),
                            problems.usedAgain(uids.min(), uids.max()));
        }
    }

    /** Sessions end at it: nothing waits behind it from now on. */
    void endsSessions(long uid) {
        told.add(uid);
        alarm(uid, problems.endsSessions(uid));
    }

    /** Sessions end at it though it is settled: work on it waits, and whoever waits for that work. */
    void holdsUp(long uid) {
        if (holdUp.add(uid)) {
            endsSessions(uid);
        }
    }

    /** That work is done, or nobody wants it any more. */
    void goesOn(long uid) {
        holdUp.remove(uid);
        over(one -> one == uid);
    }

    /** People were told by a reader before this one. */
    void before(long uid) {
        told.add(uid);
    }

    void wereRead(UidSet uids) {
        over(uids::contains);
    }

    /** Those that were removed, or have other UIDs by now, need nobody's attention any more. */
    void stillThere(UidSet unsettled) {
        over(uid -> !unsettled.contains(uid) && !holdUp.contains(uid));
    }

    private void over(LongPredicate isOver) {
        for (long uid : List.copyOf(told)) {
            if (isOver.test(uid)) {
                told.remove(uid);
                alarm(uid, null);
            }
        }
    }

    private void alarm(long uid, @Nullable Problem problem) {
        desk.reports().alarm(desk.ports().ids().next(), ALARM + watched.label() + "/" + uid, problem);
    }
}
