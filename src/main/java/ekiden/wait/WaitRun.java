package ekiden.wait;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.model.mail.Trace;
import ekiden.model.mail.UidSet;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call that waits: a thread opens, matches and takes, another saves and prints, the source reads the mailbox meanwhile. Batches go from hand to
 * hand in their order, a few at a time; who is ahead waits.
 */
public final class WaitRun implements MailSource.Intake {
    private static final Logger LOG = LazyLogger.of(WaitRun.class);
    /** Deliveries that wait to share a force; each has a connection of its own behind it. */
    private static final int DELIVERIES_AHEAD = 64;

    private final WaitJournal journal;
    private final WaitWork work;
    private final MailSource source;
    private final WaitWork.Ports ports;
    private final Consumer<Problem> trouble;
    private final BlockingQueue<List<Arrival>> arrived;
    private final BlockingQueue<WaitWork.Batch> opened;
    private final CountDownLatch watched = new CountDownLatch(1);
    private final CountDownLatch enough = new CountDownLatch(1);
    private final AtomicReference<@Nullable Problem> fatal = new AtomicReference<>();
    private final AtomicReference<@Nullable Problem> ofMails = new AtomicReference<>();
    private volatile boolean accepting = true;

    private WaitRun(WaitJournal journal, WaitWork.Ports ports, MailSource source, Consumer<Problem> trouble) {
        this.journal = journal;
        this.work = new WaitWork(ports, journal);
        this.source = source;
        this.ports = ports;
        this.trouble = trouble;
        this.arrived = new ArrayBlockingQueue<>(
                source.waitedFor() ? DELIVERIES_AHEAD : ports.limits().batchesAhead());
        this.opened = new ArrayBlockingQueue<>(ports.limits().batchesAhead());
    }

    /**
     * How a call ended.
     *
     * @param printed lines that were printed
     * @param problem what stopped it before its time, or null
     * @param ofMails what the first line with an error says, or null
     * @param atEnd what could not be done at the mailbox, or null
     */
    public record Outcome(
            int printed,
            @Nullable Problem problem,
            @Nullable Problem ofMails,
            @Nullable Problem atEnd) {}

    /**
     * Waits for mails until there are enough, the time is up, or nothing more can be done.
     *
     * @param state where the journal lies
     * @param ports what the work stands on
     * @param source where mails come from
     * @param ready called when the mailbox is watched
     * @param trouble told what a person should know meanwhile
     * @param within how long, or null for ever
     * @return how it ended
     */
    public static Outcome run(
            WaitState state,
            WaitWork.Ports ports,
            MailSource source,
            Runnable ready,
            Consumer<Problem> trouble,
            @Nullable Duration within) {
        Clock clock = ports.clock();
        return switch (WaitJournal.open(state.disk(), state.folder(), state.id(), ports.limits(), clock.now())) {
            case Result.Failed<WaitJournal>(Problem problem) -> new Outcome(0, problem, null, null);
            case Result.Ok<WaitJournal>(WaitJournal journal) -> {
                try (journal) {
                    yield new WaitRun(journal, ports, source, trouble).run(ready, within);
                } catch (IOException wrong) {
                    yield new Outcome(0, journal.problem(wrong), null, null);
                }
            }
        };
    }

    private Outcome run(Runnable ready, @Nullable Duration within) throws IOException {
        Problem unusable = work.begin();
        if (unusable != null) {
            return new Outcome(0, unusable, null, null);
        }
        Thread opening = thread("ekiden-wait-open", this::openAll);
        Thread finishing = thread("ekiden-wait-save", this::finishAll);
        Problem unreachable = source.start(this);
        if (unreachable == null) {
            ready.run();
        } else {
            fail(unreachable);
        }
        watched.countDown();
        await(within);
        if (fatal.get() == null) {
            source.timeIsUp();
        }
        work.noMore();
        accepting = false;
        put(arrived, List.of());
        join(opening);
        join(finishing);
        Problem atEnd = source.finish();
        Problem problem = fatal.get();
        if (problem == null) {
            work.end();
        }
        return new Outcome(work.printed(), problem, ofMails.get(), atEnd);
    }

