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
    /** How often in a row a folder's server could not do it, by the folder's label. */
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    CanaryRemoval(int most) {
        this.most = most;
    }

    /** Whether nothing more is to be done about them, or why the session is of no more use. */
    Result<Boolean> run(String folder, MailboxSession session, UidSet canaries) {
        Result<Boolean> removed = Deed.run(session, DELETE, canaries);
        Result<Boolean> done = isRefused(removed) ? Deed.run(session, AfterReceive.READ, canaries) : removed;
        boolean notNow = done instanceof Result.Failed<Boolean> && !isRefused(done);
        if (notNow && failures.merge(folder, 1, Integer::sum) < most) {
            return done;
        }
        failures.remove(folder);
        return Result.ok(true);
    }

    private static boolean isRefused(Result<Boolean> result) {
        return result instanceof Result.Failed<Boolean>(Problem problem) && problem.kind() == MessageId.Kind.PERMANENT;
    }
}
