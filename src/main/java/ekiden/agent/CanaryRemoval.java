package ekiden.agent;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.receive.Deed;
import ekiden.mail.receive.MailboxSession;
import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.UidSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Removes canaries that were seen from their folder: just these, by UID; where the server does not, they are marked read; where it does not that
 * either, they stay. What it refuses for now it is asked again in the next session, but not for ever: mails wait behind it.
 */
final class CanaryRemoval {
    private static final AfterReceive DELETE = new AfterReceive(false, null, null, true);

    private final int most;
    /** What a folder's server could not do, by the folder's label. */
    private final Map<String, Tried> tried = new ConcurrentHashMap<>();

    /** How often in a row, and with which canaries. */
    private record Tried(UidSet canaries, int times) {}

    CanaryRemoval(int most) {
        this.most = most;
    }

    /** Whether nothing more is to be done about them, or why the session is of no more use. */
    Result<Boolean> run(String folder, MailboxSession session, UidSet canaries) {
        if (canaries.isEmpty()) {
            return Result.ok(true);
        }
        Tried before = tried.get(folder);
        // the last try may have ended the session: until they are settled it is not tried again
        boolean again = before != null && !before.canaries.and(canaries).isEmpty();
        int times = again && before != null ? before.times : 0;
        if (times >= most) {
            return Result.ok(true);
        }
        Result<Boolean> removed = Deed.run(session, DELETE, canaries);
        Result<Boolean> done = isRefused(removed) ? Deed.run(session, AfterReceive.READ, canaries) : removed;
        boolean notNow = done instanceof Result.Failed<Boolean> && !isRefused(done);
        if (!notNow) {
            tried.remove(folder);
            return Result.ok(true);
        }
        tried.put(folder, new Tried(canaries, times + 1));
        return times + 1 < most ? done : Result.ok(true);
    }

    private static boolean isRefused(Result<Boolean> result) {
        return result instanceof Result.Failed<Boolean>(Problem problem) && problem.kind() == MessageId.Kind.PERMANENT;
    }
}
