package ekiden.agent;

import static ekiden.agent.AgentRig.SAVES;
import static ekiden.agent.AgentRig.command;
import static ekiden.agent.AgentRig.mail;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.model.run.AttemptOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alarms of work that waits for room on a disk. */
class DiskAlarmsTest {
    private static final String FOLDER = "disk/" + SAVES;

    private final AgentRig rig = new AgentRig(16);

    private List<Report.AlarmChanged> changes() {
        return rig.manager.reports(Report.AlarmChanged.class).stream()
                .filter(change -> change.key().startsWith("disk/"))
                .toList();
    }

    private void room(boolean there) {
        rig.disk.capacity(there ? Long.MAX_VALUE : 0);
    }

    @Test
    void savingThatWaitsForRoomReportsItsAlarmOnce() {
        Assignment one = rig.save("1@w");
        Assignment two = rig.save("2@w");
        room(false);
        rig.give(one);
        rig.give(two);
        rig.advance(Duration.ofHours(1));
        assertThat(changes()).hasSize(1);
        assertThat(rig.manager.alarms).containsOnlyKeys(FOLDER);
        room(true);
        rig.advance(Duration.ofMinutes(1));
        assertThat(rig.manager.reports(Report.MailSaved.class)).hasSize(2);
        assertThat(changes()).hasSize(2);
        assertThat(rig.manager.alarms).isEmpty();
    }

    @Test
    void alarmOfAFullDiskIsClearedAfterARestart() {
        Assignment one = rig.save("1@w");
        room(false);
        rig.give(one);
        rig.give(command("load"));
        assertThat(rig.manager.alarms).containsOnlyKeys(FOLDER, DiskAlarms.ATTEMPTS);
        room(true);
        rig.restart();
        rig.give(one);
        rig.give(command("load"));
        rig.advance(Duration.ofMinutes(2));
        assertThat(rig.manager.alarms).isEmpty();
    }

    @Test
    void alarmOfADiskThatIsStillFullAfterARestartStays() {
        Assignment one = rig.save("1@w");
        room(false);
        rig.give(one);
        room(true);
        rig.restart();
        room(false);
        rig.give(one);
        rig.advance(Duration.ofHours(1));
        assertThat(rig.manager.alarms).containsOnlyKeys(FOLDER);
        assertThat(changes()).allSatisfy(change -> assertThat(change.problem()).isNotNull());
        assertThat(changes()).hasSizeLessThanOrEqualTo(2);
    }

    private static Assignment.SaveMail in(String folder, Assignment.SaveMail save) {
        return new Assignment.SaveMail(
                save.claim(),
                save.mail(),
                save.raw(),
                save.received(),
                folder,
                save.folderName(),
                null,
                null,
                null,
                true,
                null,
                null,
                null);
    }

    @ParameterizedTest
    @ValueSource(ints = {DiskAlarms.LONGEST_FOLDER, DiskAlarms.LONGEST_FOLDER + 1, 3_000})
    void keyOfALongFolderIsBoundedAndItsOwn(int length) {
        String folder = "/" + "x/".repeat(length).substring(0, length - 2);
        Assignment one = in(folder + "a", rig.save("1@w"));
        Assignment two = in(folder + "b", rig.save("2@w"));
        room(false);
        rig.give(one);
        rig.give(two);
        assertThat(rig.manager.alarms).hasSize(2);
        assertThat(rig.manager.alarms.keySet())
                .allSatisfy(
                        key -> assertThat(key).hasSizeLessThanOrEqualTo("disk/".length() + DiskAlarms.LONGEST_FOLDER));
        assertThat(rig.manager.alarms.containsKey("disk/" + folder + "a"))
                .isEqualTo(length <= DiskAlarms.LONGEST_FOLDER);
        rig.restart();
        room(true);
        rig.give(one);
        rig.give(two);
        rig.advance(Duration.ofHours(1));
        assertThat(rig.manager.alarms).isEmpty();
    }

    @Test
    void keyOfAFolderWithLineBreaksIsOneLine() {
        Assignment one = in("/files/a\nb\u2028c", rig.save("1@w"));
        room(false);
        rig.give(one);
        assertThat(rig.manager.alarms.keySet())
                .singleElement()
                .asString()
                .startsWith("disk//files/a_b_c~")
                .hasLineCount(1);
    }

    @Test
    void alarmsOfOthersAreLeftAlone() {
        Problem problem = Problem.of(AgentMessage.FOLDER, "attempt", "x");
        for (String key : List.of("disk/store", "disk/spool", "listener/127.0.0.1:25", "job/x")) {
            rig.manager.alarms.put(key, problem);
        }
        rig.restart();
        rig.advance(Duration.ofHours(1));
        assertThat(rig.manager.alarms).hasSize(4);
    }

    @Test
    void attemptsThatWaitForRoomAreOneAlarmUntilTheLastHasIt() {
        room(false);
        rig.give(command("load"));
        rig.give(mail("answer"));
        rig.give(AgentRig.kill("other"));
        rig.advance(Duration.ofHours(1));
        assertThat(changes()).hasSize(1);
        assertThat(rig.manager.alarms).containsOnlyKeys(DiskAlarms.ATTEMPTS);
        room(true);
        rig.advance(Duration.ofMinutes(1));
        assertThat(rig.outcome("answer")).isInstanceOf(AttemptOutcome.Sent.class);
        assertThat(rig.programs.begun).containsExactly("load");
        assertThat(rig.manager.alarms).isEmpty();
        assertThat(changes()).hasSize(2);
    }
}
