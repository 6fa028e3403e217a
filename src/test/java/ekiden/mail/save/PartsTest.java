package ekiden.mail.save;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.disk.Disk;
import ekiden.disk.FileDisk;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {
    private static final Path FILES = Path.of("/files");
    private static final Path MAILS = FILES.resolve("sales/orders/mail");

    private final MemoryDisk disk = new MemoryDisk(new SplittableRandom(1));

    private static Path part(Path folder, String claim) {
        return Parts.of(folder, claim);
    }

    private static void make(Disk disk, Path folder, String... files) throws IOException {
        disk.makeFolders(folder);
        for (String file : files) {
            try (Disk.Output out = disk.create(folder.resolve(file))) {
                out.write(ByteBuffer.wrap(file.getBytes(UTF_8)));
            }
        }
    }

    private int sweep(Disk on) throws IOException {
        return new Parts(on, Parts.MOST_FOLDERS).sweep(FILES, folder -> true);
    }

    @Test
    void whatAFormerProcessWasWritingIsRemovedWhereverItLies() throws IOException {
        make(disk, part(MAILS, "1"), "body.txt", Manifest.NAME);
        make(disk, part(MAILS, "2"));
        make(disk, part(FILES, "3"), "body.txt");
        make(disk, MAILS.resolve("1-start"), "body.txt", Manifest.NAME);
        assertThat(sweep(disk)).isEqualTo(3);
        assertThat(disk.list(MAILS)).containsExactly(MAILS.resolve("1-start"));
        assertThat(disk.list(FILES)).containsExactly(FILES.resolve("sales"));
        assertThat(sweep(disk)).isZero();
    }

    @Test
    void whatHasAnotherNameOrFoldersInItOrIsAFileIsNotOurs() throws IOException {
        String ours = part(MAILS, "1").getFileName().toString();
        make(disk, MAILS.resolve(ours + "s"), "a");
        make(disk, MAILS.resolve("x" + ours), "a");
        make(disk, MAILS.resolve(".ekiden-0123.part"), "a");
        make(disk, part(MAILS, "2").resolve("inner"), "a");
        make(disk, MAILS, part(MAILS, "3").getFileName().toString());
        int files = disk.files().size();
        assertThat(sweep(disk)).isZero();
        assertThat(disk.files()).hasSize(files);
    }

    private static String manifest(String claim) {
        return manifest(claim, "m");
    }

    private static String manifest(String claim, String folder) {
        return "{\"version\": 1, \"claim\": \"" + claim + "\", \"attachments\": [], \"problems\": [], \"folder\": \""
                + folder + "\"}";
    }

    @Test
    void savedFolderThatAMailHasCalledLikeOneThatMadeRoomStays() throws IOException {
        Path order = MAILS.resolve("Order");
        Path named = Parts.old(part(MAILS, "2"), order);
        write(disk, named.resolve(Manifest.NAME), manifest("1", String.valueOf(named.getFileName())));
        assertThat(sweep(disk)).as("nothing has the other name").isZero();
        write(disk, order.resolve(Manifest.NAME), manifest("3", "Order"));
        assertThat(sweep(disk)).as("another mail has it").isZero();
        disk.delete(order.resolve(Manifest.NAME));
        write(disk, order.resolve(Manifest.NAME), manifest("2", "Order"));
        assertThat(sweep(disk)).as("even that of the claim in its name").isZero();
        assertThat(disk.list(MAILS)).containsExactly(named, order);
        assertThat(disk.exists(named.resolve(Manifest.NAME))).isTrue();
    }

    @Test
    void whatAProgramHasLeftInAPartGoesWithItAndLinksAreNotFollowed(@TempDir Path folder) throws IOException {
        Path theirs = Files.createDirectory(folder.resolve("theirs"));
        Files.writeString(theirs.resolve("file"), "x");
        Path part = part(folder, "1");
        Files.createDirectories(part.resolve("a/b/c"));
        Files.createDirectories(part.resolve("d"));
        Files.writeString(part.resolve("a/b/x"), "x");
        Files.createSymbolicLink(part.resolve("a/b/link"), theirs);
        new Parts(new FileDisk(), Parts.MOST_FOLDERS).remove(part);
        assertThat(part).doesNotExist();
        assertThat(theirs.resolve("file")).hasContent("x");
    }

    private static void write(Disk disk, Path file, String text) throws IOException {
        disk.makeFolders(Objects.requireNonNull(file.getParent()));
        try (Disk.Output out = disk.create(file)) {
            out.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        }
    }

    @Test
    void whatSaysThatItIsAnotherClaimsIsNotOurs() throws IOException {
        write(disk, part(MAILS, "1").resolve(Manifest.NAME), manifest("other"));
        write(disk, part(MAILS, "2").resolve(Manifest.NAME), manifest("2"));
        assertThat(sweep(disk)).isEqualTo(1);
        assertThat(disk.list(MAILS)).containsExactly(part(MAILS, "1"));
    }

    @Test
    void folderThatMadeRoomForNobodyGetsItsNameBack() throws IOException {
        Path target = MAILS.resolve("today-m");
        Path old = Parts.old(part(MAILS, "2"), target);
        write(disk, old.resolve(Manifest.NAME), manifest("1", "today-m"));
        make(disk, part(MAILS, "2"), "body.txt");
        assertThat(sweep(disk)).isEqualTo(2);
        assertThat(disk.list(MAILS)).containsExactly(target);
    }

    @Test
    void folderThatMadeRoomGoesOnceTheOtherIsThere() throws IOException {
        Path target = MAILS.resolve("m");
        Path old = Parts.old(part(MAILS, "2"), target);
        write(disk, old.resolve(Manifest.NAME), manifest("1"));
        make(disk, target, "by hand");
        assertThat(sweep(disk)).as("somebody else has the name").isZero();
        assertThat(disk.list(MAILS)).containsExactly(old, target);
        write(disk, target.resolve(Manifest.NAME), manifest("3"));
        assertThat(sweep(disk)).as("a mail has it for which no room was made").isZero();
        assertThat(disk.list(MAILS)).containsExactly(old, target);
        disk.delete(target.resolve(Manifest.NAME));
        write(disk, target.resolve(Manifest.NAME), manifest("2"));
        assertThat(sweep(disk)).isEqualTo(1);
        assertThat(disk.list(MAILS)).containsExactly(target);
    }

    @Test
    void whatIsBeingWrittenStays() throws IOException {
        Parts parts = new Parts(disk, Parts.MOST_FOLDERS);
        make(disk, part(MAILS, "1"), "a");
        make(disk, part(MAILS, "2"), "b");
        parts.begin(part(MAILS, "1"));
        assertThat(parts.sweep(FILES, folder -> true)).isEqualTo(1);
        assertThat(disk.list(MAILS)).containsExactly(part(MAILS, "1"));
        parts.end(part(MAILS, "1"));
        assertThat(parts.sweep(FILES, folder -> true)).isEqualTo(1);
    }

    @Test
    void foldersOfSavedMailsAndThoseThatAreNotEnteredAreNotLookedInto() throws IOException {
        Path saved = MAILS.resolve("1-start");
        make(disk, saved, Manifest.NAME);
        make(disk, part(saved, "1"), "a");
        make(disk, part(FILES.resolve("sales/orders#1"), "2"), "a");
        int files = disk.files().size();
        Parts parts = new Parts(disk, Parts.MOST_FOLDERS);
        assertThat(parts.sweep(FILES, folder -> !folder.toString().contains("#")))
                .isZero();
        assertThat(disk.files()).hasSize(files);
    }

    @Test
    void oneFolderMoreThanTheLimitIsNotLookedInto() throws IOException {
        make(disk, part(FILES.resolve("a"), "1"), "a");
        make(disk, part(FILES.resolve("b"), "2"), "b");
        make(disk, part(FILES.resolve("c"), "3"), "c");
        assertThat(new Parts(disk, 2).sweep(FILES, folder -> true)).isEqualTo(2);
        assertThat(disk.list(FILES.resolve("c"))).hasSize(1);
    }

    @Test
    void crashAtAnyPointLeavesNothingThatTheNextSweepDoesNotRemove() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            for (long n = 0; n < 8; n++) {
                crashAt(new MemoryDisk(new SplittableRandom(seed)), n);
            }
        }
    }

    private void crashAt(MemoryDisk mortal, long n) throws IOException {
        make(mortal, part(MAILS, "1"), "a", "b");
        make(mortal, part(MAILS, "2"), "c");
        make(mortal, MAILS.resolve("1-start"), "kept");
        mortal.forceFolder(MAILS);
        mortal.forceFolder(part(MAILS, "1"));
        mortal.forceFolder(MAILS.resolve("1-start"));
        mortal.stopAfter(n);
        if (n < 7) {
            assertThatThrownBy(() -> sweep(mortal)).isInstanceOf(MemoryDisk.Stopped.class);
        } else {
            sweep(mortal);
        }
        mortal.crash();
        sweep(mortal);
        assertThat(mortal.list(MAILS)).containsExactly(MAILS.resolve("1-start"));
        assertThat(mortal.files()).containsOnlyKeys(MAILS.resolve("1-start/kept"));
    }

    @Test
    void linkWithTheNameOfAPartIsNotFollowed(@TempDir Path folder) throws IOException {
        Path theirs = Files.createDirectory(folder.resolve("theirs"));
        Files.writeString(theirs.resolve("file"), "x");
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.createSymbolicLink(part(files, "1"), theirs);
        Files.createSymbolicLink(files.resolve("unit"), theirs);
        Files.createDirectory(part(theirs, "2"));
        assertThat(new Parts(new FileDisk(), Parts.MOST_FOLDERS).sweep(files, entered -> true))
                .isZero();
        assertThat(new FileDisk().list(theirs)).isEqualTo(List.of(part(theirs, "2"), theirs.resolve("file")));
    }
}
