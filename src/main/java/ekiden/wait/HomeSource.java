package ekiden.wait;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.RawSource;
import ekiden.model.mail.UidKey;
import ekiden.model.mail.UidSet;
import ekiden.wait.HomeDecider.Step;
import ekiden.wait.HomeMails.Page;
import ekiden.wait.HomeMails.Taken;
import ekiden.wait.WaitDecider.Verdict;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Mails from the process that runs on a home. A temporary unit there takes them, durable, as many as the call wants; they are fetched, go the way of
 * all mails here (claim, files, line, receipt), and are let go there when the receipt is durable. Until then the home lists them, so that a
 * call that was killed gets them again under the same state and finds in its receipts which of them it told.
 */
public final class HomeSource implements MailSource {
    private static final Logger LOG = LazyLogger.of(HomeSource.class);
    private static final int UID_CHARACTERS = 16;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final HomeMails home;
    private final Ground ground;
    private final HomeDesk desk = new HomeDesk();
    private volatile @Nullable Intake intake;
    private volatile @Nullable Thread reader;
    private volatile boolean closing;
    private volatile boolean ended;
    private volatile boolean reached;
    private volatile boolean drained;
    private volatile boolean over;
    private boolean ours;
    private boolean closed;
    private int silent;

    /**
     * What it stands on.
     *
     * @param unit the note of the unit's name
     * @param name the unit's name, for people
     * @param clock the clock
     * @param limits bounds of the call
     * @param through bounds of the way through the home
     * @param scratch where large mails lie meanwhile
     * @param within how long the call waits, or null for ever
     */
    public record Ground(
            HomeUnit unit,
            String name,
            Clock clock,
            WaitLimits limits,
            HomeLimits through,
            Scratch scratch,
            @Nullable Duration within) {}

    /**
     * @param home the process on the home
     * @param ground what else it stands on
     */
    public HomeSource(HomeMails home, Ground ground) {
        this.home = home;
        this.ground = ground;
    }

    @Override
    public @Nullable Problem start(Intake taker) {
        intake = taker;
        Duration within = ground.within();
        Duration first = ground.through().first();
        Deadline deadline = new Deadline(within != null && within.compareTo(first) < 0 ? within : first);
        Set<String> pending = new HashSet<>();
        Result<Boolean> arranged = deadline.asked(() -> arrange(taker, pending));
        if (arranged instanceof Result.Failed<Boolean>(Problem problem)) {
            return problem;
        }
        letGoBefore(taker, pending);
        reader = Thread.ofPlatform().daemon().name("ekiden-wait-home").start(() -> read(taker));
        return null;
    }

    /** Until the unit takes neither too few nor too many: what it takes meanwhile changes the sum only where it was defined anew meanwhile. */
    private Result<Boolean> arrange(Intake taker, Set<String> pending) {
        while (true) {
            switch (all()) {
                case Result.Failed<Page>(Problem problem) -> {
                    return Result.failed(problem);
                }
                case Result.Ok<Page>(Page page) -> {
                    pending.clear();
                    page.mails().forEach(mail -> pending.add(mail.key()));
                    reached = true;
                    Result<Boolean> done =
                            carryOut(HomeDecider.arrange(taker.room(), waiting(taker, page), page, ours));
                    if (!(done instanceof Result.Ok<Boolean>(Boolean more)) || !more) {
                        return done;
                    }
                }
            }
        }
    }

    /** How many lines will come of what the unit has taken: none of those that have a receipt here, or could not be saved there. */
    private static int waiting(Intake taker, Page page) {
        Set<String> given = new HashSet<>();
        taker.open().stream()
                .filter(WaitRecord.Open::given)
                .forEach(open -> given.add(open.mail().key()));
        long lines = page.mails().stream()
                .filter(mail -> mail.problem() == null && !given.contains(mail.key()))
                .count();
        return page.behind() + (int) lines;
    }

    /** Answers whether something was changed. */
    private Result<Boolean> carryOut(Step step) {
        return switch (step) {
            case Step.Keep keep -> Result.ok(false);
            case Step.Close close ->
                home.delete().then(done -> {
                    ours = false;
                    return Result.ok(true);
                });
            case Step.Define(int times) ->
                home.define(times).then(done -> {
                    ours = true;
                    return Result.ok(true);
                });
        };
    }

    /** All that the unit has taken, and how it is now. */
    private Result<Page> all() {
        List<Taken> mails = new ArrayList<>();
        long after = 0;
        while (true) {
            switch (home.taken(after, Duration.ZERO)) {
                case Result.Failed<Page>(Problem problem) -> {
                    return Result.failed(problem);
                }
                case Result.Ok<Page>(Page page) -> {
                    mails.addAll(page.mails());
                    if (page.next() == after) {
                        return Result.ok(new Page(mails, after, page.behind(), page.defined(), page.left()));
                    }
                    after = page.next();
                }
            }
        }
    }

