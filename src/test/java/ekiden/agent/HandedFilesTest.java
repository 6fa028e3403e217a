package ekiden.agent;

import static ekiden.agent.AgentRig.SAVES;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Reading;
import ekiden.mail.save.MailSaver;
import ekiden.mail.save.SaveExtras;
import ekiden.mail.save.SaveOrder;
import ekiden.model.mail.SavedMail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Another program takes files away between the save and a later job that is told of them. */
class HandedFilesTest {
    private static final Path ONE = SAVES.resolve("m/one.txt");

    private final AgentRig rig = new AgentRig(16);
    private final SavedMail saved = save();

    private SavedMail save() {
        BytesSource raw = new BytesSource("""
                From: a@b
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Disposition: attachment; filename=one.txt

                one
                --b
                Content-Disposition: attachment; filename=two.txt

                two
                --b--
                """.getBytes(StandardCharsets.US_ASCII));
        Message message = ((Reading.Readable) MessageReader.read(raw, MimeLimits.DEFAULT)).message();
        SaveOrder order = new SaveOrder(
                "1@w", SAVES, "m", null, "list", null, true, Instant.EPOCH, ZoneId.of("UTC"), SaveExtras.NONE);
        return ((Result.Ok<SavedMail>) new MailSaver(rig.disk).save(message, raw, order)).value();
    }

    private Assignment.ExecuteCommand command(boolean closely) {
        Assignment.ExecuteCommand plain = AgentRig.command("load");
        Assignment.Handed handed = new Assignment.Handed("1@w", saved, closely, null);
        return new Assignment.ExecuteCommand(plain.attempt(), List.of("work"), Map.of(), "/work", List.of(handed));
    }

    private List<Report.FilesChanged> told() {
        return rig.manager.reports(Report.FilesChanged.class);
    }

    private void put(String text) throws IOException {
        rig.disk.delete(ONE);
        try (Disk.Output out = rig.disk.create(ONE)) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @Test
    void jobBeginsWhereFilesAreAsTheyWereSaved() {
        rig.give(command(true));
        assertThat(rig.programs.begun).hasSize(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void attemptThatWouldBeToldOfAMissingFileIsNotBegunAndManifestAndAlarmSaySo() throws IOException {
        rig.disk.delete(ONE);
        rig.give(command(false));
        assertThat(rig.programs.begun).isEmpty();
        SavedMail there = told().getFirst().changed().getFirst().saved();
        assertThat(there.attachments().getFirst().path()).isNull();
        assertThat(there.attachments().getLast().path()).isEqualTo(SAVES + "/m/two.txt");
        assertThat(there.manifest()).isNotEqualTo(saved.manifest());
        byte[] manifest = Objects.requireNonNull(rig.disk.files().get(SAVES.resolve("m/mail.json")));
        assertThat(new String(manifest, StandardCharsets.UTF_8)).contains("EKDM0305-W");
        assertThat(rig.manager.alarms).containsKey("files/1@w");
        assertThat(rig.agent().isIdle()).isTrue();
    }

    @Test
    void attemptThatWasToldNotToBeginNeverBeginsThoughTheFileComesBack() throws IOException {
        rig.disk.delete(ONE);
        rig.give(command(false));
        put("one");
        rig.give(command(false));
        rig.restart();
        rig.give(command(false));
        assertThat(rig.programs.begun).isEmpty();
        assertThat(told()).hasSize(3);
    }

    @Test
    void fileOfTheSameLengthIsToldApartWhereTheJobWantsItClosely() throws IOException {
        put("eno");
        rig.give(command(true));
        assertThat(rig.programs.begun).isEmpty();
        assertThat(told().getFirst()
                        .changed()
                        .getFirst()
                        .saved()
                        .attachments()
                        .getFirst()
                        .problem())
                .isEqualTo("EKDM0306-W");
    }

    @Test
    void whatWasBegunGoesOn() throws IOException {
        rig.give(command(false));
        rig.disk.delete(ONE);
        rig.restart();
        rig.give(command(false));
        assertThat(told()).isEmpty();
    }
}
