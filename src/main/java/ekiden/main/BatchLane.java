package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.PreparedMail;
import ekiden.mail.send.SendOnce;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends mails of a batch, one after the other; composes the next one before the present one leaves. Whatever goes wrong with a mail, memory that is
 * not enough included, ends that mail with a result, and the lane goes on. Belongs to one thread.
 */
final class BatchLane implements Runnable {
    private static final Logger LOG = LazyLogger.of(BatchLane.class);

    private final BatchWork work;
    private final BatchQueue queue;
    private Hand sending = new Hand();
    private Hand next = new Hand();
    /** Which of the two is worked on. */
    private Hand busy = sending;

    BatchLane(BatchWork work, BatchQueue queue) {
        this.work = work;
        this.queue = queue;
    }

    /** Room for a mail that is in hand; made once, so that a mail never is nowhere for want of memory. */
    private static final class Hand {
        private @Nullable BatchEntry entry;
        /** Null where the line is no mail. */
        private @Nullable String messageId;
        /** Composed, or not; null where that is still to be done. */
        private @Nullable Result<PreparedMail> mail;
        /** Whether its end has been noted, so that it may have been delivered. */
        private boolean ending;

        private boolean settled;
        /** Whether others may follow. */
        private boolean goOn;

        BatchEntry held() {
            return Objects.requireNonNull(entry);
        }

        @Nullable
        OutgoingMail outgoing() {
            return mail instanceof Result.Ok<PreparedMail>(PreparedMail prepared) ? prepared.mail() : null;
        }
    }

    @Override
    public void run() {
        try {
            boolean goOn = true;
            while (goOn) {
                goOn = one();
            }
        } finally {
            queue.laneEnded();
        }
    }

    /** {@return whether there may be another one} */
    private boolean one() {
        try {
            return sent();
        } catch (Throwable broken) {
            return told(broken);
        }
    }

    private boolean sent() {
        if (sending.entry == null) {
            Hand free = sending;
            sending = next;
            next = free;
        }
        busy = sending;
        if (sending.entry == null) {
            sending.entry = queue.take();
        }
        if (sending.entry == null) {
            return false;
        }
        compose(sending);
        if (next.entry == null) {
            next.entry = queue.poll();
        }
        if (next.entry != null) {
            compose(next);
        }
        busy = sending;
        submit(sending, next);
        boolean goOn = sending.goOn && !queue.calledOff();
        if (!goOn) {
            return leave();
        }
        through(sending);
        return true;
    }

    private void compose(Hand hand) {
        busy = hand;
        if (hand.mail != null) {
            return;
        }
        BatchEntry entry = hand.held();
        switch (entry.order()) {
            case Result.Failed<MailOrder>(Problem problem) -> hand.mail = Result.failed(problem);
            case Result.Ok<MailOrder>(MailOrder order) -> {
                String messageId = work.results().messageId(entry.key());
                hand.messageId = messageId;
                hand.mail = work.prepared(order, messageId);
            }
        }
    }

    private void submit(Hand hand, Hand following) {
        switch (Objects.requireNonNull(hand.mail)) {
            case Result.Failed<PreparedMail>(Problem problem) -> settle(hand, work.failed(problem));
            case Result.Ok<PreparedMail>(PreparedMail mail) -> {
                Progress progress = new Progress(hand, following, mail);
                SendOnce.Report report =
                        SendOnce.submit(mail, work.means().profile().sender(), progress);
                if (!hand.settled) {
                    settle(hand, report);
                }
            }
        }
    }

    private void settle(Hand hand, SendOnce.Report report) {
        BatchEntry entry = hand.held();
        if (BatchTally.proven(report)) {
            queue.prove();
        }
        boolean kept = work.settle(entry, hand.messageId, report);
        hand.settled = true;
        hand.goOn = kept && (hand.messageId == null || work.tally().usable(entry, report));
    }

    /** What a sender is told of a mail: its end is noted, its answer is kept at once, and the next one is known. */
    private final class Progress implements SendProgress {
        private final Hand hand;
        private final Hand following;
        private final PreparedMail mail;

        Progress(Hand hand, Hand following, PreparedMail mail) {
            this.hand = hand;
            this.following = following;
            this.mail = mail;
        }

        @Override
        public boolean endingData() {
            BatchEntry entry = hand.held();
            hand.ending = work.results().ending(entry.key(), entry.line());
            return hand.ending;
        }

        @Override
        public void answered(SendOutcome outcome) {
            settle(hand, SendOnce.report(mail, outcome));
        }

        @Override
        public @Nullable OutgoingMail following() {
            return following.outgoing();
        }
    }

    /** Something nobody had thought of, or no memory: the mail that was worked on has a result all the same. {@return whether there may be another one} */
    private boolean told(Throwable broken) {
        try {
            LOG.log(Level.DEBUG, "a mail of a batch broke off", broken);
            Hand hand = busy;
            if (hand.entry == null) {
                return work.tally().stop(broke(0, broken));
            }
            boolean goOn = hand.goOn;
            if (hand.settled) {
                // only what comes behind the result broke off, as a copy
                work.tally().worsen(broke(hand.held().line(), broken));
            } else {
                goOn = work.settle(hand.held(), hand.messageId, report(hand, broken));
            }
            if (!goOn || queue.calledOff()) {
                return leave();
            }
            through(hand);
            return true;
        } catch (Throwable again) {
            LOG.log(Level.DEBUG, "and could not be told", again);
            return leave();
        }
    }

    /** What has no result yet is left, and the journal knows it where need be. No further mail is given out before a lane has room. {@return false} */
    private boolean leave() {
        queue.stop();
        through(sending);
        through(next);
        return false;
    }

    private SendOnce.Report report(Hand hand, Throwable broken) {
        BatchEntry entry = hand.held();
        OutgoingMail mail = hand.outgoing();
        if (!hand.ending || mail == null) {
            return work.failed(broke(entry.line(), broken));
        }
        Problem unknown = Problem.of(
                MailCommandMessage.BATCH_BROKE_AT_END, "line", entry.line(), "id", entry.key(), "reason", name(broken));
        return new SendOnce.Report(
                ExitCode.UNCERTAIN, new SendOutcome.Uncertain(unknown, mail.recipients(), List.of()), unknown);
    }

    /** Why a line has not been worked on to its end. */
    static Problem broke(long line, Throwable broken) {
        return broken instanceof OutOfMemoryError
                ? Problem.of(MailCommandMessage.BATCH_NO_MEMORY, "line", line)
                : Problem.of(MailCommandMessage.BATCH_BROKE, "line", line, "reason", name(broken));
    }

    /** Not its message: that may repeat a piece of the mail. */
    private static String name(Throwable broken) {
        return broken.getClass().getSimpleName();
    }

    private void through(Hand hand) {
        BatchEntry entry = hand.entry;
        Result<PreparedMail> mail = hand.mail;
        hand.entry = null;
        hand.messageId = null;
        hand.mail = null;
        hand.ending = false;
        hand.settled = false;
        hand.goOn = false;
        if (entry == null) {
            return;
        }
        try {
            if (mail instanceof Result.Ok<PreparedMail>(PreparedMail prepared)) {
                prepared.close();
            }
        } finally {
            queue.done(entry);
        }
    }
}
