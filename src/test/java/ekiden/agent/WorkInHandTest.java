package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.link.Assignment;
import ekiden.link.Report;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Between the end of a piece of work and the manager's commit of its report, the manager takes it for undone. */
class WorkInHandTest {
    private final AgentRig rig = new AgentRig(16);
    private final Assignment save = rig.save("1@w");

    private List<Report.MailSaved> saved() {
        return rig.manager.reports(Report.MailSaved.class);
    }

    @Test
    void saveWhoseReportIsNotYetCommittedIsNotBegunAgain() {
        rig.manager.commitsLate = true;
        rig.give(save);
        rig.manager.waiting.add(save);
        rig.advance(rig.settings.sweep());
        assertThat(saved().stream().map(Report::id).distinct())
                .as("one report, sent again")
                .hasSize(1);

        rig.manager.waiting.clear();
        rig.manager.commit();
        assertThat(rig.agent().isIdle()).isTrue();
    }

    @Test
    void listOfWhatWaitsThatIsOlderThanTheEndOfASaveDoesNotBeginItAgain() {
        WorkInHand hand = new WorkInHand();
        hand.begin(save.key());
        WorkInHand.Question question = hand.ask();
        hand.end(save.key());
        assertThat(hand.stillWaiting(question, List.of(save))).isEmpty();
        assertThat(hand.stillWaiting(hand.ask(), List.of(save))).containsExactly(save);
    }

    @Test
    void answerToAnEarlierQuestionCountsNoMore() {
        WorkInHand hand = new WorkInHand();
        WorkInHand.Question lost = hand.ask();
        WorkInHand.Question next = hand.ask();
        assertThat(hand.stillWaiting(lost, List.of(save))).isEmpty();
        assertThat(hand.stillWaiting(next, List.of(save))).containsExactly(save);
        assertThat(hand.stillWaiting(next, List.of(save))).isEmpty();
    }

    @Test
    void workThatIsUndoneAfterItsEndIsBegunAgainByTheNextList() {
        rig.give(save);
        rig.manager.waiting.add(save);
        rig.advance(rig.settings.sweep());
        rig.manager.waiting.clear();
        rig.advance(Duration.ofSeconds(1));
        assertThat(saved()).hasSize(2);
    }
}
