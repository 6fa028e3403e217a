package ekiden.mail.send.smtp;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Tasks;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendPhase;
import ekiden.mail.send.SendPhase.Fault;
import ekiden.mail.send.SendProgress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connections to one server. Safe from any thread. */
final class ServerPool {
    /** Replies with which a server asks for less, beside 421. */
    private static final Set<Integer> LESS = Set.of(450, 451, 452);

    private final SmtpSettings settings;
    private final PoolLimits limits;
    private final SmtpConnection.Means means;
    private final Clock clock;
    private final Tasks tasks;
    private final Ends ends;
    private final Gate gate;
    /** The one used last comes first, so that those too many grow old. */
    private final Deque<KeptConnection> resting = new ArrayDeque<>();

    /** Others are the better choice until then, because it could not be reached. */
    private volatile long downUntil;

    /**
     * Whether a connection may wait for the mail of one caller: not where the server does not hear what is said behind the end of a mail before that was answered,
     * which costs a connection once, nor where it has fewer connections than there are callers.
     */
    private volatile boolean announcing = true;

    private boolean sweeping;
    private boolean closed;

    ServerPool(SmtpSettings settings, PoolLimits limits, SmtpConnection.Means means) {
        this.settings = settings;
        this.limits = limits;
        this.means = means;
        this.clock = means.clock();
        this.tasks = means.tasks();
        this.ends = new Ends(settings);
        this.gate = new Gate(limits, clock);
        this.downUntil = clock.nanos();
    }

    SendOutcome submit(OutgoingMail mail, SendProgress progress) {
        long until = clock.nanos() + limits.turn().toNanos();
        while (gate.enter(until)) {
            try {
                Optional<SendOutcome> outcome = inTurn(mail, progress);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            } finally {
                gate.leave();
            }
        }
        return new SendOutcome.Failed(
                Problem.of(
                        SendMessage.NO_TURN,
                        "host",
                        settings.host(),
                        "port",
                        settings.port(),
                        "seconds",
                        limits.turn().toSeconds()),
                List.of());
    }

    /** {@return what became of the mail; empty where it must wait for another connection} */
    private Optional<SendOutcome> inTurn(OutgoingMail mail, SendProgress progress) {
        KeptConnection kept = take(mail);
        if (kept != null) {
            Optional<SendOutcome> outcome = carry(kept, mail, progress);
            if (outcome.isPresent()) {
                return outcome;
            }
        }
        SmtpConnection connection;
        try {
            connection = SmtpConnection.open(settings, means);
        } catch (SmtpFault fault) {
            if (fault.fault() == Fault.CLOSING && (givesUpAnnounced() || gate.crowded())) {
                return Optional.empty();
            }
            downUntil = clock.nanos() + limits.longestRest().toNanos();
            return Optional.of(heard(fault, ends.of(fault, List.of(), List.of())));
        } catch (SmtpStop stop) {
            downUntil = clock.nanos() + limits.longestRest().toNanos();
            return Optional.of(Ends.of(stop.problem(), List.of()));
        }
        return carry(new KeptConnection(connection, clock), mail, progress);
    }

    /** The server has no room for a further connection: one that waits for the mail of another caller makes room, and from now on none waits so. */
    private boolean givesUpAnnounced() {
        announcing = false;
        KeptConnection waiting = null;
        synchronized (this) {
            for (KeptConnection kept : resting) {
                waiting = kept.announced() ? kept : waiting;
            }
            resting.remove(waiting);
        }
        if (waiting == null) {
            return false;
        }
        waiting.close();
        return true;
    }

    /** A mail behind which none is announced. */
    private record Alone(SendProgress progress) implements SendProgress {
        @Override
        public boolean endingData() {
            return progress.endingData();
        }
    }

