package ekiden.agent;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.MailboxSession.Wanted;
import ekiden.mail.receive.ReaderAction;
import ekiden.mail.receive.ReaderEvent;
import ekiden.mail.receive.ReaderMachine;
import ekiden.mail.receive.ReaderPhase;
import ekiden.mail.receive.ReaderState;
import ekiden.mail.receive.Wait;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.UidSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one folder of a mailbox at a server, as {@link ReaderMachine} decides: does the calls of the session one after another on a strand,
 * and tells the machine what came of them. A watchdog beside it closes a session whose answer is overdue. Safe from any thread.
 */
final class FolderReader {
    /** What the keys of its alarms begin with. */
    static final String ALARM = "mailbox/";

    private final ReaderDesk desk;
    private final WatchedFolder watched;
    private final ReaderProblems problems;
    private final Strand strand;
    private final FolderSight sight;
    private final FolderFetch fetch;
    private final FolderDeeds deeds;
    private final FolderWorks works;
    private final AnnouncedMails told;
    private final Waking waking;
    private final PutBack putBack;

    private volatile ReaderState state;
    private volatile @Nullable MailboxSession session;
    private volatile boolean overdue;
    private volatile @Nullable Instant answered;
    private final AtomicLong looks = new AtomicLong();
    /** Counts the sessions; what an older one still says does not matter. */
    private final AtomicInteger life = new AtomicInteger();
    /** The UIDVALIDITY that a person allowed to be followed, or that waits for that (negative); 0 for none. */
    private volatile long allowed;

    FolderReader(ReaderDesk desk, WatchedFolder watched) {
        this.desk = desk;
        this.watched = watched;
        this.problems = new ReaderProblems(watched);
        this.told = new AnnouncedMails(desk, watched, problems);
        this.strand = new Strand(desk.ports().tasks(), "reader of " + watched.label());
        this.putBack = new PutBack(desk, watched, strand);
        this.sight = new FolderSight(desk, watched);
        this.waking = new Waking(desk.ports().tasks(), strand, this::waitingSession, this::workWaits);
        this.works = new FolderWorks(desk, watched, strand, told, this::wake);
        this.fetch = new FolderFetch(desk, watched.settings().limits(), sight, this::progress);
        this.deeds = new FolderDeeds(desk, watched);
        this.state = ReaderMachine.begin(now(), watched.settings()).state();
    }

    ReaderDesk desk() {
        return desk;
    }

    WatchedFolder watched() {
        return watched;
    }

    FolderFetch fetch() {
        return fetch;
    }

    private long now() {
        return desk.ports().clock().nanos();
    }

    void start() {
        strand.post(() -> {
            ReaderMachine.Step first = ReaderMachine.begin(now(), watched.settings());
            state = first.state();
            first.actions().forEach(this::perform);
        });
        watch(watched.settings().deadline());
    }

    /** Ends the reader; what is on its way ends by itself. */
    void stop() {
        strand.post(() -> {
            on(new ReaderEvent.Stopped());
            fetch.close();
            deeds.giveUp();
            works.giveUp();
        });
        closeSession();
    }

    private boolean stopped() {
        return state.phase() == ReaderPhase.STOPPED;
    }

    /** Adds an after-receive action. */
    void add(FolderDeeds.Order order) {
        deeds.add(order);
        strand.post(this::wake);
    }

    /** Adds other work. */
    void add(FolderWork work) {
        strand.post(() -> {
            if (stopped()) {
                work.giveUp();
            } else {
                works.add(work);
            }
        });
    }

    /** A wait that is under way ends; the look that follows does the work first. */
    private void wake() {
        if (stopped()) {
            deeds.giveUp();
        }
        waking.wake();
    }

    private @Nullable MailboxSession waitingSession() {
        return state.phase() == ReaderPhase.WAITING ? session : null;
    }

    private boolean workWaits() {
        return deeds.isDue() || !works.isEmpty();
    }

