package ekiden.mail.receive;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.model.mail.UidSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks at mails and fetches them so that one which the server refuses to hand out holds up no other: where a command for several is refused, the
 * rest is asked for mail by mail. What is refused even alone is passed over, as if it were not there yet. Bounded by what the caller asks for.
 */
public final class OneByOne {
    private OneByOne() {}

    /**
     * @param session the folder
     * @param mails which; as many as one report takes
     * @param each takes what was seen of each
     * @return whether the session is of use still
     */
    public static Result<Boolean> look(MailboxSession session, UidSet mails, Consumer<Glimpse> each) {
        Set<Long> seen = new HashSet<>();
        Result<Boolean> together = session.look(mails, glimpse -> {
            seen.add(glimpse.uid());
            each.accept(glimpse);
        });
        if (!refused(together)) {
            return together;
        }
        for (long uid : mails.uids()) {
            Result<Boolean> alone = seen.contains(uid) ? together : session.look(UidSet.of(uid), each);
            if (lost(alone)) {
                return alone;
            }
        }
        return Result.ok(true);
    }

    /**
     * @param session the folder
     * @param chunks each asked for by one command at first
     * @param sink takes the bytes; a mail of which it saw the end is not asked for again
     * @return whether the session is of use still
     */
    public static Result<Boolean> fetch(MailboxSession session, List<UidSet> chunks, BodySink sink) {
        Set<Long> whole = new HashSet<>();
        Result<Boolean> together = session.fetch(chunks, (uid, size) -> new Noted(uid, whole, sink.begin(uid, size)));
        if (!refused(together)) {
            return together;
        }
        List<Long> left = new ArrayList<>();
        chunks.forEach(chunk -> chunk.uids().forEach(left::add));
        left.removeAll(whole);
        for (long uid : left) {
            Result<Boolean> alone = session.fetch(List.of(UidSet.of(uid)), sink);
            if (lost(alone)) {
                return alone;
            }
        }
        return Result.ok(true);
    }

    /** Of all refusals this one is about what was asked for, and leaves the session usable. */
    private static boolean refused(Result<Boolean> result) {
        return result instanceof Result.Failed<Boolean>(Problem problem)
                && problem.id().equals(ReceiveMessage.REFUSED.id());
    }

    private static boolean lost(Result<Boolean> result) {
        return result instanceof Result.Failed<Boolean> && !refused(result);
    }

    /** A body whose end is noted. */
    private record Noted(long uid, Set<Long> whole, BodySink.Body body) implements BodySink.Body {
        @Override
        public void write(byte[] bytes, int from, int length) {
            body.write(bytes, from, length);
        }

        @Override
        public void end() {
            whole.add(uid);
            body.end();
        }

        @Override
        public void cut() {
            body.cut();
        }
    }
}
