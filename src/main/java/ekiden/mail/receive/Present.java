package ekiden.mail.receive;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.model.mail.Trace;
import ekiden.model.mail.UidSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of some mails are still at the server as they were read. Asked before anything is removed: a server may have given a number to another mail.
 *
 * @param same those that are what was read
 * @param gone those that are not there any more
 * @param others those in whose place is another mail
 */
public record Present(UidSet same, UidSet gone, UidSet others) {
    /**
     * @param session the folder
     * @param read UID to what the mail looked like when it was read
     * @return what is there now, or why it cannot be said
     */
    public static Result<Present> compare(MailboxSession session, Map<Long, Trace> read) {
        Map<Long, Trace> now = new HashMap<>();
        Result<Boolean> looked =
                session.look(UidSet.of(read.keySet()), glimpse -> now.put(glimpse.uid(), glimpse.trace()));
        if (looked instanceof Result.Failed<Boolean>(Problem problem)) {
            return Result.failed(problem);
        }
        List<Long> same = new ArrayList<>();
        List<Long> gone = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        read.forEach((uid, trace) -> {
            Trace there = now.get(uid);
            List<Long> kind = there == null ? gone : there.equals(trace) ? same : others;
            kind.add(uid);
        });
        return Result.ok(new Present(UidSet.of(same), UidSet.of(gone), UidSet.of(others)));
    }
}
