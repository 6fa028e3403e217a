package ekiden.wait;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.receive.BodySink;
import ekiden.mail.receive.Deed;
import ekiden.mail.receive.FolderState;
import ekiden.mail.receive.Mailbox;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.OneByOne;
import ekiden.mail.receive.Present;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.Trace;
import ekiden.model.mail.UidSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A folder at a server, read by one thread over one session at a time: what is due there, then a search, then bodies in bounded portions, and only when
 * nothing is under way a wait for a hint. A session that fails is replaced by another, with the whole procedure.
 */
public final class MailboxSource implements MailSource {
    private static final UidSet ALL = UidSet.between(1, UidSet.MAX);
    private static final Duration WAKE_AGAIN = Duration.ofMillis(20);
    private static final Duration ANNOUNCED_AGAIN = Duration.ofSeconds(1);

    private final String name;
    private final Mailbox mailbox;
    private final Wish wish;
    private final Clock clock;
    private final WaitLimits limits;
    private final Scratch scratch;
    private final Segments segments;
    private final Acknowledgements due = new Acknowledgements();
    private @Nullable Thread thread;
    private volatile @Nullable MailboxSession session;
    private volatile boolean waiting;
    private volatile boolean ending;

    /** Of the present UIDVALIDITY: what this call has handed in or passed over, and what could not be fetched yet. */
    private volatile String group = "";
    /** As the server calls it; known from the first session on. */
    private volatile String folder = "";

    private UidSet handled = UidSet.EMPTY;
    private final Portion portion;
    private final MissedMails missed;
    private final UsedAgain usedAgain;

    private UnaryOperator<BodySink> shown = UnaryOperator.identity();
    /** What looked like this got its line under another UIDVALIDITY. */
    private final Map<Trace, Integer> before = new HashMap<>();

    /**
     * @param name the name of the mailbox in identities
     * @param mailbox the folder
     * @param wish what is wanted of it
     * @param clock pauses, and the date of mails that are not looked at
     * @param limits bounds
     * @param scratch keeps large mails while they are handled
     */
    public MailboxSource(String name, Mailbox mailbox, Wish wish, Clock clock, WaitLimits limits, Scratch scratch) {
        this.name = name;
        this.mailbox = mailbox;
        this.wish = wish;
        this.clock = clock;
        this.limits = limits;
        this.scratch = scratch;
        this.portion = new Portion(limits.aheadBytes());
        this.missed = new MissedMails(limits);
        this.usedAgain = new UsedAgain(name);
        this.segments = new Segments(
                limits.segmentBytes(), (2 * limits.batchesAhead() + 3) * limits.batchBytes() / limits.segmentBytes());
    }

    /** Lets mails be seen while they come; before the start. {@return this} */
    public MailboxSource showing(UnaryOperator<BodySink> mails) {
        shown = mails;
        return this;
    }

    @Override
    public @Nullable Problem start(Intake intake) {
        return switch (open(intake)) {
            case Result.Failed<MailboxSession>(Problem problem) -> problem;
            case Result.Ok<MailboxSession>(MailboxSession first) -> {
                thread =
                        Thread.ofPlatform().name("ekiden-wait-mailbox").daemon().start(() -> guarded(first, intake));
                yield null;
            }
        };
    }

    private Result<MailboxSession> open(Intake intake) {
        return mailbox.open().then(opened -> {
            Problem impossible = impossible(opened.folder());
            if (impossible != null) {
                opened.close();
                return Result.failed(impossible);
            }
            session = opened;
            begin(opened, intake);
            return Result.ok(opened);
        });
    }

    private @Nullable Problem impossible(FolderState state) {
        AfterReceive after = wish.after();
        boolean changes = !after.none();
        if (changes && state.readOnly()) {
            return Problem.of(ReceiveMessage.READ_ONLY, "folder", state.name());
        }
        return after.keyword() != null && !state.keywords()
                ? Problem.of(ReceiveMessage.NO_KEYWORD, "folder", state.name(), "keyword", after.keyword())
                : null;
    }

