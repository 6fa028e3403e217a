package ekiden.agent;

import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.PoisonMails;
import ekiden.mail.receive.ReaderLimits;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.UidSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reader knows of its folder between two looks: what is settled, what the last search found, which mails the server announces and does
 * not give. The store's cursor is the truth; this is a copy that follows each commit. Belongs to the reader's strand.
 */
final class FolderSight {
    private final ReaderLimits limits;
    private @Nullable Cursor cursor;
    private UidSet todo = UidSet.EMPTY;
    private UidSet gaps = UidSet.EMPTY;
    private long gapsSince;
    private UidSet absent = UidSet.EMPTY;
    private long absentSince;
    private final Map<Long, Missing> missing = new HashMap<>();
    private final PutOffMails putOff;
    private final ProofWaits proofs;
    private final PoisonMails poison;
    private final UidsAgain again = new UidsAgain();

    /** A mail that is announced and cannot be read. */
    private record Missing(int tries, long notBefore) {}

    FolderSight(ReaderDesk desk, WatchedFolder watched) {
        this.limits = watched.settings().limits();
        this.putOff = new PutOffMails(desk, watched);
        this.proofs = new ProofWaits(limits, desk.ports().settings());
        this.poison = new PoisonMails(limits::backOff);
    }

    /** {@return mails that wait for the budget of bytes} */
    PutOffMails putOff() {
        return putOff;
    }

    /** {@return mails of which it is not known yet from whom they are} */
    ProofWaits proofs() {
        return proofs;
    }

    @Nullable
    Cursor cursor() {
        return cursor;
    }

    /** A session begins; under some settled UIDs others are. {@return settled UIDs that the server gives again, and that are settled no more} */
    UidSet opened(@Nullable Cursor present, MailboxSession session, UidSet others) {
        UidSet more = again.opened(present, session, others);
        follow(present);
        return more;
    }

    void follow(@Nullable Cursor present) {
        if (cursor == null || present == null || cursor.uidValidity() != present.uidValidity()) {
            poison.clear();
        }
        cursor = present == null ? null : again.without(present);
        todo = UidSet.EMPTY;
        gaps = UidSet.EMPTY;
        absent = UidSet.EMPTY;
        missing.clear();
        proofs.follow(present);
        putOff.clear();
    }

    UidSet settled() {
        return cursor == null ? UidSet.EMPTY : cursor.settled();
    }

    void settle(long uidValidity, UidSet uids) {
        Cursor present = cursor;
        if (present != null && present.uidValidity() == uidValidity) {
            cursor = present.plus(uids);
            again.settled(uids);
            todo = todo.minus(uids);
            missing.keySet().removeIf(uids::contains);
            proofs.settled(uids);
            poison.settled(uids);
        }
    }

    /** What a search is asked about: everything from the first mail that is not settled. */
    UidSet range() {
        UidSet settled = settled();
        boolean fromOne = settled.min() == 1;
        long first = fromOne ? settled.ranges().getFirst().last() + 1 : 1;
        return first > UidSet.MAX ? UidSet.EMPTY : UidSet.between(first, UidSet.MAX);
    }

    /** Takes the answer of a search; says which UIDs are gone for good. */
    UidSet found(UidSet present, long now) {
        UidSet unsettled = present.minus(settled());
        todo = unsettled
                .minus(waiting(unsettled, now))
                .minus(proofs.waiting(unsettled, now))
                .minus(putOff.waiting(unsettled, now))
                .minus(poison.waiting(unsettled, now));
        missing.keySet().removeIf(uid -> !present.contains(uid));
        return gone(present, now);
    }

    private UidSet waiting(UidSet unsettled, long now) {
        Set<Long> wait = new HashSet<>();
        missing.forEach((uid, one) -> {
            if (unsettled.contains(uid) && now - one.notBefore < 0) {
                wait.add(uid);
            }
        });
        return wait.isEmpty() ? UidSet.EMPTY : UidSet.of(wait);
    }

    /**
     * UIDs below others that were absent now and a while ago: UIDs ascend, so nothing will come there (RFC 3501 §2.3.1.1). Only a mail that was seen
     * proves that: a number that a search told may be one that no mail has.
     */
    private UidSet gone(UidSet present, long now) {
        UidSet seen = present.and(settled());
        if (seen.isEmpty()) {
            return UidSet.EMPTY;
        }
        UidSet absent = UidSet.between(1, seen.max()).minus(present).minus(settled());
        UidSet still = absent.and(gaps);
        if (!still.isEmpty() && now - gapsSince < limits.gap().toNanos()) {
            return UidSet.EMPTY;
        }
        gaps = absent;
        gapsSince = now;
        return still;
    }

    /**
     * UIDs that no search found for a while, also where nothing lies above them: they may still come, so they are not gone for good, but bytes that
     * were fetched of such mails are of no use.
     */
    UidSet absent(UidSet present, long now) {
        UidSet none = UidSet.between(1, UidSet.MAX).minus(present);
        UidSet still = none.and(absent);
        if (!still.isEmpty() && now - absentSince < limits.gap().toNanos()) {
            absent = still;
            return UidSet.EMPTY;
        }
        absent = none;
        absentSince = now;
        return still;
    }

    UidSet todo() {
        return todo;
    }

    /** {@return what of it is read next} */
    UidSet portion() {
        return poison.portion(todo, limits.chunk());
    }

    /** The session ended before this mail came, 0 where that is not known; says whether people are to hear of it. */
    boolean lostAt(long uid, long now) {
        return poison.lostAt(uid, now);
    }

    /** The server announced a mail and did not give it; says how often by now. */
    int missed(long uid, long now) {
        Missing before = missing.get(uid);
        int tries = before == null ? 1 : before.tries + 1;
        missing.put(uid, new Missing(tries, now + limits.announcedPause().toNanos()));
        todo = todo.minus(UidSet.of(uid));
        return tries;
    }

    /** From whom it is cannot be known now; says for how long by now, in nanoseconds. */
    long unproved(long uid, boolean asked, long now) {
        todo = todo.minus(UidSet.of(uid));
        return proofs.failed(uid, asked, now);
    }

    /** Whether a mail waits to be looked for again. */
    boolean misses() {
        return !missing.isEmpty() || !proofs.isEmpty();
    }

    /** Whether a mail waits for anything. */
    boolean waits() {
        return misses() || !putOff.isEmpty();
    }
}
