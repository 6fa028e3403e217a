package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.link.Report;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A disk that is nearly full is told before work waits for it. */
class FreeSpaceTest {
    private static final long LEAST = 1L << 30;

    private final AgentRig rig = new AgentRig(16);

    private List<String> changes() {
        return rig.manager.reports(Report.AlarmChanged.class).stream()
                .filter(change -> change.key().startsWith("free/"))
                .map(change ->
                        change.problem() == null ? "over" : change.problem().id())
                .toList();
    }

    private void later() {
        rig.advance(Duration.ofMinutes(1));
    }

    @Test
    void alarmComesBelowTheLimitOnceAndGoesWithATenthMore() {
        rig.disk.room = LEAST;
        later();
        assertThat(changes()).isEmpty();
        rig.disk.room = LEAST - 1;
        later();
        later();
        assertThat(changes()).containsExactly("EKDM0308-W");
        rig.disk.room = LEAST + LEAST / 10 - 1;
        later();
        assertThat(changes()).hasSize(1);
        rig.disk.room = LEAST + LEAST / 10;
        later();
        assertThat(changes()).containsExactly("EKDM0308-W", "over");
    }

    @Test
    void alarmOfTheProcessBeforeEndsWhereThereIsRoomAgain() {
        rig.disk.room = 0;
        later();
        assertThat(changes()).hasSize(1);
        rig.disk.room = Long.MAX_VALUE;
        rig.restart();
        rig.advance(Duration.ofMinutes(2));
        assertThat(rig.manager.alarms).isEmpty();
    }

    @Test
    void folderOutsideTheHomeIsLookedAtAsFarAsItDoesNotDependOnTheMail() {
        rig.give(rig.save("1@w"));
        rig.disk.room = 0;
        later();
        assertThat(rig.manager.alarms.keySet())
                .allMatch(key -> key.startsWith("free/"))
                .anyMatch(key -> key.equals("free/" + AgentRig.SAVES));
    }
}
