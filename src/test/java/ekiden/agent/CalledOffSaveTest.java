package ekiden.agent;

import static ekiden.agent.AgentRig.SAVES;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.mail.save.SaveMessage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Saves that wait for room, and are called off. */
class CalledOffSaveTest {
    private static final Assignment CALL = new Assignment.CallOffSave("1@w");

    private final AgentRig rig = new AgentRig(16);
    private final Assignment save = rig.save("1@w");

    private List<Report.MailSaved> answers() {
        return rig.manager.reports(Report.MailSaved.class);
    }

    private void givenUp() {
        assertThat(answers()).hasSize(1);
        assertThat(answers().getFirst().saved()).isNull();
        Problem problem = Objects.requireNonNull(answers().getFirst().problem());
        assertThat(problem.id()).isEqualTo(AgentMessage.SAVE_CALLED_OFF.id());
        assertThat(problem.values()).containsEntry("because", SaveMessage.DISK_FULL.id());
        assertThat(rig.manager.alarms).isEmpty();
        assertThat(rig.disk.files().keySet()).noneMatch(file -> file.startsWith(SAVES));
        rig.disk.capacity(Long.MAX_VALUE);
        rig.advance(Duration.ofHours(1));
        assertThat(answers()).hasSize(1);
        assertThat(rig.disk.files().keySet()).noneMatch(file -> file.startsWith(SAVES));
        assertThat(rig.agent().isIdle()).isTrue();
    }

    @Test
    void saveThatWaitsForRoomIsGivenUpAtOnce() {
        rig.disk.capacity(0);
        rig.give(save);
        assertThat(rig.manager.alarms).hasSize(1);
        rig.give(CALL);
        rig.give(CALL);
        givenUp();
    }

    @Test
    void saveThatWasCalledOffBeforeItCameIsGivenUpWhenTheCallComesAgain() {
        rig.disk.capacity(0);
        rig.give(CALL);
        rig.give(save);
        assertThat(answers()).isEmpty();
        rig.give(CALL);
        givenUp();
    }

    @Test
    void saveThatIsTakenUpAfterARestartIsGivenUp() {
        rig.disk.capacity(0);
        rig.give(save);
        rig.restart();
        rig.manager.waiting.addAll(List.of(save, CALL));
        rig.advance(rig.settings.sweep());
        rig.manager.waiting.clear();
        rig.advance(rig.settings.sweep().multipliedBy(2));
        givenUp();
    }

    private void bugInTheNextTry() {
        rig.disk.failAfter(0, () -> {
            throw new IllegalStateException("a bug in the saver");
        });
    }

    @Test
    void saveThatABugEndsIsToldAndCanBeCalledOff() {
        bugInTheNextTry();
        rig.give(save);
        bugInTheNextTry();
        rig.advance(rig.settings.retry());
        assertThat(answers()).isEmpty();
        assertThat(rig.manager.alarms.values()).extracting(Problem::id).containsExactly(AgentMessage.WORK_BUG.id());
        rig.give(CALL);
        assertThat(answers()).hasSize(1);
        assertThat(answers().getFirst().problem()).isNotNull();
        assertThat(rig.manager.alarms).isEmpty();
        assertThat(rig.agent().isIdle()).isTrue();
    }

    @Test
    void saveThatABugEndsWhileItIsTriedAgainIsTriedOnceMore() {
        rig.disk.capacity(0);
        rig.give(save);
        rig.disk.capacity(Long.MAX_VALUE);
        bugInTheNextTry();
        rig.advance(rig.settings.retry());
        assertThat(answers()).isEmpty();
        assertThat(rig.manager.alarms).hasSize(1);
        rig.advance(rig.settings.retry());
        assertThat(answers()).hasSize(1);
        assertThat(answers().getFirst().problem()).isNull();
        assertThat(rig.manager.alarms).isEmpty();
        assertThat(rig.agent().isIdle()).isTrue();
    }

    @Test
    void saveThatCanBeMadeIsMadeInSpiteOfTheCall() {
        rig.give(CALL);
        rig.give(save);
        rig.give(CALL);
        assertThat(answers()).hasSize(1);
        assertThat(answers().getFirst().problem()).isNull();
        assertThat(rig.agent().isIdle()).isTrue();
    }
}
