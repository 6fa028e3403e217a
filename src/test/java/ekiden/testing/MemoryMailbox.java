package ekiden.testing;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.receive.BodySink;
import ekiden.mail.receive.FolderState;
import ekiden.mail.receive.Glimpse;
import ekiden.mail.receive.Mailbox;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.ServerFacts;
import ekiden.mail.receive.Wait;
import ekiden.model.mail.UidSet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@link Mailbox} in memory: folders that a test or a simulation holds in its hand, and failures on demand. Has no thread and no clock; a
 * wait is handed to whoever made it.
 */
public final class MemoryMailbox implements Mailbox {
    /** How a wait passes. */
    @FunctionalInterface
    public interface Waiting {
        /**
         * Returns when there is news or time is up.
         *
         * @param atMost how long
         * @param news whether there is
         */
        void await(Duration atMost, BooleanSupplier news);
    }

    private final Map<String, MemoryFolder> folders;
    private final String folder;
    private final boolean readOnly;
    private final Waiting waiting;
    private final Faults faults;

    /** What goes wrong, set by a test or a simulation, used up by sessions. */
    public static final class Faults {
        private final Deque<Problem> next = new ArrayDeque<>();
        private long cutAfter = Long.MAX_VALUE;
        private boolean lostBehindBody;
        private Runnable halfway = () -> {};
        private boolean uidPlus = true;
        private boolean move = true;
        private UidSet refused = UidSet.EMPTY;
        private UidSet ends = UidSet.EMPTY;
        private UidSet bodiesThatEnd = UidSet.EMPTY;
        private UidSet refusedBodies = UidSet.EMPTY;
        private @Nullable Problem removals;
        private boolean endsAtRemovals;
        private boolean parts = true;
        private long looked;
        private boolean emptied;
        private Runnable beforeSearch = () -> {};

        /** Sessions whose folder was numbered anew under them go on, and see nothing in it any more. */
        public synchronized void emptySessionsOfRenumbered() {
            emptied = true;
        }

        private synchronized boolean empties() {
            return emptied;
        }

        /** Is called before the next search is answered. */
        public synchronized void beforeSearch(Runnable call) {
            beforeSearch = call;
        }

        private void search() {
            Runnable call;
            synchronized (this) {
                call = beforeSearch;
                beforeSearch = () -> {};
            }
            call.run();
        }

        /** The server refuses so to move and to remove, and goes on with everything else; null ends that. */
        public synchronized void refuseRemovals(@Nullable Problem problem) {
            removals = problem;
        }

        /** Whether the server ends each session that is to move or remove mails. */
        public synchronized void endAtRemovals(boolean whether) {
            endsAtRemovals = whether;
        }

        private synchronized boolean endsAtRemovals() {
            return endsAtRemovals;
        }

        private synchronized @Nullable Problem removals() {
            return removals;
        }

        /** The server refuses to hand out a mail from its middle on. */
        public synchronized void refuseParts() {
            parts = false;
        }

        private synchronized boolean givesParts() {
            return parts;
        }

        /** The server shows the header of this mail and refuses its body. */
        public synchronized void refuseBody(long uid) {
            refusedBodies = refusedBodies.plus(UidSet.of(uid));
        }

        /** The server refuses to hand out this mail, and whatever is asked for after it by the same command. */
        public synchronized void refuse(long uid) {
            refused = refused.plus(UidSet.of(uid));
        }

        /** The server ends each session that asks for the header of this mail, or only for its body. */
        public synchronized void endAt(long uid, boolean onlyItsBody) {
            ends = onlyItsBody ? ends : ends.plus(UidSet.of(uid));
            bodiesThatEnd = bodiesThatEnd.plus(UidSet.of(uid));
        }

        /** Nothing ends a session any more. */
        public synchronized void endAtNothing() {
            ends = UidSet.EMPTY;
            bodiesThatEnd = UidSet.EMPTY;
        }

        private synchronized boolean endsAt(long uid, boolean body) {
            return (body ? bodiesThatEnd : ends).contains(uid);
        }

        /** {@return how many mails were looked at so far} */
        public synchronized long looked() {
            return looked;
        }

        private synchronized boolean refuses(long uid) {
            return refused.contains(uid);
        }

        private synchronized boolean refusesBody(long uid) {
            return refusedBodies.contains(uid) || refused.contains(uid);
        }

        private synchronized void look() {
            looked++;
        }

        /** The next call of a session, or the next opening, fails so. */
        public synchronized void fail(Problem problem) {
            next.add(problem);
        }

        /** After that many bytes of bodies the connection ends, once. */
        public synchronized void cutAfter(long bytes) {
            cutAfter = bytes;
        }

        /** Is called when half of what comes of a body has come. */
        public synchronized void halfway(Runnable call) {
            halfway = call;
        }

        private synchronized Runnable halfway() {
            return halfway;
        }

        /** The next body comes whole, and the connection ends before the server says that all is done. */
        public synchronized void loseBehindBody() {
            lostBehindBody = true;
        }