    /** What earlier calls left in this folder: receipts of which it does not know. */
    private void begin(MailboxSession opened, Intake intake) {
        FolderState state = opened.folder();
        folder = state.name();
        String now = folder + "/" + state.uidValidity();
        if (!now.equals(group)) {
            handled = UidSet.EMPTY;
            portion.begin();
            before.clear();
            missed.clear();
            WaitBook.Before known = intake.before(folder, now);
            before.putAll(known.traces());
            if (!group.isEmpty() || (known.any() && intake.settled(now).isEmpty())) {
                intake.trouble(Problem.of(
                        ReceiveMessage.NEW_UIDVALIDITY,
                        "mailbox",
                        name,
                        "folder",
                        folder,
                        "uidValidity",
                        state.uidValidity()));
            }
        }
        missed.lookAgain();
        group = now;
        usedAgain.tell(opened, group, intake);
        for (WaitRecord.Open open : intake.open()) {
            long uid = uid(open.mail());
            if (open.given() && uid > 0) {
                due.add(open.number(), uid);
            }
        }
    }

    /** Whether a mail is of this folder, under whatever UIDVALIDITY. */
    boolean has(WaitRecord.Mail mail) {
        int slash = mail.key().lastIndexOf('/', mail.key().lastIndexOf('/') - 1);
        return slash == folder.length() && mail.key().startsWith(folder);
    }

    /** The UID of a mail of the present group, or 0. */
    private long uid(WaitRecord.Mail mail) {
        String prefix = group + "/";
        return mail.key().startsWith(prefix) ? Long.parseLong(mail.key().substring(prefix.length())) : 0;
    }

    @Override
    public boolean waitedFor() {
        return false;
    }

    @Override
    public void decided(List<Arrival> mails, List<WaitDecider.@Nullable Verdict> verdicts) {
        // nobody waits for it
    }

    @Override
    public void unreadable(WaitRecord.Mail mail, Problem problem) {
        // it stays in its mailbox, as it is
    }

    @Override
    public void finished(List<Arrival> mails, SortedMap<Long, WaitRecord.Mail> acknowledge) {
        Map<Long, Long> uids = new HashMap<>();
        acknowledge.forEach((number, mail) -> uids.put(number, uid(mail)));
        due.through(mails.size(), uids);
    }

    private void guarded(MailboxSession first, Intake intake) {
        try {
            life(first, intake);
        } catch (RuntimeException | Error bug) {
            LazyLogger.of(MailboxSource.class).log(System.Logger.Level.ERROR, "reading a mailbox ended by a bug", bug);
            intake.failed(Problem.of(WaitMessage.BUG, "bug", bug.getClass().getSimpleName()));
        }
    }

    private void life(MailboxSession first, Intake intake) {
        Problem broken = one(first, intake);
        Duration pause = limits.retry();
        while (broken != null && !over()) {
            intake.trouble(broken);
            due.await(ending ? Duration.ZERO : pause, () -> ending);
            switch (open(intake)) {
                case Result.Ok<MailboxSession>(MailboxSession again) -> {
                    broken = one(again, intake);
                    pause = limits.retry();
                }
                case Result.Failed<MailboxSession>(Problem problem) -> {
                    broken = problem;
                    boolean lasting = problem.kind() != MessageId.Kind.RETRYABLE;
                    if (lasting && !ending) {
                        intake.failed(problem);
                    }
                    if (lasting || ending) {
                        due.problem(problem);
                        return;
                    }
                    Duration doubled = pause.multipliedBy(2);
                    pause = doubled.compareTo(limits.retryMost()) > 0 ? limits.retryMost() : doubled;
                }
            }
        }
    }

    /** One session; answers what broke it, or null where the call ends. */
    private @Nullable Problem one(MailboxSession present, Intake intake) {
        try (present) {
            while (!over()) {
                Problem broken = turn(present, intake);
                if (broken != null) {
                    return over() ? null : broken;
                }
            }
            return null;
        } finally {
            session = null;
        }
    }

    /** Whether the call ends and the mailbox knows all that it is to know. */
    private boolean over() {
        return ending && due.isEmpty();
    }

