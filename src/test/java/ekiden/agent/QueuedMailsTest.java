package ekiden.agent;

import static ekiden.agent.AgentRig.kill;
import static ekiden.agent.AgentRig.mail;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.mail.send.MailQueue.State;
import ekiden.model.definition.MailExtras;
import ekiden.model.run.AttemptOutcome;
import ekiden.testing.Extras;
import ekiden.testing.MemoryMailSender.Fate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jobs whose mail stands in a queue of this machine. */
class QueuedMailsTest {
    private static final State WAITING = new State.Waiting("4D", "deferred: refused");
    private static final State LEFT = new State.Left("4D", "250 Ok", List.of());

    private final AgentRig rig = new AgentRig(1);

    private static Assignment.SubmitMail endsQueued(String job) {
        return mail(job, List.of("customer@shop.example"), null, Extras.endsAt(MailExtras.EndsAt.QUEUED));
    }

    private List<String> told() {
        return rig.manager.reports(Report.AttemptPutOff.class).stream()
                .map(Report.AttemptPutOff::problem)
                .map(Problem::toString)
                .toList();
    }

    private void uncertain(MessageId message) {
        assertThat(rig.outcome("reply"))
                .isInstanceOfSatisfying(
                        AttemptOutcome.Uncertain.class,
                        uncertain -> assertThat(uncertain.problem().id()).isEqualTo(message.id()));
    }

    @Test
    void jobEndsWhenItsMailHasLeftAndTellsMeanwhileWhyItHasNot() {
        rig.sender.next(Fate.QUEUE).inQueue(WAITING);
        rig.give(mail("reply"));
        rig.advance(Duration.ofMinutes(10));
        assertThat(rig.outcome("reply")).isNull();
        assertThat(told()).hasSize(2);
        assertThat(told().getLast()).contains("deferred: refused");

        rig.sender.inQueue(LEFT);
        rig.advance(Duration.ofMinutes(1));
        assertThat(rig.outcome("reply")).isEqualTo(new AttemptOutcome.Sent("left as 4D: 250 Ok", List.of()));
        assertThat(rig.sender.submissions()).isEqualTo(1);
    }

    @Test
    void jobThatEndsAtQueuedDoesNotWait() {
        rig.sender.next(Fate.QUEUE).inQueue(WAITING);
        rig.give(endsQueued("reply"));
        assertThat(rig.outcome("reply"))
                .isEqualTo(new AttemptOutcome.Sent("queued as own+orders@localhost", List.of()));
    }

    @Test
    void waitingSurvivesARestartAndNothingIsSentTwice() {
        rig.sender.next(Fate.QUEUE).inQueue(WAITING);
        rig.give(mail("reply"));
        rig.advance(Duration.ofMinutes(5));
        rig.restart();
        rig.give(mail("reply"));
        rig.advance(Duration.ofMinutes(5));
        assertThat(rig.outcome("reply")).isNull();

        rig.sender.inQueue(LEFT);
        rig.advance(Duration.ofMinutes(1));
        assertThat(rig.outcome("reply")).isInstanceOf(AttemptOutcome.Sent.class);
        assertThat(rig.sender.submissions()).isEqualTo(1);
    }

    private void delivered(String... recipients) {
        rig.give(new Assignment.TellDelivered(mail("reply").attempt(), List.of(recipients)));
    }

    @Test
    void noticesOfDeliveryAreWaitedForAndEndTheJobAlsoAfterARestart() {
        rig.sender.next(Fate.QUEUE).telling();
        rig.give(mail("reply", "a@x", "b@x"));
        rig.advance(Duration.ofMinutes(5));
        delivered("a@x");
        rig.restart();
        rig.give(mail("reply", "a@x", "b@x"));
        rig.advance(Duration.ofMinutes(5));
        assertThat(rig.outcome("reply")).isNull();

        delivered("a@x", "b@x");
        assertThat(rig.outcome("reply"))
                .isEqualTo(new AttemptOutcome.Sent("left as ?: notices of delivery came back", List.of()));
        assertThat(rig.sender.submissions()).isEqualTo(1);
    }

    @Test
    void aNoticeBeforeTheRestartIsNotForgottenAndOneOfAStrangerLeavesNoTrace() {
        delivered("a@x");
        assertThat(rig.disk.exists(rig.file("reply", "delivered"))).isFalse();
        rig.sender.next(Fate.QUEUE).telling().inQueue(WAITING);
        rig.give(mail("reply", "a@x"));
        delivered("a@x");
        rig.advance(Duration.ofMinutes(1));
        assertThat(rig.outcome("reply")).isNull();
        rig.restart();
        rig.sender.inQueue(new State.NotSeen("4D"));
        rig.give(mail("reply", "a@x"));
        rig.advance(Duration.ofMinutes(2));
        assertThat(rig.outcome("reply")).isInstanceOf(AttemptOutcome.Sent.class);
    }

    @Test
    void noticesThatNeverComeLeaveTheMailUncertainWhenItsTimeIsOver() {
        rig.sender.next(Fate.QUEUE).telling();
        rig.give(mail("reply", "a@x", "b@x"));
        delivered("a@x");
        rig.advance(Duration.ofHours(1));
        assertThat(rig.outcome("reply")).isNull();
        rig.advance(Duration.ofHours(2));
        uncertain(AgentMessage.LEFT_UNSEEN);
    }

    @Test
    void killEndsTheWaitingAndTheMailStaysUncertain() {
        rig.sender.next(Fate.QUEUE).inQueue(WAITING);
        rig.give(mail("reply"));
        rig.advance(Duration.ofMinutes(5));
        rig.give(kill("reply"));
        uncertain(AgentMessage.QUEUE_KILLED);
    }

    @Test
    void killBetweenTwoLivesIsNotForgotten() throws IOException {
        rig.sender.next(Fate.QUEUE).inQueue(WAITING);
        rig.give(mail("reply"));
        rig.write(rig.file("reply", "kill"), "");
        rig.restart();
        rig.give(mail("reply"));
        uncertain(AgentMessage.QUEUE_KILLED);
    }

    @Test
    void mailThatNobodySawLeaveIsUncertainAndSoIsOneThatStaysTooLong() {
        rig.sender.next(Fate.QUEUE);
        rig.give(mail("reply"));
        rig.advance(Duration.ofMinutes(2));
        uncertain(AgentMessage.LEFT_UNSEEN);

        rig.sender.next(Fate.QUEUE).inQueue(WAITING);
        rig.give(mail("other"));
        rig.advance(Duration.ofHours(3));
        assertThat(rig.outcome("other")).isInstanceOf(AttemptOutcome.Uncertain.class);
    }
}
