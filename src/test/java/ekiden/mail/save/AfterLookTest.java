package ekiden.mail.save;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.disk.FileDisk;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Reading;
import ekiden.model.mail.SavedMail;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that watches the disk takes attachments away or changes them, after they were saved and before a job hears of them. */
class AfterLookTest {
    private static final Path FOLDER = Path.of("/files");
    private static final ZoneId UTC = ZoneId.of("UTC");

    private MemoryDisk disk = new MemoryDisk(new SplittableRandom(1));

    private SavedMail save() {
        return save(disk, FOLDER);
    }

    private static SavedMail save(Disk where, Path folder) {
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
                """.getBytes(UTF_8));
        Message message = ((Reading.Readable) MessageReader.read(raw, MimeLimits.DEFAULT)).message();
        SaveOrder order =
                new SaveOrder("c", folder, "m", null, "list", null, true, Instant.EPOCH, UTC, SaveExtras.NONE);
        return ((Result.Ok<SavedMail>) new MailSaver(where).save(message, raw, order)).value();
    }

    private SavedMail look(SavedMail saved, boolean closely) {
        return look(disk, saved, closely);
    }

    private static SavedMail look(Disk where, SavedMail saved, boolean closely) {
        MailSaver.Look how = new MailSaver.Look(closely, null, UTC);
        return ((Result.Ok<SavedMail>) new MailSaver(where).look(saved, how)).value();
    }

    private String text(String name) {
        byte[] bytes = disk.files().get(FOLDER.resolve("m").resolve(name));
        return bytes == null ? "" : new String(bytes, UTF_8);
    }

    private void put(String name, String text) throws IOException {
        Path file = FOLDER.resolve("m").resolve(name);
        disk.delete(file);
        try (Disk.Output out = disk.create(file)) {
            out.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        }
    }

    @Test
    void whatIsAsItWasSavedStaysAsItIs() {
        SavedMail saved = save();
        long operations = disk.operations();
        assertThat(look(saved, true)).isEqualTo(saved);
        assertThat(disk.operations()).isEqualTo(operations);
    }

    @Test
    void attachmentThatWasTakenAwayIsNotListedAsPresent() throws IOException {
        SavedMail saved = save();
        disk.delete(FOLDER.resolve("m/one.txt"));
        SavedMail there = look(saved, false);
        assertThat(there.attachments())
                .extracting(SavedMail.SavedFile::path)
                .containsExactly(null, FOLDER + "/m/two.txt");
        assertThat(there.attachments().getFirst().problem()).isEqualTo("EKDM0305-W");
        assertThat(text("list"))
                .startsWith("From: a@b\nDate: 1970/01/01 00:00:00\nFiles: 2\nThis attachment is not there any more")
                .endsWith(FOLDER + "/m/two.txt\n");
        assertThat(text("mail.json")).contains("EKDM0305-W");
        assertThat(look(there, true)).as("again").isEqualTo(there);
    }

    @Test
    void attachmentThatWasChangedIsNotListedAsPresent() throws IOException {
        SavedMail saved = save();
        put("one.txt", "more than one");
        put("two.txt", "TWO");
        SavedMail there = look(saved, true);
        assertThat(there.attachments())
                .extracting(SavedMail.SavedFile::problem)
                .containsExactly("EKDM0306-W", "EKDM0306-W");
        assertThat(there.attachments()).extracting(SavedMail.SavedFile::path).containsOnlyNulls();
        assertThat(text("one.txt")).isEqualTo("more than one");
    }

    @Test
    void manifestThatSomebodyPutThereIsNotBelieved(@TempDir Path real) throws IOException {
        FileDisk there = new FileDisk();
        Path files = real.resolve("files");
        SavedMail saved = save(there, files);
        Path secret = Files.writeString(real.resolve("secret"), "one\n");
        Path mail = files.resolve("m");
        String manifest = Files.readString(mail.resolve("mail.json"));
        Files.writeString(
                mail.resolve("mail.json"),
                manifest.replace("\"one.txt\"", "\"../../secret\"").replace("\"list\"", "\"../../secret\""));
        assertThat(look(there, saved, true)).as("what is as it was").isEqualTo(saved);
        assertThat(save(there, files).folder()).as("not found again either").isEqualTo(mail + "-2");
        Files.delete(mail.resolve("two.txt"));
        SavedMail now = look(there, saved, true);
        assertThat(now.attachments()).extracting(SavedMail.SavedFile::path).containsExactly(mail + "/one.txt", null);
        assertThat(secret).hasContent("one\n");
        assertThat(Files.readString(mail.resolve("mail.json"))).contains("../../secret");
    }

    @Test
    void manifestThatSomebodyChangedIsNotWrittenAnewFromItsOwnWords() throws IOException {
        SavedMail saved = save();
        put("mail.json", text("mail.json").replace("\"list\" : \"list\"", "\"list\" : \"two.txt\""));
        disk.delete(FOLDER.resolve("m/one.txt"));
        assertThat(look(saved, false).attachments())
                .extracting(SavedMail.SavedFile::path)
                .containsExactly(null, FOLDER + "/m/two.txt");
        assertThat(text("two.txt")).isEqualTo("two");
    }

    @Test
    void linkInAnAttachmentsPlaceIsNotFollowed(@TempDir Path real) throws IOException {
        FileDisk there = new FileDisk();
        SavedMail saved = save(there, real.resolve("files"));
        Path mail = real.resolve("files/m");
        Path secret = Files.writeString(real.resolve("secret"), "one\n");
        Files.delete(mail.resolve("one.txt"));
        Files.createSymbolicLink(mail.resolve("one.txt"), secret);
        assertThat(look(there, saved, false).attachments().getFirst().path()).isNull();
        assertThat(look(there, saved, true).attachments().getFirst().path()).isNull();
        assertThat(Files.readString(mail.resolve("list")))
                .startsWith("From: a@b\n")
                .contains("not there any more");
        Files.move(mail, real.resolve("elsewhere"));
        Files.createSymbolicLink(mail, real.resolve("elsewhere"));
        assertThat(look(there, saved, true).attachments())
                .extracting(SavedMail.SavedFile::path)
                .containsOnlyNulls();
    }

    @Test
    void whatIsWrittenAnewIsMadeWhereNobodyElseCanReachIt(@TempDir Path real) throws IOException {
        FileDisk there = new FileDisk();
        SavedMail saved = save(there, real.resolve("files"));
        Path mail = real.resolve("files/m");
        Path precious = Files.writeString(real.resolve("precious"), "mine");
        Files.delete(mail.resolve("one.txt"));
        Files.delete(mail.resolve("list"));
        Files.createSymbolicLink(mail.resolve("list"), precious);
        look(there, saved, true);
        assertThat(precious).hasContent("mine");
        assertThat(mail.resolve("list")).isRegularFile().content().contains("not there any more");
        assertThat(Files.isSymbolicLink(mail.resolve("list"))).isFalse();
        assertThat(there.list(real.resolve("files"))).containsExactly(mail);
    }

    @Test
    void filesWrittenAnewAreStillKnownWhenTheirTimeIsOver() throws IOException {
        SavedMail saved = save();
        disk.delete(FOLDER.resolve("m/one.txt"));
        look(saved, false);
        new Pruner(disk).prune("c", FOLDER.resolve("m"));
        assertThat(disk.list(FOLDER)).isEmpty();
    }

    @Test
    void crashAtAnyPointComesToTheSame() throws IOException {
        SavedMail saved = save();
        disk.delete(FOLDER.resolve("m/one.txt"));
        long before = disk.operations();
        SavedMail there = look(saved, false);
        long operations = disk.operations() - before;
        for (long seed = 0; seed < 10; seed++) {
            for (long n = 0; n < operations; n++) {
                disk = new MemoryDisk(new SplittableRandom(seed));
                save();
                disk.delete(FOLDER.resolve("m/one.txt"));
                disk.forceFolder(FOLDER.resolve("m"));
                disk.stopAfter(n);
                try {
                    look(saved, false);
                } catch (MemoryDisk.Stopped here) {
                    assertThat(here).isNotNull();
                }
                disk.crash();
                SavedMail now = save();
                assertThat(look(now, false).attachments()).isEqualTo(there.attachments());
                assertThat(text("list")).contains("not there any more");
            }
        }
    }
}
