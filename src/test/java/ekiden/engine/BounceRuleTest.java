package ekiden.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.definition.MailExtras;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SendMail;
import ekiden.model.mail.Bounce;
import ekiden.model.mail.Returned;
import ekiden.model.run.BounceCause;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.testing.Extras;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BounceRuleTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final int MOST = 3;

    private static Run run(@Nullable BounceCause bounce) {
        UUID id = new UUID(0, 1);
        return new Run(id, "/a", 1, id, RunStatus.RUNNING, null, bounce, false, null, List.of(), NOW, null, null, 1);
    }

    private static SendMail send(@Nullable String onBounce) {
        MailExtras extras = Extras.onBounce(onBounce);
        return new SendMail("p", List.of("a@b"), List.of(), List.of(), "s", "t", null, List.of(), extras);
    }

    private static Returned returned(long mail, Bounce.Action action) {
        return new Returned("send", mail, NOW, new Bounce.Recipient("u" + mail + "@b", action, "5.1.1", "no"));
    }

    @Test
    void aMailThatWillNotArriveStartsWhatItsJobNames() {
        List<Returned> fresh = List.of(returned(9, Bounce.Action.FAILED));
        assertThat(BounceRule.starts(run(null), send("/b"), List.of(), fresh, MOST))
                .contains("/b");
        assertThat(BounceRule.starts(run(null), send(null), List.of(), fresh, MOST))
                .isEmpty();
        RunCommand command = new RunCommand(List.of("true"), Map.of(), null, 0, 0);
        assertThat(BounceRule.starts(run(null), command, List.of(), fresh, MOST))
                .isEmpty();
    }

    @Test
    void whatIsNotNewOrMayStillArriveStartsNothing() {
        List<Returned> known = List.of(returned(9, Bounce.Action.FAILED));
        assertThat(BounceRule.starts(run(null), send("/b"), known, List.of(), MOST))
                .isEmpty();
        for (Bounce.Action action : Bounce.Action.values()) {
            assertThat(BounceRule.starts(run(null), send("/b"), List.of(), List.of(returned(9, action)), MOST)
                            .isPresent())
                    .isEqualTo(action == Bounce.Action.FAILED);
        }
    }

    private static Returned failed(long mail, String address, String status) {
        return new Returned("send", mail, NOW, new Bounce.Recipient(address, Bounce.Action.FAILED, status, "no"));
    }

    @Test
    void theSameRecipientUnderAnotherCodeOrInOtherLettersStartsNothingMore() {
        List<Returned> known = List.of(failed(7, "Taro@b", "5.1.1"));
        for (Returned again : List.of(failed(8, "Taro@b", "5.0.0"), failed(9, "taro@B", "5.1.1"))) {
            assertThat(BounceRule.starts(run(null), send("/b"), known, List.of(again), MOST))
                    .isEmpty();
        }
        List<Returned> partly = List.of(failed(9, "taro@b", "5.0.0"), failed(9, "jiro@b", "5.0.0"));
        assertThat(BounceRule.starts(run(null), send("/b"), known, partly, MOST))
                .contains("/b");
    }

    @Test
    void oneMailStartsOnlySoMany() {
        List<Returned> before = LongStream.range(0, MOST)
                .mapToObj(mail -> returned(mail, Bounce.Action.FAILED))
                .toList();
        List<Returned> fresh = List.of(returned(9, Bounce.Action.FAILED));
        assertThat(BounceRule.starts(run(null), send("/b"), before.subList(1, MOST), fresh, MOST))
                .isPresent();
        assertThat(BounceRule.starts(run(null), send("/b"), before, fresh, MOST))
                .isEmpty();
    }

    @Test
    void whatSuchARunSendsStartsNothing() {
        Run started = run(new BounceCause("<1@x>", "/a#1", "send", 7));
        assertThat(BounceRule.starts(started, send("/a"), List.of(), List.of(returned(9, Bounce.Action.FAILED)), MOST))
                .isEmpty();
    }
}