    /** A person allows the folder's new UIDs to be followed. */
    void resume() {
        strand.post(() -> {
            if (allowed < 0) {
                allowed = -allowed;
                state = ReaderMachine.wasTold(state);
                on(new ReaderEvent.Retried());
            }
        });
    }

    /** People were told of this folder's reader before this one, and not that it is over. */
    void wasTold() {
        strand.post(() -> state = ReaderMachine.wasTold(state));
    }

    /** People were told of after-receive actions of this folder before this reader, and not that it is over. */
    void wasToldOfDeeds() {
        strand.post(deeds::wasTold);
    }

    /** People were told of a mail that could not be read before this reader, and not that it is over. */
    void wasTold(long uid) {
        strand.post(() -> told.before(uid));
    }

    ReaderStatus status() {
        ReaderState present = state;
        MailboxSession open = session;
        return new ReaderStatus(
                watched.mailbox(),
                watched.folder(),
                present.phase(),
                answered,
                present.problem(),
                open == null ? null : open.server(),
                looks.get(),
                life.get(),
                fetch.bytes(),
                fetch.receiving(),
                fetch.putOff().status());
    }

    /** Whether nothing is on its way but waits and looks. */
    boolean isIdle() {
        boolean still = state.phase() == ReaderPhase.WAITING && deeds.isEmpty() && strand.isIdle();
        return still && works.isEmpty() && !sight.waits();
    }

    private void progress() {
        state = ReaderMachine.progress(state, now(), watched.settings());
    }

    /** Looks whether the server's answer is overdue; the session is closed from outside, which ends the call that waits. */
    private void watch(Duration after) {
        desk.ports().tasks().after(after, "watchdog of " + watched.label(), () -> {
            if (stopped()) {
                return;
            }
            long late = now() - state.due();
            // first, so that no bug ends the watch
            watch(late >= 0 ? watched.settings().deadline() : Duration.ofNanos(-late));
            if (late >= 0 && state.phase() != ReaderPhase.BACKING_OFF && allowed >= 0) {
                overdue = true;
                strand.post(() -> on(problems.missed()));
                closeSession();
            }
        });
    }

    private void closeSession() {
        MailboxSession present = session;
        session = null;
        if (present != null) {
            present.close();
        }
    }

    private void failed(Problem problem) {
        Problem first = deeds.sessionLost();
        on(overdue ? problems.missed() : new ReaderEvent.Failed(first == null ? problem : first));
    }

    private void on(ReaderEvent event) {
        double chance = desk.ports().chance().getAsDouble();
        ReaderMachine.Step step = ReaderMachine.decide(state, event, now(), chance, watched.settings());
        state = step.state();
        step.actions().forEach(this::perform);
    }

    private void perform(ReaderAction action) {
        switch (action) {
            case ReaderAction.Open ignored -> open();
            case ReaderAction.Look ignored -> look();
            case ReaderAction.Read ignored -> read();
            case ReaderAction.Await(Wait how) -> await(how);
            case ReaderAction.Close ignored -> closeSession();
            case ReaderAction.BackOff(Duration pause) ->
                desk.ports()
                        .tasks()
                        .after(pause, "connect again", () -> strand.post(() -> on(new ReaderEvent.Retried())));
            case ReaderAction.Rebind ignored -> rebind();
            case ReaderAction.Alarm(Problem problem) -> alarm(problem);
            case ReaderAction.AllClear ignored -> alarm(null);
            case ReaderAction.GiveUpJobs(Problem problem) ->
                desk.reports().put(new Report.MailboxFailing(desk.ports().ids().next(), watched.mailbox(), problem));
        }
    }

    private void alarm(@Nullable Problem problem) {
        desk.reports().alarm(desk.ports().ids().next(), ALARM + watched.label(), problem);
    }