    /** {@return what became of the mail; empty where the connection had died while it rested, so that the mail has not begun} */
    private Optional<SendOutcome> carry(KeptConnection kept, OutgoingMail mail, SendProgress progress) {
        kept.begin();
        Transaction transaction = kept.transaction(mail);
        // how many a minute, and how many on each connection, holds for what is announced as well
        boolean one = !announcing || limits.perMinute() > 0 || kept.full(limits);
        try {
            SendOutcome outcome = transaction.run(one ? new Alone(progress) : progress);
            heard(outcome);
            return Optional.of(outcome);
        } catch (SmtpFault fault) {
            if (kept.used() && died(fault)) {
                announcing &= !(transaction.wasAnnounced() && fault.fault() == Fault.STALL);
                return Optional.empty();
            }
            return Optional.of(heard(fault, ends.of(fault, transaction.accepted(), transaction.refused())));
        } catch (SmtpStop stop) {
            return Optional.of(Ends.of(stop.problem(), transaction.refused()));
        } finally {
            back(kept, transaction);
        }
    }

    /** No word to the first command: the server had closed the connection, or forgotten it, before. */
    private static boolean died(SmtpFault fault) {
        return fault.phase() == SendPhase.MAIL
                && switch (fault.fault()) {
                    case DROP, STALL, CLOSING -> true;
                    case TRANSIENT, PERMANENT, GARBAGE -> false;
                };
    }

    private SendOutcome heard(SmtpFault fault, SendOutcome outcome) {
        SmtpReply reply = fault.reply();
        if (fault.fault() == Fault.CLOSING || (reply != null && LESS.contains(reply.code()))) {
            gate.asksForLess();
        }
        return outcome;
    }

    private void heard(SendOutcome outcome) {
        switch (outcome) {
            case SendOutcome.Accepted taken -> gate.took();
            case SendOutcome.PerRecipient taken -> gate.took();
            case SendOutcome.Failed putOff -> {
                if (putOff.refused().stream().anyMatch(one -> LESS.contains(one.code()))) {
                    gate.asksForLess();
                }
            }
            case SendOutcome.Queued none -> {} // no SMTP server queues without accepting
            case SendOutcome.Refused refused -> {}
            case SendOutcome.Uncertain uncertain -> {}
        }
    }

    private @Nullable KeptConnection take(OutgoingMail mail) {
        for (KeptConnection kept = poll(mail); kept != null; kept = poll(mail)) {
            if (kept.usable(limits)) {
                return kept;
            }
            kept.close();
        }
        return null;
    }

    /** The one that has announced the mail, otherwise the last one that has announced none. */
    private synchronized @Nullable KeptConnection poll(OutgoingMail mail) {
        KeptConnection best = null;
        for (KeptConnection kept : resting) {
            boolean better = best == null || (kept.announced() && !best.announced());
            if (better && kept.waitsFor(mail)) {
                best = kept;
            }
        }
        if (best != null) {
            resting.remove(best);
        }
        return best;
    }

    private void back(KeptConnection kept, Transaction transaction) {
        switch (transaction.after()) {
            case LOST -> kept.close();
            case CLEAN, RESET -> {
                kept.rest(transaction.after() == Transaction.After.RESET, transaction.next());
                boolean tooSoon = kept.announced() && gate.resting();
                if (tooSoon || kept.full(limits) || !keep(kept)) {
                    kept.quit();
                }
            }
        }
    }

    private synchronized boolean keep(KeptConnection kept) {
        if (closed) {
            return false;
        }
        resting.addFirst(kept);
        if (!sweeping) {
            sweeping = true;
            tasks.after(limits.idle(), "resting connections", this::sweep);
        }
        return true;
    }

    /** Ends what has rested long enough. */
    private void sweep() {
        List<KeptConnection> old = new ArrayList<>();
        synchronized (this) {
            long now = clock.nanos();
            KeptConnection last = resting.peekLast();
            while (last != null && now - last.since() >= limits.idle().toNanos()) {
                old.add(resting.removeLast());
                last = resting.peekLast();
            }
            sweeping = last != null;
            if (last != null) {
                long rest = limits.idle().toNanos() - (now - last.since());
                tasks.after(Duration.ofNanos(rest), "resting connections", this::sweep);
            }
        }
        old.forEach(KeptConnection::quit);
    }

    /** Whether others are the better choice at present. */
    boolean resting() {
        return gate.resting() || downUntil - clock.nanos() > 0;
    }

    SmtpSettings settings() {
        return settings;
    }

    /** Ends the connections that rest, and every other one as soon as its mail is through. */
    void close() {
        List<KeptConnection> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(resting);
            resting.clear();
        }
        all.forEach(KeptConnection::quit);
    }
}
