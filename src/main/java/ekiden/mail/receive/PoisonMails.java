package ekiden.mail.receive;

import ekiden.model.mail.UidSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Mails at which a session ended again and again: servers say BYE where they cannot read one mail (Dovecot), or refuse for now whatever is asked for
 * together with it. They are put aside, so that the others do not wait behind them, and asked for now and then, each alone. Has no
 * clock; used by one thread at a time.
 */
public final class PoisonMails {
    /** So many sessions in a row must end at the same mail. */
    public static final int LOSSES = 3;
    /** Where there are more of them, it is no matter of single mails: no more are put aside, and the mailbox has failed. */
    public static final int MOST = 10;

    private final IntFunction<Duration> pauses;
    private final Map<Long, Aside> aside = new HashMap<>();

    /** How many sessions ended at it, and when it may be asked for again. */
    private record Aside(int losses, long notBefore) {}

    private long last;
    private int count;

    /**
     * @param pauses how long a mail rests at which so many sessions have ended
     */
    public PoisonMails(IntFunction<Duration> pauses) {
        this.pauses = pauses;
    }

    /**
     * A session ended, or was refused, before this mail came, which was the first to come.
     *
     * @param uid the mail; 0 where that is not known
     * @param now the present
     * @return whether it is put aside from now on
     */
    public boolean lostAt(long uid, long now) {
        Aside before = aside.get(uid);
        if (before != null) {
            put(uid, before.losses + 1, now);
            return false;
        }
        if (uid == 0) {
            return false;
        }
        count = uid == last ? count + 1 : 1;
        last = uid;
        if (count < LOSSES || aside.size() >= MOST) {
            return false;
        }
        put(uid, count, now);
        return true;
    }

    private void put(long uid, int losses, long now) {
        aside.put(uid, new Aside(losses, now + pauses.apply(losses).toNanos()));
    }

    /**
     * Takes what a search found.
     *
     * @param unsettled mails that are there and not settled
     * @param now the present
     * @return those that are not asked for now
     */
    public UidSet waiting(UidSet unsettled, long now) {
        aside.keySet().removeIf(uid -> !unsettled.contains(uid));
        Set<Long> wait = new HashSet<>();
        aside.forEach((uid, one) -> {
            if (now - one.notBefore < 0) {
                wait.add(uid);
            }
        });
        return UidSet.of(wait);
    }

    /**
     * @param todo mails that are to be read
     * @param most how many at a time
     * @return those that are read together now
     */
    public UidSet portion(UidSet todo, int most) {
        UidSet safe = todo.minus(UidSet.of(aside.keySet()));
        return safe.isEmpty() ? todo.first(1) : safe.first(most);
    }

    /**
     * @param uids mails that came, or that nobody wants any more
     */
    public void settled(UidSet uids) {
        aside.keySet().removeIf(uids::contains);
        if (uids.contains(last)) {
            count = 0;
        }
    }

    /** The folder's mails have other UIDs. */
    public void clear() {
        aside.clear();
        count = 0;
    }
}
