package ekiden.agent;

import static ekiden.agent.AgentRig.SAVES;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.link.Assignment;
import ekiden.link.ManagerLink.FormerFiles;
import ekiden.link.Report;
import ekiden.mail.save.SaveMessage;
import ekiden.model.definition.SaveOptions;
import ekiden.model.mail.SavedMail;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A mail that is to replace the files of another one, which its run may not have read. */
class OverwritingSaveTest {
    private final AgentRig rig = new AgentRig(16);

    private Assignment.SaveMail order(String claim) {
        Assignment.SaveMail order = rig.save(claim);
        SaveOptions options =
                new SaveOptions(null, null, null, SaveOptions.Collision.OVERWRITE, null, null, null, null);
        return new Assignment.SaveMail(
                claim,
                1,
                order.raw(),
                order.received(),
                order.folder(),
                "m",
                null,
                null,
                null,
                true,
                options,
                null,
                null);
    }

    private List<Report.MailSaved> answers() {
        return rig.manager.reports(Report.MailSaved.class);
    }

    private SavedMail first() {
        rig.give(order("1@w"));
        return Objects.requireNonNull(answers().getFirst().saved());
    }

    private void store(@Nullable SavedMail saved, @Nullable String neededBy) {
        rig.manager.formers.put("1@w", new FormerFiles(saved, neededBy));
    }

    private String manifest() {
        byte[] bytes = rig.disk.files().get(SAVES.resolve("m/mail.json"));
        return new String(Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
    }

    @Test
    void mailWaitsUntilTheRunOfTheFormerOneHasEndedAndRaisesNoAlarm() {
        store(first(), "/a#1");
        rig.give(order("2@w"));
        rig.advance(rig.settings.retry().multipliedBy(3));
        assertThat(answers()).hasSize(1);
        assertThat(manifest()).contains("1@w");
        assertThat(rig.manager.alarms).isEmpty();
        store(answers().getFirst().saved(), null);
        rig.advance(rig.settings.retry());
        assertThat(answers()).hasSize(2);
        assertThat(answers().getLast().problem()).isNull();
        assertThat(manifest()).contains("2@w");
        assertThat(rig.agent().isIdle()).isTrue();
    }

    @Test
    void mailThatWaitsForARunIsGivenUpWhenItIsCalledOff() {
        store(first(), "/a#1");
        rig.give(order("2@w"));
        rig.give(new Assignment.CallOffSave("2@w"));
        Problem problem = Objects.requireNonNull(answers().getLast().problem());
        assertThat(problem.id()).isEqualTo(AgentMessage.SAVE_CALLED_OFF.id());
        assertThat(problem.values()).containsEntry("because", SaveMessage.FILES_NEEDED.id());
        rig.advance(rig.settings.retry().multipliedBy(3));
        assertThat(answers()).hasSize(2);
        assertThat(manifest()).contains("1@w");
        assertThat(rig.agent().isIdle()).isTrue();
    }

    @Test
    void folderThatTheStoreDoesNotKnowIsNotReplaced() {
        first();
        store(null, null);
        rig.give(order("2@w"));
        assertThat(Objects.requireNonNull(answers().getLast().problem()).id()).isEqualTo(SaveMessage.NOT_OURS.id());
        assertThat(manifest()).contains("1@w");
    }
}