    private void open() {
        life.incrementAndGet();
        overdue = false;
        switch (watched.server().open()) {
            case Result.Failed<MailboxSession>(Problem problem) -> failed(problem);
            case Result.Ok<MailboxSession>(MailboxSession opened) -> {
                session = opened;
                int mine = life.get();
                cursor(mine, cursor -> putBack.look(opened, cursor, others -> opened(mine, opened, cursor, others)));
            }
        }
    }

    private void opened(int mine, MailboxSession open, @Nullable Cursor cursor, UidSet others) {
        if (mine != life.get() || !open.equals(session)) {
            return;
        }
        long uidValidity = open.folder().uidValidity();
        if (uidValidity == 0) {
            failed(problems.noUidValidity());
            return;
        }
        told.usedAgain(sight.opened(cursor, open, others));
        on(new ReaderEvent.Opened(cursor != null && cursor.uidValidity() != uidValidity));
    }

    private void look() {
        MailboxSession open = session;
        if (open == null) {
            failed(problems.lost());
            return;
        }
        Problem lost = work(open);
        if (lost != null) {
            failed(lost);
        } else if (sight.cursor() == null) {
            firstLook(open);
        } else {
            search(open);
        }
    }

    private @Nullable Problem work(MailboxSession open) {
        Problem lost = desk.run(watched, deeds, open);
        return lost == null ? works.run(open) : lost;
    }

    private void search(MailboxSession open) {
        switch (open.search(Wanted.ALL, sight.range())) {
            case Result.Failed<UidSet>(Problem problem) -> failed(problem);
            case Result.Ok<UidSet>(UidSet present) -> {
                answered();
                told.stillThere(present.minus(sight.settled()));
                desk.dropLeftovers(watched, sight, present);
                UidSet gone = sight.found(present, now());
                Runnable then = () -> on(new ReaderEvent.Answered(!sight.todo().isEmpty()));
                if (gone.isEmpty()) {
                    then.run();
                } else {
                    settle(open, gone, then);
                }
            }
        }
    }

    private void answered() {
        looks.incrementAndGet();
        deeds.sessionLives();
        answered = desk.ports().clock().now();
    }

    /** What does not count at the first look is settled before anything is read, in one commit. */
    private void firstLook(MailboxSession open) {
        switch (FirstSight.of(open, watched.settings().firstLook())) {
            case Result.Failed<UidSet>(Problem problem) -> failed(problem);
            case Result.Ok<UidSet>(UidSet settled) -> {
                answered();
                sight.follow(new Cursor(watched.folder(), open.folder().uidValidity(), UidSet.EMPTY));
                settle(open, settled, () -> search(open));
            }
        }
    }

    /** Settles mails that have no row of their own. */
    private void settle(MailboxSession open, UidSet uids, Runnable then) {
        int mine = life.get();
        long uidValidity = open.folder().uidValidity();
        Report.Settled settled = new Report.Settled(watched.mailbox(), watched.folder(), uidValidity, uids);
        Report.MailsFound report = new Report.MailsFound(desk.ports().ids().next(), List.of(), settled);
        desk.asking()
                .<Verdict>ask(
                        "report of settled mails",
                        () -> !stopped(),
                        answer -> desk.ports().manager().found(report, answer),
                        verdict -> strand.post(() -> {
                            if (verdict instanceof Verdict.Kept) {
                                sight.settle(uidValidity, uids);
                            }
                            if (mine == life.get()) {
                                settled(verdict, then);
                            }
                        }));
    }

    private void settled(Verdict verdict, Runnable then) {
        switch (verdict) {
            case Verdict.Kept ignored -> then.run();
            case Verdict.Stale ignored -> throw new IllegalStateException("nothing was tested");
            case Verdict.Outdated outdated -> failed(problems.renumbered(outdated.uidValidity()));
        }
    }

    private void read() {
        MailboxSession open = session;
        if (open == null) {
            failed(problems.lost());
            return;
        }
        int mine = life.get();
        long uidValidity = open.folder().uidValidity();
        new FolderHaul(desk, watched, open, fetch, strand, outcome -> hauled(mine, uidValidity, outcome))
                .begin(sight.portion());
    }