    private Thread thread(String name, Step step) {
        return Thread.ofPlatform().name(name).daemon().start(() -> {
            try {
                step.run();
            } catch (IOException wrong) {
                fail(journal.problem(wrong));
            } catch (InterruptedException stop) {
                LOG.log(Level.DEBUG, "{0} was interrupted", name);
            } catch (RuntimeException | Error bug) {
                LOG.log(Level.ERROR, name + " ended by a bug", bug);
                fail(Problem.of(WaitMessage.BUG, "bug", bug.getClass().getSimpleName()));
            }
        });
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private void await(@Nullable Duration within) {
        try {
            if (within == null) {
                enough.await();
            } else if (!enough.await(within.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.log(Level.DEBUG, "the time is up");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(Problem problem) {
        fatal.compareAndSet(null, problem);
        work.noMore();
        enough.countDown();
    }

    /** After a failure what still comes is let go, so that nobody waits for a step that will not be done. */
    private <T> void put(BlockingQueue<T> queue, T one) {
        try {
            while (!queue.offer(one, 100, TimeUnit.MILLISECONDS)) {
                if (fatal.get() != null) {
                    return;
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> @Nullable T take(BlockingQueue<T> queue) throws InterruptedException {
        while (fatal.get() == null) {
            T one = queue.poll(100, TimeUnit.MILLISECONDS);
            if (one != null) {
                return one;
            }
        }
        return null;
    }

    private void openAll() throws IOException, InterruptedException {
        boolean last = false;
        while (!last) {
            List<Arrival> mails = take(arrived);
            last = mails == null || mails.isEmpty();
            if (mails != null && !last) {
                WaitWork.Batch batch = work.open(source.waitedFor() ? withThoseBehind(mails) : mails);
                if (source.waitedFor()) {
                    work.force();
                    source.decided(batch.mails(), batch.verdicts());
                }
                put(opened, batch);
            }
        }
        put(opened, WaitWork.Batch.end());
    }

    /** Whoever waits for a verdict shares the force with those who came meanwhile. */
    private List<Arrival> withThoseBehind(List<Arrival> first) {
        List<Arrival> all = new ArrayList<>(first);
        List<Arrival> next = arrived.peek();
        while (next != null && !next.isEmpty() && all.size() < ports.limits().batchMails()) {
            all.addAll(arrived.remove());
            next = arrived.peek();
        }
        return all;
    }

    private void finishAll() throws IOException, InterruptedException {
        watched.await();
        WaitWork.Batch batch = take(opened);
        while (batch != null && !batch.isEnd()) {
            switch (work.finish(batch, follows(), source::unreadable)) {
                case Result.Failed<WaitWork.Finished>(Problem problem) -> fail(problem);
                case Result.Ok<WaitWork.Finished>(WaitWork.Finished done) -> {
                    if (!done.problems().isEmpty()) {
                        ofMails.compareAndSet(null, done.problems().getFirst());
                    }
                    source.finished(batch.mails(), done.acknowledge());
                }
            }
            if (work.printed() >= ports.count()) {
                enough.countDown();
            }
            batch = take(opened);
        }
    }

    /** Whether another batch is there already. */
    private boolean follows() {
        WaitWork.Batch next = opened.peek();
        return next != null && !next.isEnd();
    }

    @Override
    public void arrived(List<Arrival> mails) {
        if (accepting && !mails.isEmpty()) {
            put(arrived, List.copyOf(mails));
        } else {
            mails.forEach(mail -> mail.raw().close());
        }
    }

    @Override
    public void acknowledged(UidSet numbers) {
        try {
            work.acknowledged(numbers);
        } catch (IOException wrong) {
            fail(journal.problem(wrong));
        }
    }

    @Override
    public void failed(Problem problem) {
        fail(problem);
    }

    @Override
    public void trouble(Problem problem) {
        trouble.accept(problem);
    }

    @Override
    public int room() {
        return work.room();
    }

    @Override
    public UidSet settled(String group) {
        return work.settled(group);
    }

    @Override
    public WaitBook.Before before(String folder, String group) {
        return work.before(folder, group);
    }

    @Override
    public Map<Long, Trace> last(String group) {
        return work.last(group);
    }

    @Override
    public List<WaitRecord.Open> open() {
        return work.open();
    }
}