        private synchronized boolean endsHere() {
            boolean ends = lostBehindBody;
            lostBehindBody = false;
            return ends;
        }

        /** What the server offers. */
        public synchronized void offer(boolean withMove, boolean withUidPlus) {
            move = withMove;
            uidPlus = withUidPlus;
        }

        private synchronized @Nullable Problem take() {
            return next.poll();
        }

        /** {@return how many of these bytes still come through; the rest is cut off} */
        private synchronized long through(long bytes) {
            long some = Math.min(bytes, cutAfter);
            cutAfter = cutAfter == Long.MAX_VALUE ? cutAfter : cutAfter - some;
            if (some < bytes) {
                cutAfter = Long.MAX_VALUE;
            }
            return some;
        }
    }

    /**
     * @param folders by name; the test keeps them
     * @param folder which one is opened
     * @param readOnly whether it is opened so that nothing can be changed
     * @param waiting how waits pass
     * @param faults what goes wrong
     */
    public MemoryMailbox(
            Map<String, MemoryFolder> folders, String folder, boolean readOnly, Waiting waiting, Faults faults) {
        this.folders = folders;
        this.folder = folder;
        this.readOnly = readOnly;
        this.waiting = waiting;
        this.faults = faults;
    }

    @Override
    public Result<MailboxSession> open() {
        Problem problem = faults.take();
        if (problem != null) {
            return Result.failed(problem);
        }
        MemoryFolder opened = folders.get(folder);
        return opened == null
                ? Result.failed(ReceiveMessage.NO_FOLDER, "host", "memory", "port", 0, "folder", folder, "reply", "")
                : Result.ok(new Session(opened));
    }

    private final class Session implements MailboxSession {
        private final MemoryFolder at;
        private final FolderState state;
        private long seenArrivals;
        private volatile boolean over;
        private volatile boolean woken;

        Session(MemoryFolder at) {
            this.at = at;
            this.seenArrivals = at.arrivals();
            boolean closed = readOnly || at.readOnly();
            Set<String> permanent = new LinkedHashSet<>(Set.of("\\Seen", "\\Deleted", "\\Flagged"));
            if (at.keywords()) {
                permanent.add("\\*");
            }
            this.state = new FolderState(
                    folder, at.uidValidity(), at.uidNext(), at.uids().size(), closed, at.keywords(), permanent);
        }

        @Override
        public FolderState folder() {
            return state;
        }

        @Override
        public ServerFacts server() {
            return new ServerFacts("IMAP4rev1", "memory", Set.of(), "none", "none");
        }

        private boolean renumbered() {
            return at.uidValidity() != state.uidValidity();
        }

        private List<Long> uids() {
            return renumbered() ? List.of() : at.uids();
        }

        private @Nullable Problem trouble() {
            if (over) {
                return problem(ReceiveMessage.LOST, "closed");
            }
            Problem problem = faults.take();
            if (problem == null && renumbered() && !faults.empties()) {
                problem = problem(ReceiveMessage.NEW_UIDVALIDITY, state.uidValidity() + " → " + at.uidValidity());
            }
            over = problem != null;
            return problem;
        }

        private static Problem problem(ReceiveMessage message, String reply) {
            return Problem.of(message, "host", "memory", "port", 0, "folder", "", "reply", reply);
        }

        private static Result<Boolean> refused(ReceiveMessage message) {
            return Result.failed(problem(message, ""));
        }

        /** What keeps mails from being moved and removed. */
        private @Nullable Problem removalTrouble() {
            Problem trouble = trouble();
            if (trouble == null && faults.endsAtRemovals()) {
                over = true;
                return problem(ReceiveMessage.CLOSING, "EXPUNGE failed");
            }
            return trouble == null ? faults.removals() : trouble;
        }

        @Override
        public Result<UidSet> search(Wanted wanted, UidSet among) {
            Problem trouble = trouble();
            if (trouble != null) {
                return Result.failed(trouble);
            }
            faults.search();
            seenArrivals = at.arrivals();
            return Result.ok(UidSet.of(uids().stream()
                    .filter(among::contains)
                    .filter(uid -> wanted == Wanted.ALL || !at.flags(uid).contains("\\Seen"))
                    .toList()));
        }

        @Override
        public Result<Boolean> look(UidSet mails, Consumer<Glimpse> each) {
            Problem trouble = trouble();
            if (trouble != null) {
                return Result.failed(trouble);
            }
            for (long uid : uids()) {
                if (mails.contains(uid)) {
                    if (faults.endsAt(uid, false)) {
                        over = true;
                        return Result.failed(problem(ReceiveMessage.CLOSING, "FETCH failed"));
                    }
                    if (faults.refuses(uid)) {
                        return refused(ReceiveMessage.REFUSED);
                    }
                    at.mail(uid).filter(MemoryFolder.Stored::readable).ifPresent(mail -> glimpse(uid, mail, each));
                }
            }
            return Result.ok(true);
        }

        private void glimpse(long uid, MemoryFolder.Stored mail, Consumer<Glimpse> each) {
            faults.look();
            each.accept(new Glimpse(uid, mail.announcedSize(), mail.received(), at.flags(uid), header(mail.bytes())));
        }

