package ekiden.agent;

import ekiden.base.BackOff;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.mail.send.MailQueue.State;
import ekiden.mail.send.SendOutcome;
import ekiden.model.run.AttemptOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a mail stands that is in the queue of this machine. What is decided here is pure; kept as a note in the attempt's folder.
 *
 * @param sender its envelope sender
 * @param own whether no other mail has that sender
 * @param recipients for whom it is queued
 * @param reply what the command said
 * @param since when it was queued
 * @param refused who was refused in an earlier try
 * @param looks how often it was looked for
 * @param id its queue id, or null while it is not known
 * @param unseen since when it has not been seen, or null
 * @param told what was last told of it, or null
 */
record Queued(
        String sender,
        boolean own,
        List<String> recipients,
        String reply,
        Instant since,
        List<AttemptOutcome.Refusal> refused,
        int looks,
        @Nullable String id,
        @Nullable Instant unseen,
        @Nullable Problem told) {
    /** Copies the lists. */
    Queued {
        recipients = List.copyOf(recipients);
        refused = List.copyOf(refused);
    }

    /** Just now. */
    static Queued begin(SendOutcome.Queued mail, List<AttemptOutcome.Refusal> refused, Instant now) {
        return new Queued(
                mail.sender(), mail.own(), mail.recipients(), mail.reply(), now, refused, 0, null, null, null);
    }

    /** What follows a look. */
    sealed interface Next {
        /**
         * Another one.
         *
         * @param queued how it stands
         */
        record Again(Queued queued) implements Next {}

        /**
         * None.
         *
         * @param outcome what became of the mail
         */
        record Over(AttemptOutcome outcome) implements Next {}
    }

    /**
     * Decides what follows a look.
     *
     * @param state what was seen
     * @param patience how long it may stay in the queue
     * @param limits how long it is looked for where it is not seen
     * @param now the present
     * @return what follows
     */
    Next after(State state, Duration patience, QueueLimits limits, Instant now) {
        return switch (state) {
            case State.Left left -> new Next.Over(left(left));
            case State.Waiting waiting -> {
                Problem problem = Problem.of(AgentMessage.IN_QUEUE, "id", waiting.id(), "reason", waiting.reason());
                yield again(waiting.id(), null, problem, patience, now);
            }
            case State.NotSeen(String known) -> notSeen(known == null ? id : known, patience, limits, now);
            case State.Hidden(Problem problem) ->
                problem.kind() == MessageId.Kind.RETRYABLE
                        ? again(id, unseen, problem, patience, now)
                        : new Next.Over(new AttemptOutcome.Uncertain(problem, kept()));
        };
    }

    /**
     * Takes notices of delivery for evidence where nothing else shows that the mail left, and only of all of it: who wrote them is not proven.
     *
     * @param state what was seen
     * @param delivered whose notices came back
     * @return what that means
     */
    State shown(State state, List<String> delivered) {
        return switch (state) {
            case State.Left _, State.Waiting _ -> state;
            case State.NotSeen(String known) -> shown(state, known == null ? id : known, delivered);
            case State.Hidden _ -> shown(state, id, delivered);
        };
    }

    private State shown(State state, @Nullable String known, List<String> delivered) {
        Set<String> all =
                delivered.stream().map(one -> one.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        boolean everybody =
                recipients.stream().map(one -> one.toLowerCase(Locale.ROOT)).allMatch(all::contains);
        return everybody ? new State.Left(shown(known), "notices of delivery came back", List.of()) : state;
    }

    private Next notSeen(@Nullable String known, Duration patience, QueueLimits limits, Instant now) {
        Instant missed = unseen == null ? now : unseen;
        if (!now.isBefore(missed.plus(limits.unseen())) || !now.isBefore(since.plus(patience))) {
            return new Next.Over(uncertain(AgentMessage.LEFT_UNSEEN, known, ""));
        }
        Problem problem = told == null ? Problem.of(AgentMessage.IN_QUEUE, "id", shown(known), "reason", "") : told;
        return again(known, missed, problem, patience, now);
    }

    private Next again(
            @Nullable String known, @Nullable Instant missed, Problem problem, Duration patience, Instant now) {
        Queued next = new Queued(sender, own, recipients, reply, since, refused, looks + 1, known, missed, problem);
        boolean over = !now.isBefore(since.plus(patience));
        return over
                ? new Next.Over(uncertain(
                        AgentMessage.STILL_QUEUED, known, problem.values().getOrDefault("reason", "")))
                : new Next.Again(next);
    }

    private AttemptOutcome left(State.Left left) {
        List<AttemptOutcome.Refusal> all = new ArrayList<>(refused);
        left.bounced().forEach(one -> all.add(MailDrafts.refusal(one)));
        Set<String> gone =
                left.bounced().stream().map(SendOutcome.Refusal::recipient).collect(Collectors.toSet());
        if (!gone.containsAll(recipients)) {
            return new AttemptOutcome.Sent(MailDrafts.cut("left as " + left.id() + ": " + left.reply()), all);
        }
        SendOutcome.Refusal first = left.bounced().getFirst();
        Problem problem = Problem.of(
                AgentMessage.BOUNCED,
                "id",
                left.id(),
                "count",
                gone.size(),
                "recipient",
                first.recipient(),
                "reply",
                MailDrafts.refusal(first).answer());
        return new AttemptOutcome.NotSent(problem, all);
    }

    /** What is known of it when nobody waits for it any more: it stays in the queue. */
    AttemptOutcome killed() {
        return uncertain(AgentMessage.QUEUE_KILLED, id, "");
    }

    private AttemptOutcome uncertain(AgentMessage message, @Nullable String known, String reason) {
        Problem problem = Problem.of(message, "id", shown(known), "sender", sender, "reason", reason);
        return new AttemptOutcome.Uncertain(problem, kept());
    }

    private String kept() {
        return MailDrafts.queued(sender, reply);
    }

    private static String shown(@Nullable String known) {
        return known == null ? "?" : known;
    }

    /** {@return the pause before the next look} */
    Duration pause(QueueLimits limits) {
        return BackOff.doubled(limits.firstLook(), looks, limits.longestPause());
    }
}
