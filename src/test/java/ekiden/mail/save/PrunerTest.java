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
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what is as Ekiden wrote it goes. */
class PrunerTest {
    private static final Path FOLDER = Path.of("/files/in");

    private final MemoryDisk disk = new MemoryDisk(new SplittableRandom(1));

    private static Path save(Disk disk, Path folder, String claim) {
        BytesSource raw = new BytesSource("""
                Subject: x
                Content-Type: multipart/mixed; boundary=b

                --b

                text
                --b
                Content-Disposition: attachment; filename=a.pdf

                PDF
                --b--
                """.getBytes(UTF_8));
        Message message = ((Reading.Readable) MessageReader.read(raw, MimeLimits.DEFAULT)).message();
        SaveOrder order = new SaveOrder(
                claim,
                folder,
                "m",
                "body.txt",
                "list",
                "m.eml",
                true,
                Instant.EPOCH,
                ZoneId.of("UTC"),
                SaveExtras.NONE);
        assertThat(new MailSaver(disk).save(message, raw, order)).isInstanceOf(Result.Ok.class);
        return folder.resolve("m");
    }

    private static Pruner.Outcome prune(Disk disk, String claim, Path folder) {
        return ((Result.Ok<Pruner.Outcome>) new Pruner(disk).prune(claim, folder)).value();
    }

    private static void put(Disk disk, Path file, String text) throws IOException {
        disk.delete(file);
        try (Disk.Output out = disk.create(file)) {
            out.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        }
    }

    @Test
    void wholeFolderGoesAndItsBytesAreCounted() throws IOException {
        Path mail = save(disk, FOLDER, "c");
        long bytes =
                disk.files().values().stream().mapToLong(file -> file.length).sum();
        assertThat(prune(disk, "c", mail)).isEqualTo(new Pruner.Outcome(bytes, List.of()));
        assertThat(disk.list(FOLDER)).isEmpty();
        assertThat(prune(disk, "c", mail)).as("again").isEqualTo(new Pruner.Outcome(0, List.of()));
    }

    @Test
    void changedAndForeignFilesStayAndAreTold() throws IOException {
        Path mail = save(disk, FOLDER, "c");
        put(disk, mail.resolve("a.pdf"), "PDX\n");
        put(disk, mail.resolve("notes.txt"), "mine");
        disk.makeFolders(mail.resolve("more"));
        assertThat(prune(disk, "c", mail).kept()).containsExactly("a.pdf", "more", "notes.txt");
        assertThat(disk.files())
                .containsOnlyKeys(mail.resolve("a.pdf"), mail.resolve("mail.json"), mail.resolve("notes.txt"));
    }

    @Test
    void folderOfAnotherClaimOrOfNobodyStays() throws IOException {
        Path mail = save(disk, FOLDER, "c");
        int files = disk.files().size();
        assertThat(prune(disk, "other", mail)).isEqualTo(new Pruner.Outcome(0, List.of()));
        put(disk, mail.resolve("mail.json"), "no JSON");
        assertThat(prune(disk, "c", mail)).isEqualTo(new Pruner.Outcome(0, List.of("m")));
        assertThat(disk.files()).hasSize(files);
    }

    @Test
    void linkThatStandsInTheFoldersPlaceIsNotFollowed(@TempDir Path real) throws IOException {
        FileDisk there = new FileDisk();
        Path mail = save(there, real.resolve("secret"), "c");
        Files.createDirectories(real.resolve("in"));
        Path link = Files.createSymbolicLink(real.resolve("in/m"), mail);
        assertThat(prune(there, "c", link)).isEqualTo(new Pruner.Outcome(0, List.of("m")));
        assertThat(there.list(mail)).hasSize(5);
    }

    @Test
    void linkInTheFolderStaysWithWhatItLeadsTo(@TempDir Path real) throws IOException {
        FileDisk there = new FileDisk();
        Path mail = save(there, real, "c");
        Path precious = real.resolve("precious");
        Files.move(mail.resolve("a.pdf"), precious);
        Files.createSymbolicLink(mail.resolve("a.pdf"), precious);
        assertThat(prune(there, "c", mail).kept()).containsExactly("a.pdf");
        assertThat(precious).exists();
    }

    @Test
    void crashAtAnyPointIsGoneOnFrom() throws IOException {
        save(disk, FOLDER, "c");
        long before = disk.operations();
        prune(disk, "c", FOLDER.resolve("m"));
        for (long seed = 0; seed < 10; seed++) {
            for (long n = 0; n < disk.operations() - before; n++) {
                MemoryDisk crashed = new MemoryDisk(new SplittableRandom(seed));
                Path mail = save(crashed, FOLDER, "c");
                crashed.stopAfter(n);
                try {
                    prune(crashed, "c", mail);
                } catch (MemoryDisk.Stopped here) {
                    assertThat(here).isNotNull();
                }
                crashed.crash();
                assertThat(prune(crashed, "c", mail).kept()).isEmpty();
                assertThat(crashed.list(FOLDER)).isEmpty();
            }
        }
    }
}