        private static byte[] header(byte[] mail) {
            for (int i = 0; i + 3 < mail.length; i++) {
                if (mail[i] == '\r' && mail[i + 1] == '\n' && mail[i + 2] == '\r' && mail[i + 3] == '\n') {
                    return Arrays.copyOf(mail, i + 4);
                }
            }
            return mail;
        }

        @Override
        public Result<Boolean> fetch(List<UidSet> chunks, BodySink sink) {
            Problem trouble = trouble();
            if (trouble != null) {
                return Result.failed(trouble);
            }
            for (UidSet chunk : chunks) {
                for (long uid : uids()) {
                    if (chunk.contains(uid) && faults.endsAt(uid, true)) {
                        over = true;
                        return Result.failed(problem(ReceiveMessage.CLOSING, "FETCH failed"));
                    }
                    if (chunk.contains(uid) && faults.refusesBody(uid)) {
                        return refused(ReceiveMessage.REFUSED);
                    }
                    if (chunk.contains(uid) && !body(uid, 0, sink)) {
                        over = true;
                        return Result.failed(problem(ReceiveMessage.LOST, ""));
                    }
                }
            }
            return Result.ok(true);
        }

        /** Whether the connection still stands. */
        private boolean body(long uid, long from, BodySink sink) {
            MemoryFolder.Stored mail = at.mail(uid).orElse(null);
            if (mail == null || !mail.readable()) {
                return true;
            }
            byte[] bytes = mail.bytes();
            int start = (int) Math.min(from, bytes.length);
            int length = bytes.length - start;
            BodySink.Body body = sink.begin(uid, length);
            int come = (int) faults.through(length);
            body.write(bytes, start, come / 2);
            faults.halfway().run();
            body.write(bytes, start + come / 2, come - come / 2);
            if (come < length) {
                body.cut();
            } else {
                body.end();
            }
            return come == length && !faults.endsHere();
        }

        @Override
        public Result<Boolean> fetchFrom(long uid, long from, BodySink sink) {
            Problem trouble = trouble();
            if (trouble != null) {
                return Result.failed(trouble);
            }
            if (!faults.givesParts()) {
                return refused(ReceiveMessage.REFUSED);
            }
            over = !body(uid, from, sink);
            return over ? Result.failed(problem(ReceiveMessage.LOST, "")) : Result.ok(true);
        }

        @Override
        public Result<Boolean> addFlags(UidSet mails, Set<String> flags) {
            Problem trouble = trouble();
            if (trouble != null) {
                return Result.failed(trouble);
            }
            if (state.readOnly()) {
                return refused(ReceiveMessage.READ_ONLY);
            }
            boolean keyword = flags.stream().anyMatch(flag -> !flag.startsWith("\\"));
            if (keyword && !state.keywords()) {
                return refused(ReceiveMessage.NO_KEYWORD);
            }
            at.addFlags(mails, flags);
            return Result.ok(true);
        }

        @Override
        public Result<Boolean> move(UidSet mails, String target) {
            Problem trouble = removalTrouble();
            if (trouble != null) {
                return Result.failed(trouble);
            }
            if (state.readOnly()) {
                return refused(ReceiveMessage.READ_ONLY);
            }
            if (!faults.move && !faults.uidPlus) {
                return refused(ReceiveMessage.NO_UID_EXPUNGE);
            }
            MemoryFolder to = folders.get(target);
            if (to == null) {
                return refused(ReceiveMessage.NO_TARGET);
            }
            Map<Long, MemoryFolder.Stored> moved = new TreeMap<>();
            uids().stream()
                    .filter(mails::contains)
                    .forEach(uid -> at.mail(uid).ifPresent(mail -> moved.put(uid, mail)));
            moved.forEach(
                    (uid, mail) -> to.addFlags(UidSet.of(to.deliver(mail.bytes(), mail.received())), at.flags(uid)));
            at.expunge(mails);
            return Result.ok(true);
        }

        @Override
        public Result<Boolean> delete(UidSet mails) {
            Problem trouble = removalTrouble();
            if (trouble != null) {
                return Result.failed(trouble);
            }
            if (state.readOnly()) {
                return refused(ReceiveMessage.READ_ONLY);
            }
            if (!faults.uidPlus) {
                return refused(ReceiveMessage.NO_UID_EXPUNGE);
            }
            at.expunge(mails);
            return Result.ok(true);
        }

        @Override
        public Result<Woken> await(Wait wait) {
            Problem trouble = trouble();
            if (trouble != null) {
                return Result.failed(trouble);
            }
            woken = false;
            waiting.await(wait.atMost(), () -> over || woken || at.arrivals() != seenArrivals);
            if (over) {
                return Result.failed(problem(ReceiveMessage.LOST, "closed"));
            }
            return Result.ok(woken || at.arrivals() != seenArrivals ? Woken.HINT : Woken.TIME);
        }

        @Override
        public void wake() {
            woken = true;
        }

        @Override
        public void close() {
            over = true;
        }
    }
}
