package ekiden.agent;

import ekiden.base.Problem;
import ekiden.mail.send.SendOutcome;
import ekiden.model.run.AttemptOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a mail stands that is sent in several tries: those who were put off (4xx) are tried again, and nobody who got it gets it again. What is
 * decided here is pure; kept as a note in the attempt's folder between two tries.
 *
 * @param made how often it was tried again, the coming one included; 0 before the first try
 * @param until when the coming try is, or null before the first
 * @param problem why it was not sent before, or null before the first
 * @param open who is still to get it; null for everybody
 * @param reply what the server said when it took the mail for some, or null while nobody has it
 * @param refused who will not get it
 */
record Tries(
        int made,
        @Nullable Instant until,
        @Nullable Problem problem,
        @Nullable List<String> open,
        @Nullable String reply,
        List<AttemptOutcome.Refusal> refused) {
    /** Before the first try. */
    static final Tries NONE = new Tries(0, null, null, null, null, List.of());

    /** Copies the lists. */
    Tries {
        open = open == null ? null : List.copyOf(open);
        refused = List.copyOf(refused);
    }

    /**
     * How often and when.
     *
     * @param most tries after the first
     * @param interval between two
     */
    record Rule(int most, Duration interval) {}

    /** What follows a try. */
    sealed interface Next {
        /**
         * Another one.
         *
         * @param tries how it stands
         */
        record Again(Tries tries) implements Next {}

        /**
         * None.
         *
         * @param outcome what became of the mail
         */
        record Over(AttemptOutcome outcome) implements Next {}
    }

    /**
     * Decides what follows a try.
     *
     * @param outcome of the try
     * @param rule how often and when
     * @param now the present
     * @return what follows
     */
    Next after(SendOutcome outcome, Rule rule, Instant now) {
        return switch (outcome) {
            case SendOutcome.Accepted accepted ->
                new Next.Over(new AttemptOutcome.Sent(MailDrafts.cut(accepted.reply()), refused));
            case SendOutcome.Queued queued ->
                new Next.Over(new AttemptOutcome.Sent(MailDrafts.queued(queued), refused));
            case SendOutcome.PerRecipient some -> afterSome(some, rule, now);
            case SendOutcome.Refused not -> new Next.Over(over(not.problem(), not.refused()));
            case SendOutcome.Failed failed ->
                made < rule.most()
                        ? new Next.Again(
                                new Tries(made + 1, now.plus(rule.interval()), failed.problem(), open, reply, refused))
                        : new Next.Over(over(failed.problem(), failed.refused()));
            case SendOutcome.Uncertain uncertain ->
                new Next.Over(new AttemptOutcome.Uncertain(uncertain.problem(), reply));
        };
    }

    private Next afterSome(SendOutcome.PerRecipient some, Rule rule, Instant now) {
        List<SendOutcome.Refusal> putOff =
                some.refused().stream().filter(one -> !one.permanent()).toList();
        String said = MailDrafts.cut(some.reply());
        if (putOff.isEmpty() || made >= rule.most()) {
            return new Next.Over(new AttemptOutcome.Sent(said, with(some.refused())));
        }
        SendOutcome.Refusal first = putOff.getFirst();
        Problem problem = Problem.of(
                AgentMessage.SOME_PUT_OFF,
                "count",
                putOff.size(),
                "recipient",
                first.recipient(),
                "reply",
                MailDrafts.refusal(first).answer());
        List<String> left = putOff.stream().map(SendOutcome.Refusal::recipient).toList();
        List<SendOutcome.Refusal> never =
                some.refused().stream().filter(SendOutcome.Refusal::permanent).toList();
        return new Next.Again(new Tries(made + 1, now.plus(rule.interval()), problem, left, said, with(never)));
    }

    /** What became of a mail whose next try was given up by a kill. */
    AttemptOutcome killed() {
        return reply == null || problem == null ? new AttemptOutcome.Killed() : over(problem, List.of());
    }

    /** What became of a mail that cannot be composed or handed over any more. */
    AttemptOutcome cannotGoOn(Problem why) {
        return over(why, List.of());
    }

    /** Nobody of those who were still to get it gets it, each as named or for that reason; others may have it from an earlier try. */
    private AttemptOutcome over(Problem problem, List<SendOutcome.Refusal> named) {
        List<AttemptOutcome.Refusal> all = with(named);
        if (reply == null) {
            return new AttemptOutcome.NotSent(problem, all);
        }
        List<String> told = named.stream().map(SendOutcome.Refusal::recipient).toList();
        List<String> silent = open == null
                ? List.of()
                : open.stream().filter(one -> !told.contains(one)).toList();
        silent.forEach(recipient -> all.add(new AttemptOutcome.Refusal(recipient, problem.id())));
        return new AttemptOutcome.Sent(reply, all);
    }

    private List<AttemptOutcome.Refusal> with(List<SendOutcome.Refusal> more) {
        List<AttemptOutcome.Refusal> all = new ArrayList<>(refused);
        more.forEach(one -> all.add(MailDrafts.refusal(one)));
        return all;
    }
}