    private @Nullable Problem turn(MailboxSession present, Intake intake) {
        Result<Boolean> turn = acknowledge(present, intake)
                .then(ok -> ending || intake.room() == 0 ? Result.ok(false) : fetch(present, intake));
        return switch (turn) {
            case Result.Failed<Boolean>(Problem broken) -> broken;
            case Result.Ok<Boolean>(Boolean some) when some || over() -> null;
            case Result.Ok<Boolean> nothing
            when due.underWay() -> {
                due.await(limits.look(), () -> ending || due.waiting() || !due.underWay());
                yield null;
            }
            case Result.Ok<Boolean> nothing -> idle(present);
        };
    }

    private @Nullable Problem idle(MailboxSession present) {
        waiting = true;
        try {
            if (ending) {
                return null;
            }
            Result<MailboxSession.Woken> woken = present.await(missed.anySoon() ? ANNOUNCED_AGAIN : limits.look());
            missed.lookAgain();
            return woken instanceof Result.Failed<MailboxSession.Woken>(Problem broken) ? broken : null;
        } finally {
            waiting = false;
        }
    }

    /** Does what is due; a refusal is told and leaves the session usable. */
    private Result<Boolean> acknowledge(MailboxSession present, Intake intake) {
        Map<Long, Long> numbers = due.take();
        if (numbers.isEmpty()) {
            return Result.ok(true);
        }
        UidSet uids = UidSet.of(numbers.values());
        Result<Boolean> done = act(present, uids, intake);
        if (done instanceof Result.Failed<Boolean>(Problem problem)) {
            if (problem.kind() == MessageId.Kind.RETRYABLE) {
                due.back(numbers);
                return done;
            }
            intake.trouble(problem);
            due.problem(problem);
            due.taken();
            return Result.ok(true);
        }
        intake.acknowledged(UidSet.of(numbers.keySet()));
        due.taken();
        return Result.ok(true);
    }

    private Result<Boolean> act(MailboxSession present, UidSet uids, Intake intake) {
        if (!Deed.removes(wish.after())) {
            return Deed.run(present, wish.after(), uids);
        }
        Map<Long, Trace> read = new HashMap<>();
        Map<Long, WaitRecord.Open> entries = new HashMap<>();
        for (WaitRecord.Open open : intake.open()) {
            long uid = uid(open.mail());
            if (uids.contains(uid)) {
                entries.put(uid, open);
                read.put(uid, WaitBook.trace(open.mail()));
            }
        }
        return Present.compare(present, read).then(now -> {
            now.others().forEach(uid -> stays(Objects.requireNonNull(entries.get(uid)), intake));
            return Deed.run(present, wish.after(), now.same());
        });
    }

    /** Another mail stands where this one was read. */
    private void stays(WaitRecord.Open read, Intake intake) {
        Problem another = Problem.of(
                ReceiveMessage.ANOTHER_MAIL,
                "mail",
                read.number(),
                "identity",
                name + "/" + read.mail().key());
        intake.trouble(another);
        due.problem(another);
    }

    /** Looks for mails and hands in a portion; answers whether there were any. */
    private Result<Boolean> fetch(MailboxSession present, Intake intake) {
        return present.search(MailboxSession.Wanted.UNREAD, ALL).then(unread -> {
            UidSet fresh =
                    unread.plus(begun(intake)).minus(intake.settled(group)).minus(handled);
            int most = wish.any() ? Math.min(portion.mails(), intake.room()) : portion.mails();
            UidSet wanted = missed.portion(fresh, most, clock.nanos());
            return wanted.isEmpty() ? Result.ok(false) : fetch(present, wanted, intake);
        });
    }

    /** What an earlier call took and gave no receipt for, whatever its flags are by now. */
    private UidSet begun(Intake intake) {
        List<Long> uids = new ArrayList<>();
        for (WaitRecord.Open open : intake.open()) {
            long uid = uid(open.mail());
            if (!open.given() && uid > 0) {
                uids.add(uid);
            }
        }
        return UidSet.of(uids);
    }

