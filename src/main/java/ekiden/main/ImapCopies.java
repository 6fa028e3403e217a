package ekiden.main;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.mail.receive.imap.Filing;
import ekiden.mail.receive.imap.FilingCabinet;
import ekiden.mail.send.OutgoingMail;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies of sent mails in a folder at an IMAP server, over one connection that is kept for the next one. Whoever keeps a copy waits no longer than is said,
 * whatever the server does. Safe from any thread.
 */
final class ImapCopies implements AutoCloseable {
    /** Pause between two looks for what may go. */
    static final Duration LOOK = Duration.ofHours(1);

    /** So long a connection rests before it is ended; servers end it after 30 min. */
    static final Duration REST = Duration.ofMinutes(1);

    /** So long after one was waited for in vain the others wait only for {@link #BRIEF}. */
    static final Duration LATE_REST = Duration.ofMinutes(1);

    /** Enough for a server that is well. */
    static final Duration BRIEF = Duration.ofSeconds(1);

    /** A server numbers days by its own clock and zone. */
    private static final Duration DAY = Duration.ofDays(1);

    private final Supplier<Result<FilingCabinet>> opener;
    private final @Nullable Duration age;
    private final Tasks tasks;
    private final ReentrantLock inUse = new ReentrantLock(true);
    private final AtomicReference<@Nullable FilingCabinet> open = new AtomicReference<>();
    private @Nullable Instant looked;
    private @Nullable Problem notRemoved;
    private long uses;
    /** When one was waited for in vain, or null where the server has answered since. */
    private volatile @Nullable Instant late;

    private volatile boolean closed;

    /**
     * @param opener opens the folder
     * @param age how long copies stay, or null for always
     * @param tasks for the work that nobody waits for
     */
    ImapCopies(Supplier<Result<FilingCabinet>> opener, @Nullable Duration age, Tasks tasks) {
        this.opener = opener;
        this.age = age;
        this.tasks = tasks;
    }

    /** How it ended. */
    sealed interface Kept {
        /**
         * The copy is there.
         *
         * @param notRemoved why those that are too old are there too, if so
         */
        record Yes(@Nullable Problem notRemoved) implements Kept {}

        /**
         * It is not there.
         *
         * @param problem why
         */
        record No(Problem problem) implements Kept {}

        /**
         * Not in time.
         *
         * @param waited how long
         */
        record Late(Duration waited) implements Kept {}
    }

    /** One copy, and who waits for it. */
    private final class Work {
        private final Filing mail;
        private final Instant now;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile @Nullable Kept end;
        private volatile boolean givenUp;
        private volatile @Nullable FilingCabinet using;

        Work(Filing mail, Instant now) {
            this.mail = mail;
            this.now = now;
        }

        void run() {
            inUse.lock();
            try {
                if (!givenUp && !closed) {
                    end = put(this);
                    uses++;
                    long mine = uses;
                    tasks.after(REST, "a connection for copies rests", () -> rested(mine));
                }
            } finally {
                inUse.unlock();
                done.countDown();
            }
        }

        /** Takes what is under way from the one that works for it. */
        void giveUp() {
            givenUp = true;
            FilingCabinet cabinet = using;
            if (cabinet != null) {
                cabinet.close();
            }
        }
    }

    /**
     * Keeps a copy. Where one was waited for in vain a short while ago, it is not waited for as long again: a server that answers nothing would hold up each mail.
     */
    Kept keep(OutgoingMail mail, Instant now, Duration within) {
        Instant before = late;
        boolean impatient = before != null
                && Duration.between(before, now).abs().compareTo(LATE_REST) < 0
                && within.compareTo(BRIEF) > 0;
        Kept kept = await(mail, now, impatient ? BRIEF : within);
        if (!(kept instanceof Kept.Late)) {
            late = null;
        } else if (!impatient) {
            late = now;
        }
        return kept;
    }

    private Kept await(OutgoingMail mail, Instant now, Duration within) {
        Work work = new Work(
                new Filing(
                        mail.messageId(),
                        now,
                        mail.content().size(),
                        () -> mail.content().open()),
                now);
        tasks.run("sent copy", work::run);
        try {
            if (work.done.await(within.toNanos(), TimeUnit.NANOSECONDS)) {
                Kept end = work.end;
                return end == null ? new Kept.Late(within) : end;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        work.giveUp();
        return new Kept.Late(within);
    }

    /** Once more where a connection that rested turns out to be gone: what it did is found by the search. */
    private Kept put(Work work) {
        boolean rested = open.get() != null;
        Kept first = putOnce(work);
        FilingCabinet gone = open.get();
        return rested && first instanceof Kept.No && gone == null && !work.givenUp ? putOnce(work) : first;
    }

    private Kept putOnce(Work work) {
        FilingCabinet cabinet = open.get();
        if (cabinet == null) {
            switch (opener.get()) {
                case Result.Failed<FilingCabinet>(Problem problem) -> {
                    return new Kept.No(problem);
                }
                case Result.Ok<FilingCabinet>(FilingCabinet opened) -> cabinet = opened;
            }
            open.set(cabinet);
        }
        work.using = cabinet;
        if (work.givenUp || closed) {
            cabinet.close();
        }
        Result<Boolean> put = cabinet.put(work.mail);
        if (put instanceof Result.Ok<Boolean>) {
            removeOld(cabinet, work.now);
        }
        if (cabinet.over()) {
            cabinet.close();
            open.set(null);
        }
        return switch (put) {
            case Result.Ok<Boolean> there -> new Kept.Yes(notRemoved);
            case Result.Failed<Boolean>(Problem problem) -> new Kept.No(problem);
        };
    }

    private void removeOld(FilingCabinet cabinet, Instant now) {
        Duration stays = age;
        Instant before = looked;
        boolean due = before == null || Duration.between(before, now).abs().compareTo(LOOK) >= 0;
        if (stays == null || !due) {
            return;
        }
        looked = now;
        notRemoved = cabinet.removeBefore(now.minus(stays).minus(DAY)) instanceof Result.Failed<Long>(Problem problem)
                ? problem
                : null;
    }

    /** Ends the connection where nobody has used it since. */
    private void rested(long since) {
        if (!inUse.tryLock()) {
            return;
        }
        try {
            FilingCabinet cabinet = since == uses ? open.getAndSet(null) : null;
            if (cabinet != null) {
                cabinet.leave();
            }
        } finally {
            inUse.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        boolean free = inUse.tryLock();
        try {
            FilingCabinet cabinet = open.getAndSet(null);
            if (cabinet != null && free) {
                cabinet.leave();
            } else if (cabinet != null) {
                cabinet.close();
            }
        } finally {
            if (free) {
                inUse.unlock();
            }
        }
    }
}