    /** A commit counts whatever became of the session. */
    private void hauled(int mine, long uidValidity, FolderHaul.Outcome outcome) {
        if (outcome instanceof FolderHaul.Outcome.Kept(var settled, var missing, var unproved)) {
            sight.settle(uidValidity, settled);
            told.wereRead(settled);
            if (mine == life.get()) {
                told.waitFor(missing, unproved, sight, now());
            }
        }
        if (mine != life.get()) {
            return;
        }
        switch (outcome) {
            case FolderHaul.Outcome.Kept kept ->
                on(new ReaderEvent.WasRead(!kept.settled().isEmpty()));
            case FolderHaul.Outcome.Lost lost -> {
                if (sight.lostAt(lost.at(), now())) {
                    told.endsSessions(lost.at());
                }
                failed(lost.problem());
            }
            case FolderHaul.Outcome.Outdated ignored -> failed(problems.renumbered(uidValidity));
        }
    }

    private void await(Wait wanted) {
        MailboxSession open = session;
        if (open == null) {
            failed(problems.lost());
            return;
        }
        int mine = life.get();
        long began = now();
        Wait paced = desk.shortLooks().paced(wanted, watched.settings(), began);
        Wait until = workWaits() ? Wait.quiet(Duration.ZERO) : paced;
        Duration pause = watched.settings().limits().announcedPause();
        desk.ports()
                .waits()
                .await(
                        open,
                        sight.misses() ? until.noLongerThan(pause) : until,
                        () -> !watched.settings().close() && desk.shortLooks().giveWay(now()),
                        woken -> strand.post(() -> {
                            desk.shortLooks().over(paced, now() - began);
                            if (mine == life.get()) {
                                woken(woken);
                            }
                        }));
    }

    private void woken(Result<MailboxSession.Woken> woken) {
        switch (woken) {
            case Result.Ok<MailboxSession.Woken>(MailboxSession.Woken by) -> {
                desk.heard(by);
                on(new ReaderEvent.Woken());
            }
            case Result.Failed<MailboxSession.Woken>(Problem problem) -> failed(problem);
        }
    }

    private void rebind() {
        MailboxSession open = session;
        Cursor cursor = sight.cursor();
        if (open == null || cursor == null) {
            failed(problems.lost());
            return;
        }
        long uidValidity = open.folder().uidValidity();
        boolean ask = switch (watched.settings().renumbered()) {
            case REBIND -> false;
            case ASK -> allowed != uidValidity;
        };
        if (ask) {
            allowed = -uidValidity;
            closeSession();
            alarm(problems.renumbered(uidValidity));
            return;
        }
        int mine = life.get();
        FolderRebind.Begin begin = new FolderRebind.Begin(open, cursor, () -> mine == life.get() && !stopped());
        new FolderRebind(desk, watched, begin, strand, problem -> {
                    if (mine == life.get()) {
                        rebound(problem);
                    }
                })
                .begin();
    }

    /** What it is now the manager knows: it is asked again. */
    private void rebound(@Nullable Problem problem) {
        if (problem != null) {
            failed(problem);
            return;
        }
        MailboxSession open = session;
        if (allowed > 0) {
            allowed = 0;
            alarm(null);
        }
        int mine = life.get();
        cursor(mine, cursor -> {
            if (mine == life.get() && open != null) {
                told.stillThere(UidSet.EMPTY);
                sight.follow(cursor);
                on(new ReaderEvent.Rebound());
            }
        });
    }

    /** Asks how far the folder is settled; heard on the strand, while this session is wanted. */
    private void cursor(int mine, Consumer<@Nullable Cursor> answer) {
        desk.asking()
                .<Optional<Cursor>>ask(
                        "cursor of " + watched.label(),
                        () -> mine == life.get() && !stopped(),
                        told -> desk.ports().manager().cursor(watched.mailbox(), watched.folder(), told),
                        cursor -> strand.post(() -> answer.accept(cursor.orElse(null))));
    }
}
