package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.json.Json;
import ekiden.mail.send.MailQueue.State;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendOutcome.Refusal;
import ekiden.model.run.AttemptOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueuedTest {
    private static final Instant NOW = Instant.parse("2026-11-28T03:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Queued BEGIN =
            Queued.begin(new SendOutcome.Queued("", "u+ek1@x", true, List.of("a@x", "b@x")), List.of(), NOW);
    private static final Refusal GONE = new Refusal("b@x", 550, "nobody");

    private static Queued again(Queued queued, State state, Instant at) {
        Queued.Next next = queued.after(state, DAY, QueueLimits.DEFAULT, at);
        assertThat(next).isInstanceOf(Queued.Next.Again.class);
        return ((Queued.Next.Again) next).queued();
    }

    private static AttemptOutcome over(Queued queued, State state, Instant at) {
        Queued.Next next = queued.after(state, DAY, QueueLimits.DEFAULT, at);
        assertThat(next).isInstanceOf(Queued.Next.Over.class);
        return ((Queued.Next.Over) next).outcome();
    }

    private static String uncertain(AttemptOutcome outcome) {
        assertThat(outcome).isInstanceOf(AttemptOutcome.Uncertain.class);
        return ((AttemptOutcome.Uncertain) outcome).problem().id();
    }

    @Test
    void mailThatLeftIsSentAndWhoIsMissingIsNamed() {
        assertThat(over(BEGIN, new State.Left("4D", "250 Ok", List.of()), NOW))
                .isEqualTo(new AttemptOutcome.Sent("left as 4D: 250 Ok", List.of()));
        assertThat(over(BEGIN, new State.Left("4D", "250 Ok", List.of(GONE)), NOW))
                .isEqualTo(new AttemptOutcome.Sent(
                        "left as 4D: 250 Ok", List.of(new AttemptOutcome.Refusal("b@x", "550 nobody"))));
    }

    @Test
    void mailThatCameBackFromEverybodyIsNotSent() {
        State back = new State.Left("4D", "", List.of(new Refusal("a@x", 554, "full"), GONE));
        assertThat(over(BEGIN, back, NOW)).isInstanceOfSatisfying(AttemptOutcome.NotSent.class, not -> {
            assertThat(not.problem().id()).isEqualTo(AgentMessage.BOUNCED.id());
            assertThat(not.refused()).hasSize(2);
        });
    }

    @Test
    void mailThatWaitsIsUncertainWhenItsTimeIsOverNotBefore() {
        State waiting = new State.Waiting("4D", "deferred: refused");
        Queued before = again(BEGIN, waiting, NOW.plus(DAY).minusMillis(1));
        assertThat(before.id()).isEqualTo("4D");
        assertThat(uncertain(over(before, waiting, NOW.plus(DAY)))).isEqualTo(AgentMessage.STILL_QUEUED.id());
    }

    @Test
    void mailThatIsNotSeenIsLookedForAndSeenAgainBeginsAnew() {
        State missing = new State.NotSeen(null);
        Queued first = again(BEGIN, missing, NOW);
        Queued second = again(first, missing, NOW.plusSeconds(29));
        Queued seen = again(second, new State.Waiting("4D", "active"), NOW.plusSeconds(30));
        Queued third = again(seen, missing, NOW.plusSeconds(31));
        assertThat(third.unseen()).isEqualTo(NOW.plusSeconds(31));
        assertThat(uncertain(over(third, missing, NOW.plusSeconds(61)))).isEqualTo(AgentMessage.LEFT_UNSEEN.id());
    }

    @Test
    void noticesOfDeliveryShowThatAMailLeftWhereTheyAreForEverybodyAndNothingElseDoes() {
        State missing = new State.NotSeen("4D");
        State hidden = new State.Hidden(Problem.of(SendMessage.LOG_UNREADABLE, "log", "l", "detail", "d"));
        assertThat(BEGIN.shown(missing, List.of("A@x"))).isEqualTo(missing);
        assertThat(BEGIN.shown(missing, List.of("A@x", "b@X")))
                .isEqualTo(new State.Left("4D", "notices of delivery came back", List.of()));
        assertThat(BEGIN.shown(hidden, List.of("a@x", "b@x"))).isInstanceOf(State.Left.class);
        assertThat(BEGIN.shown(hidden, List.of())).isEqualTo(hidden);
        State waiting = new State.Waiting("4D", "deferred");
        assertThat(BEGIN.shown(waiting, List.of("a@x", "b@x"))).isEqualTo(waiting);
        State back = new State.Left("4D", "", List.of(GONE));
        assertThat(BEGIN.shown(back, List.of("a@x", "b@x"))).isEqualTo(back);
    }

    @Test
    void whatWasNotSeenWhenItsTimeIsOverWasNotSeenToLeave() {
        QueueLimits patient = QueueLimits.DEFAULT.unseen(DAY);
        Instant late = NOW.plusSeconds(60);
        Queued missed = ((Queued.Next.Again) BEGIN.after(new State.NotSeen("4D"), DAY, patient, late)).queued();
        Queued.Next next = missed.after(new State.NotSeen("4D"), DAY, patient, NOW.plus(DAY));
        assertThat(uncertain(((Queued.Next.Over) next).outcome())).isEqualTo(AgentMessage.LEFT_UNSEEN.id());
    }

    @Test
    void whatCannotBeSeenNowIsLookedForUntilItsTimeIsOver() {
        Problem passing = Problem.of(SendMessage.QUEUE_UNREADABLE, "program", "p", "detail", "d");
        Queued next = again(BEGIN, new State.Hidden(passing), NOW.plusSeconds(100));
        assertThat(next.told()).isEqualTo(passing);
        assertThat(uncertain(over(next, new State.Hidden(passing), NOW.plus(DAY))))
                .isEqualTo(AgentMessage.STILL_QUEUED.id());
        Problem lasting = Problem.of(SendMessage.NOT_FOLLOWED, "program", "p");
        assertThat(uncertain(over(BEGIN, new State.Hidden(lasting), NOW))).isEqualTo(SendMessage.NOT_FOLLOWED.id());
    }

    @Test
    void looksBecomeRarerUpToALimit() {
        Queued queued = BEGIN;
        assertThat(queued.pause(QueueLimits.DEFAULT)).isEqualTo(Duration.ofSeconds(1));
        for (int i = 0; i < 40; i++) {
            queued = again(queued, new State.Waiting("4D", ""), NOW);
        }
        assertThat(queued.pause(QueueLimits.DEFAULT)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void noteIsReadAsItWasWritten() throws Json.Unreadable {
        Queued queued = again(BEGIN, new State.Waiting("4D", "deferred: x"), NOW);
        assertThat(Json.read(Json.write(queued), Queued.class)).isEqualTo(queued);
        assertThat(Json.read(Json.write(BEGIN), Queued.class)).isEqualTo(BEGIN);
    }
}
