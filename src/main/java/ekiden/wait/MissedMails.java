package ekiden.wait;

import ekiden.base.BackOff;
import ekiden.mail.receive.PoisonMails;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.mail.UidSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Mails of a mailbox that a server announces and does not give, or at which it ends each session: they are asked for again, hold up no other, and people
 * hear of them. Used by one thread at a time.
 */
final class MissedMails {
    /** People hear of a mail that was not given so often. */
    private static final int TOLD = 3;

    private final WaitLimits limits;
    private final PoisonMails poison = new PoisonMails(this::rest);
    private final Map<Long, Integer> misses = new HashMap<>();
    private UidSet notYet = UidSet.EMPTY;

    MissedMails(WaitLimits limits) {
        this.limits = limits;
    }

    private Duration rest(int losses) {
        return BackOff.doubled(limits.retry(), losses, limits.retryMost());
    }

    /** They are looked for again soon; people hear of one once that lasts. */
    void notGiven(UidSet uids, BiConsumer<ReceiveMessage, Long> tell) {
        notYet = notYet.plus(uids);
        uids.forEach(uid -> {
            if (misses.merge(uid, 1, Integer::sum) == TOLD) {
                tell.accept(ReceiveMessage.ANNOUNCED_ONLY, uid);
            }
        });
    }

    /** Whether one is to be looked for again soon. */
    boolean anySoon() {
        return !notYet.isEmpty();
    }

    /** What was not given is asked for from now on. */
    void lookAgain() {
        notYet = UidSet.EMPTY;
    }

    /** A session ended before the first of these mails came. */
    void lostAt(UidSet left, long now, BiConsumer<ReceiveMessage, Long> tell) {
        long first = left.min();
        if (poison.lostAt(first, now)) {
            tell.accept(ReceiveMessage.ENDS_SESSIONS, first);
        }
    }

    /** Which of these mails are asked for together now; none where all of them have to wait. */
    UidSet portion(UidSet wanted, int most, long now) {
        UidSet there = wanted.minus(notYet);
        UidSet ready = there.minus(poison.waiting(there, now));
        return ready.isEmpty() ? ready : poison.portion(ready, most);
    }

    void came(UidSet uids) {
        poison.settled(uids);
    }

    /** The folder's mails have other UIDs. */
    void clear() {
        misses.clear();
        poison.clear();
    }
}