    /** Mails with a receipt that the home has let go: the call before was killed between the two. */
    private static void letGoBefore(Intake taker, Set<String> pending) {
        for (WaitRecord.Open open : taker.open()) {
            boolean fromHome = open.mail().place() == null || open.mail().atHome();
            if (open.given() && fromHome && !pending.contains(open.mail().key())) {
                taker.acknowledged(UidSet.of(open.number()));
            }
        }
    }

    @Override
    public boolean waitedFor() {
        return true;
    }

    private void read(Intake taker) {
        try {
            long after = 0;
            while (!ended && after >= 0) {
                after = round(taker, after);
            }
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.ERROR, "reading from the home ended by a bug", bug);
            taker.failed(Problem.of(WaitMessage.BUG, "bug", bug.getClass().getSimpleName()));
        }
    }

    /** One look; answers behind which run to go on, or -1 for the end. */
    private long round(Intake taker, long after) {
        letGo(taker);
        boolean last = closing;
        if (!last && taker.room() == 0) {
            desk.rest(ground.through().poll(), () -> closing || ended);
            return after;
        }
        return switch (home.taken(after, last ? Duration.ZERO : ground.through().poll())) {
            case Result.Failed<Page>(Problem problem) ->
                last || !passes(problem) ? end(taker, problem) : away(taker, problem, after);
            case Result.Ok<Page>(Page page) -> page(taker, page, after, last);
        };
    }

    private long page(Intake taker, Page page, long after, boolean last) {
        if (!page.mails().isEmpty()) {
            boolean whole = handIn(taker, page.mails());
            here(taker, whole);
            return whole ? page.next() : after;
        }
        here(taker, true);
        if (page.next() > after) {
            return page.next();
        }
        if (last) {
            drained = page.behind() == 0;
            return drained ? -1 : afterAWhile(after);
        }
        if (ours && !page.defined() && !closing) {
            return end(taker, Problem.of(WaitMessage.UNIT_DELETED, "unit", ground.name()));
        }
        Step step = HomeDecider.arrange(taker.room(), page.behind(), page, ours);
        if (!closing && carryOut(step) instanceof Result.Failed<Boolean>(Problem problem)) {
            return passes(problem) ? away(taker, problem, after) : end(taker, problem);
        }
        return after;
    }

    /** A mail that was taken is being saved at the home. */
    private long afterAWhile(long after) {
        desk.rest(ground.through().retry(), () -> ended);
        return after;
    }

    private void here(Intake taker, boolean whole) {
        if (whole && silent > 0) {
            silent = 0;
            taker.trouble(Problem.of(WaitMessage.HOME_BACK, "unit", ground.name()));
        }
    }

    private long end(Intake taker, Problem problem) {
        if (!closing) {
            taker.failed(problem);
        }
        return -1;
    }

    /** The home is away, stops or starts: nothing is lost by waiting for it. */
    private static boolean passes(Problem problem) {
        return problem.kind() != MessageId.Kind.PERMANENT;
    }

    private long away(Intake taker, Problem problem, long after) {
        silent++;
        if (silent == 1) {
            // what the call survives is no error: the id of what happened stands in the warning; a full disk here needs
            // a person
            boolean here = problem.id().equals(WaitMessage.SCRATCH.id());
            taker.trouble(
                    here ? problem : Problem.of(WaitMessage.HOME_AWAY, "unit", ground.name(), "what", problem.id()));
        }
        desk.rest(ground.through().pause(silent), () -> closing || ended);
        return after;
    }

    /** Hands mails in, a batch after the other; answers whether all of them are through. */
    private boolean handIn(Intake taker, List<Taken> mails) {
        List<Taken> left = new ArrayList<>(mails);
        while (!left.isEmpty() && !ended) {
            List<Arrival> batch = new ArrayList<>();
            boolean whole = fetch(taker, left, batch);
            if (!batch.isEmpty()) {
                taker.arrived(batch);
                desk.awaitFinished(() -> ended);
                letGo(taker);
            }
            if (!whole) {
                return false;
            }
        }
        return !ended;
    }

    /** Takes from the list what fits into a batch; of mails with equal keys only one. Answers whether the home gave what was asked for. */
    private boolean fetch(Intake taker, List<Taken> left, List<Arrival> batch) {
        long bytes = 0;
        Set<String> keys = new HashSet<>();
        while (!left.isEmpty()
                && batch.size() < ground.limits().batchMails()
                && bytes < ground.limits().batchBytes()
                && keys.add(left.getFirst().key())) {
            Taken mail = left.getFirst();
            if (desk.stays(mail.key())) {
                left.removeFirst();
                continue;
            }
            Fetched fetched = mail.problem() != null ? new Fetched(new BytesSource(new byte[0]), null) : fetch(mail);
            if (fetched.problem != null) {
                if (passes(fetched.problem)) {
                    away(taker, fetched.problem, 0);
                } else {
                    end(taker, fetched.problem);
                }
                return false;
            }
            left.removeFirst();
            if (fetched.raw != null) {
                bytes += fetched.raw.size();
                batch.add(arrival(mail, fetched.raw));
                desk.handedIn(mail);
            }
        }
        return true;
    }

    /** A mail, or why it is not here; neither where it was let go. */
    private record Fetched(
            @Nullable RawSource raw, @Nullable Problem problem) {}

    private Fetched fetch(Taken mail) {
        HomeLanding landing = new HomeLanding(ground.scratch(), ground.limits().inMemoryBytes());
        Result<Boolean> came = home.fetch(mail.run(), landing);
        IOException full = landing.wrong();
        try {
            if (full == null && came instanceof Result.Ok<Boolean>(Boolean there) && there) {
                return new Fetched(landing.end(), null);
            }
        } catch (IOException wrong) {
            full = wrong;
        }
        landing.drop();
        if (full != null) {
            return new Fetched(null, ground.scratch().problem(full));
        }
        return new Fetched(null, came instanceof Result.Failed<Boolean>(Problem problem) ? problem : null);
    }

    private Arrival arrival(Taken mail, RawSource raw) {
        long until = mail.received().plus(ground.limits().joinWindow()).getEpochSecond();
        WaitRecord.Mail same = mail.atServer()
                ? new WaitRecord.Mail(mail.key(), null, null)
                : new WaitRecord.Mail(mail.key(), WaitRecord.Mail.AT_HOME + mail.mail(), until);
        String uid = UidKey.of(mail.key())
                .map(key -> Long.toString(key.uid()))
                .orElse(mail.key()
                        .substring(0, Math.min(UID_CHARACTERS, mail.key().length())));
        return new Arrival(same, uid, raw, mail.received(), mail.problem());
    }

    @Override
    public void decided(List<Arrival> mails, List<@Nullable Verdict> verdicts) {
        for (int i = 0; i < mails.size(); i++) {
            if (verdicts.get(i) instanceof Verdict.Known) {
                desk.known(mails.get(i).mail().key());
            }
        }
    }

    @Override
    public void unreadable(WaitRecord.Mail mail, Problem problem) {
        desk.told(mail.key());
    }

    @Override
    public void finished(List<Arrival> handled, SortedMap<Long, WaitRecord.Mail> acknowledge) {
        for (Map.Entry<Long, WaitRecord.Mail> entry : acknowledge.entrySet()) {
            desk.given(entry.getValue().key(), entry.getKey());
        }
        handled.forEach(arrival -> desk.finished(arrival.mail().key()));
    }

    /** Tells the home which mails have their receipts; what it does not hear now it hears later, or from the next call. */
    private void letGo(Intake taker) {
        for (HomeDesk.Receipt receipt : desk.receipts()) {
            if (home.letGo(receipt.run()) instanceof Result.Ok<Boolean>) {
                desk.gone(receipt);
                if (receipt.number() > 0) {
                    taker.acknowledged(UidSet.of(receipt.number()));
                }
            } else {
                return;
            }
        }
    }

    /** No mail is taken from now on; those that were taken just before come still. */
    @Override
    public void timeIsUp() {
        Thread present = reader;
        closing = true;
        desk.wake();
        close();
        if (present != null && closed) {
            join(present, ground.through().drain());
        }
    }

    private synchronized void close() {
        if (!closed && reached) {
            closed = new Deadline(ground.through().close()).asked(home::delete) instanceof Result.Ok<Boolean>;
        }
    }

    @Override
    public @Nullable Problem finish() {
        closing = true;
        close();
        ended = true;
        desk.wake();
        Thread present = reader;
        if (!reached) {
            over = true;
            return null;
        }
        if (present != null) {
            join(present, LAST_WORDS);
        }
        letGo(Objects.requireNonNull(intake));
        if (closed && drained && desk.isEmpty()) {
            forget();
        }
        over = true;
        return closed ? null : Problem.of(WaitMessage.UNIT_LEFT, "unit", ground.name());
    }

    /** The process is asked to end: what was taken is handed over, and nothing is left behind. Called by a thread of its own. */
    public void stop() {
        if (intake != null && !over) {
            timeIsUp();
            finish();
        }
    }

    private void forget() {
        try {
            ground.unit().forget();
        } catch (IOException left) {
            LOG.log(Level.DEBUG, "the next call goes on with the same unit", left);
        }
    }

    private static void join(Thread thread, Duration within) {
        try {
            thread.join(within);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks again while there is no answer and time is left. */
    private final class Deadline {
        private final long end;

        Deadline(Duration within) {
            this.end = ground.clock().nanos() + within.toNanos();
        }

        <T> Result<T> asked(Supplier<Result<T>> question) {
            int failures = 0;
            Result<T> answer = question.get();
            while (answer instanceof Result.Failed<T>(Problem problem) && passes(problem)) {
                failures++;
                long left = end - ground.clock().nanos();
                if (left <= 0) {
                    return answer;
                }
                Duration pause = ground.through().pause(failures);
                desk.rest(pause.toNanos() < left ? pause : Duration.ofNanos(left), () -> ended);
                answer = question.get();
            }
            return answer;
        }
    }
}
