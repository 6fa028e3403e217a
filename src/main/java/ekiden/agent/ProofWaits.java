package ekiden.agent;

import ekiden.mail.receive.ReaderLimits;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.UidSet;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Mails of a folder of which it cannot be known yet from whom they are: since when, and when they are tried again. Of the mails, not of the session:
 * what ends is remembered in the next one, as long as the folder is numbered so. Belongs to the reader's strand.
 */
final class ProofWaits {
    private final ReaderLimits limits;
    private final AgentSettings settings;
    private final Map<Long, Wait> waits = new HashMap<>();
    private long uidValidity;
    private long turns;

    /**
     * @param tries in which it was asked about, or others of its domain
     * @param turn which of all tries was the last of these; 0 for none
     */
    private record Wait(int tries, long turn, long since, long notBefore) {}

    ProofWaits(ReaderLimits limits, AgentSettings settings) {
        this.limits = limits;
        this.settings = settings;
    }

    /** A session begins; null where nothing is settled yet. */
    void follow(@Nullable Cursor cursor) {
        long present = cursor == null ? 0 : cursor.uidValidity();
        if (present != uidValidity) {
            waits.clear();
        }
        uidValidity = present;
    }

    /**
     * It could not be known; the longer that lasts the more rarely it is tried.
     *
     * @param asked whether it had its turn
     * @return for how long by now, in nanoseconds
     */
    long failed(long uid, boolean asked, long now) {
        Wait before = waits.getOrDefault(uid, new Wait(0, 0, now, now));
        Duration pause = limits.backOff(before.tries);
        Duration most = settings.proofPause();
        long next = now + (pause.compareTo(most) < 0 ? pause : most).toNanos();
        waits.put(
                uid,
                asked
                        ? new Wait(before.tries + 1, ++turns, before.since, next)
                        : new Wait(before.tries, before.turn, before.since, next));
        return now - before.since;
    }

    /** {@return whose turn it is first: the one whose last turn is the longest ago} */
    Comparator<Long> order() {
        return Comparator.comparingLong(uid -> {
            Wait wait = waits.get(uid);
            return wait == null ? 0 : wait.turn;
        });
    }

    void settled(UidSet uids) {
        waits.keySet().removeIf(uids::contains);
    }

    /**
     * Takes what a search found.
     *
     * @param unsettled mails that are there and not settled
     * @param now the present
     * @return those whose turn is later
     */
    UidSet waiting(UidSet unsettled, long now) {
        waits.keySet().removeIf(uid -> !unsettled.contains(uid));
        Set<Long> later = new HashSet<>();
        waits.forEach((uid, wait) -> {
            if (now - wait.notBefore < 0) {
                later.add(uid);
            }
        });
        return later.isEmpty() ? UidSet.EMPTY : UidSet.of(later);
    }

    boolean isEmpty() {
        return waits.isEmpty();
    }
}
