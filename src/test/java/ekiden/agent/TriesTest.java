package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.json.Json;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendOutcome.Refusal;
import ekiden.model.run.AttemptOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TriesTest {
    private static final Instant NOW = Instant.parse("2026-11-28T03:00:00Z");
    private static final Tries.Rule TWICE = new Tries.Rule(2, Duration.ofMinutes(1));
    private static final Problem LOST = Problem.of(SendMessage.LOST, "host", "h", "port", 25);
    private static final Refusal GREY = new Refusal("b@x.example", 450, "later");
    private static final Refusal GONE = new Refusal("c@x.example", 550, "nobody");
    private static final SendOutcome SOME =
            new SendOutcome.PerRecipient("250 1", List.of("a@x.example"), List.of(GREY, GONE));

    private static Tries again(Tries tries, SendOutcome outcome) {
        Tries.Next next = tries.after(outcome, TWICE, NOW);
        assertThat(next).isInstanceOf(Tries.Next.Again.class);
        return ((Tries.Next.Again) next).tries();
    }

    private static AttemptOutcome over(Tries tries, SendOutcome outcome) {
        Tries.Next next = tries.after(outcome, TWICE, NOW);
        assertThat(next).isInstanceOf(Tries.Next.Over.class);
        return ((Tries.Next.Over) next).outcome();
    }

    private static List<String> refused(AttemptOutcome outcome) {
        assertThat(outcome).isInstanceOf(AttemptOutcome.Sent.class);
        return ((AttemptOutcome.Sent) outcome)
                .refused().stream().map(AttemptOutcome.Refusal::recipient).toList();
    }

    @Test
    void onlyThoseWhoWerePutOffAreTriedAgain() {
        Tries tries = again(Tries.NONE, SOME);
        assertThat(tries.open()).containsExactly("b@x.example");
        assertThat(tries.until()).isEqualTo(NOW.plusSeconds(60));
        assertThat(refused(over(tries, new SendOutcome.Accepted("250 2", List.of("b@x.example")))))
                .containsExactly("c@x.example");
    }

    @Test
    void triesEndAtTheirLimitAndWhoWasPutOffUntilThenIsNamed() {
        Tries once = again(Tries.NONE, SOME);
        SendOutcome still = new SendOutcome.Failed(LOST, List.of(GREY));
        Tries twice = again(once, still);
        assertThat(twice.made()).isEqualTo(TWICE.most());
        assertThat(refused(over(twice, still))).containsExactly("c@x.example", "b@x.example");
        assertThat(refused(over(twice, new SendOutcome.Failed(LOST, List.of()))))
                .containsExactly("c@x.example", "b@x.example");
    }

    @Test
    void mailThatNobodyHasIsNotSentWhenTheTriesAreOver() {
        SendOutcome failed = new SendOutcome.Failed(LOST, List.of());
        Tries twice = again(again(Tries.NONE, failed), failed);
        assertThat(twice.open()).isNull();
        assertThat(over(twice, failed)).isEqualTo(new AttemptOutcome.NotSent(LOST, List.of()));
    }

    @Test
    void refusalOfThoseWhoWerePutOffLeavesTheMailSentToTheOthers() {
        Tries tries = again(Tries.NONE, SOME);
        Refusal never = new Refusal("b@x.example", 550, "never");
        assertThat(refused(over(tries, new SendOutcome.Refused(LOST, List.of(never)))))
                .containsExactly("c@x.example", "b@x.example");
    }

    @Test
    void uncertainTryIsNotTriedAgainHoweverManyAreLeft() {
        SendOutcome uncertain = new SendOutcome.Uncertain(LOST, List.of("b@x.example"), List.of());
        assertThat(over(again(Tries.NONE, SOME), uncertain)).isEqualTo(new AttemptOutcome.Uncertain(LOST, "250 1"));
    }

    @Test
    void mailThatCannotBeComposedForALaterTrySaysWhoHasIt() {
        assertThat(refused(again(Tries.NONE, SOME).cannotGoOn(LOST))).containsExactly("c@x.example", "b@x.example");
        assertThat(Tries.NONE.cannotGoOn(LOST)).isEqualTo(new AttemptOutcome.NotSent(LOST, List.of()));
    }

    @Test
    void noteIsReadAsItWasWritten() throws Json.Unreadable {
        Tries tries = again(Tries.NONE, SOME);
        assertThat(Json.read(Json.write(tries), Tries.class)).isEqualTo(tries);
    }
}