    private Result<Boolean> fetch(MailboxSession present, UidSet portionOf, Intake intake) {
        Map<Long, Seen> seen = new HashMap<>();
        UidSet wanted = portionOf;
        if (wish.looks() || !before.isEmpty()) {
            List<Long> matching = new ArrayList<>();
            Result<Boolean> looked = OneByOne.look(present, portionOf, glimpse -> {
                Trace trace = glimpse.trace();
                seen.put(glimpse.uid(), new Seen(glimpse.received(), trace.toString()));
                if (!known(trace) && wish.perhaps(glimpse)) {
                    matching.add(glimpse.uid());
                }
            });
            if (looked instanceof Result.Failed<Boolean>) {
                missed.lostAt(portionOf.minus(UidSet.of(seen.keySet())), clock.nanos(), tell(intake));
                return looked;
            }
            wanted = UidSet.of(matching);
            // what was looked at and does not match; what could not be looked at is not there yet
            handled = handled.plus(UidSet.of(seen.keySet()).minus(wanted));
            missed.notGiven(portionOf.minus(UidSet.of(seen.keySet())), tell(intake));
        }
        if (wanted.isEmpty()) {
            return Result.ok(true);
        }
        return bodies(present, wanted, seen, intake);
    }

    private BiConsumer<ReceiveMessage, Long> tell(Intake intake) {
        return (message, uid) -> intake.trouble(Problem.of(message, "mailbox", name, "folder", folder, "uid", uid));
    }

    /** What was seen of a mail before its body was fetched. */
    private record Seen(Instant received, String trace) {}

    /** Mails that look exactly the same are told apart by nothing, so as many of them are known as there were. */
    private boolean known(Trace trace) {
        Integer count = before.get(trace);
        if (count == null || count == 0) {
            return false;
        }
        before.put(trace, count - 1);
        return true;
    }

    private Result<Boolean> bodies(MailboxSession present, UidSet wanted, Map<Long, Seen> seen, Intake intake) {
        Bodies bodies = new Bodies(
                new Bodies.Ground(
                        group,
                        uid -> {
                            Seen one = seen.get(uid);
                            return one == null ? clock.now() : one.received;
                        },
                        uid -> {
                            Seen one = seen.get(uid);
                            return one == null ? null : one.trace;
                        },
                        limits,
                        scratch,
                        segments,
                        wish.maxSize(),
                        () -> ending),
                mails -> {
                    due.entered(mails.size());
                    intake.arrived(mails);
                });
        Result<Boolean> fetched = OneByOne.fetch(present, chunks(wanted), shown.apply(bodies));
        bodies.flush();
        handled = handled.plus(bodies.whole());
        missed.came(bodies.whole());
        if (fetched instanceof Result.Failed<Boolean>) {
            missed.lostAt(wanted.minus(bodies.whole()), clock.nanos(), tell(intake));
        }
        Problem lost = bodies.problem();
        if (lost != null) {
            intake.failed(lost);
        }
        if (fetched instanceof Result.Ok<Boolean>) {
            missed.notGiven(wanted.minus(bodies.whole()), tell(intake));
            portion.judge(bodies);
        }
        return fetched;
    }

    private List<UidSet> chunks(UidSet wanted) {
        List<UidSet> chunks = new ArrayList<>();
        UidSet left = wanted;
        while (!left.isEmpty()) {
            UidSet next = left.first(limits.batchMails());
            chunks.add(next);
            left = left.minus(next);
        }
        return chunks;
    }

    @Override
    public @Nullable Problem finish() {
        ending = true;
        due.wake();
        MailboxSession present = session;
        if (present != null && !waiting && due.isEmpty()) {
            // bodies that nobody wants any more
            present.close();
        }
        Thread running = thread;
        if (running != null) {
            end(running);
        }
        return due.problem();
    }

    /** A wake that comes before the wait has begun is lost, so there are several; over a new session all that is due would take much longer. */
    private void end(Thread running) {
        try {
            for (Duration left = limits.retryMost(); !left.isNegative(); left = left.minus(WAKE_AGAIN)) {
                MailboxSession present = session;
                if (present != null && waiting) {
                    present.wake();
                }
                if (running.join(WAKE_AGAIN)) {
                    return;
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
