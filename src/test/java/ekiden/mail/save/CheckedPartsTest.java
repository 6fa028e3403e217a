package ekiden.mail.save;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Sha256;
import ekiden.disk.Disk;
import ekiden.disk.FileDisk;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Reading;
import ekiden.model.definition.SaveOptions;
import ekiden.model.mail.SavedMail;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attachments are looked at before anybody can see them. */
class CheckedPartsTest {
    private static final Path FOLDER = Path.of("/files");
    private final MemoryDisk disk = new MemoryDisk(new SplittableRandom(1));

    private static Result<SavedMail> save(Disk where, PartCheck... checks) {
        return save(where, FOLDER, checks);
    }

    private static Result<SavedMail> save(Disk where, Path folder, PartCheck... checks) {
        BytesSource raw = new BytesSource("""
                From: a@b
                Content-Type: multipart/mixed; boundary=b

                --b

                text
                --b
                Content-Disposition: attachment; filename=good.txt

                good
                --b
                Content-Disposition: attachment; filename=evil.txt

                evil
                --b--
                """.getBytes(UTF_8));
        Message message = ((Reading.Readable) MessageReader.read(raw, MimeLimits.DEFAULT)).message();
        SaveExtras extras = new SaveExtras(
                new SaveNames(Map.of()), null, null, SaveOptions.Collision.UNIQUE, null, List.of(checks), null, null);
        SaveOrder order = new SaveOrder(
                "c", folder, "m", "body", "list", "mail.eml", true, Instant.EPOCH, ZoneId.of("UTC"), extras);
        return new MailSaver(where).save(message, raw, order);
    }

    private Map<String, String> files() {
        Map<String, String> all = new TreeMap<>();
        disk.files().forEach((path, bytes) -> all.put(String.valueOf(path.getFileName()), new String(bytes, UTF_8)));
        return all;
    }

    /** What a scripted check does with the attachment of a name. */
    private interface Script {
        Result<PartCheck.Verdict> of(Path file, PartCheck.Facts facts) throws IOException;
    }

    private static PartCheck check(boolean changes, Script script) {
        return new PartCheck() {
            @Override
            public boolean changes() {
                return changes;
            }

            @Override
            public Result<Verdict> check(Path file, Facts facts) {
                try {
                    return script.of(file, facts);
                } catch (IOException failed) {
                    throw new AssertionError(failed);
                }
            }
        };
    }

    private static Result<PartCheck.Verdict> fine() {
        return Result.ok(new PartCheck.Fine());
    }

    private static PartCheck scanner() {
        return check(
                false,
                (file, facts) -> facts.savedName().startsWith("evil")
                        ? Result.ok(new PartCheck.NotSaved(Problem.of(SaveMessage.INFECTED, "found", "x")))
                        : fine());
    }

    @Test
    void refusedAttachmentIsNotSavedKeepsItsLineAndTheWholeMailIsNotWritten() {
        SavedMail mail = ((Result.Ok<SavedMail>) save(disk, scanner())).value();
        assertThat(files()).containsOnlyKeys("body", "good.txt", "list", "mail.json");
        assertThat(files().get("list"))
                .contains("Files: 2\n/files/m/good.txt\nThis attachment cannot be saved because the virus scanner");
        assertThat(mail.mail()).isNull();
        assertThat(mail.attachments()).extracting(SavedMail.SavedFile::path).containsExactly("/files/m/good.txt", null);
        assertThat(files().get("mail.json")).contains("EKDM0291-W", "evil.txt");
    }

    @Test
    void whatAFilterMadeTakesTheAttachmentsPlaceUnderItsName() {
        PartCheck filter = check(true, (file, facts) -> {
            disk.delete(file);
            try (Disk.Output out = disk.create(file)) {
                out.write(ByteBuffer.wrap(("clean " + facts.name()).getBytes(UTF_8)));
            }
            return fine();
        });
        SavedMail mail = ((Result.Ok<SavedMail>) save(disk, filter, scanner())).value();
        assertThat(files()).containsEntry("good.txt", "clean good.txt").doesNotContainKey("good (2).txt");
        assertThat(mail.attachments().getFirst().size()).isEqualTo(14);
        assertThat(mail.attachments().getFirst().sha256()).isEqualTo(Sha256.hex("clean good.txt".getBytes(UTF_8)));
        assertThat(disk.durableFiles()).containsKey(FOLDER.resolve("m/good.txt"));
    }

    @Test
    void attachmentThatAFilterRemovesIsTakenOut() {
        PartCheck filter = check(true, (file, facts) -> {
            if (facts.name().equals("evil.txt")) {
                disk.delete(file);
            }
            return fine();
        });
        save(disk, filter);
        assertThat(files()).containsOnlyKeys("body", "good.txt", "list", "mail.json");
        assertThat(files().get("list")).contains("because the filter took it out");
    }

    @Test
    void filterThatFailsAndIsKeptLeavesTheAttachmentAsItCame() {
        PartCheck filter = check(true, (file, facts) -> {
            disk.delete(file);
            try (Disk.Output out = disk.create(file)) {
                out.write(ByteBuffer.wrap("half".getBytes(UTF_8)));
            }
            return Result.ok(
                    new PartCheck.AsItCame(Problem.of(SaveMessage.FILTER_KEPT, "program", "p", "reason", "r")));
        });
        save(disk, filter);
        assertThat(files())
                .containsEntry("good.txt", "good")
                .containsEntry("evil.txt", "evil")
                .hasSize(6);
    }

    /** A program that does something on a real disk. */
    private interface Deed {
        void in(Path folder, Path copy) throws IOException;
    }

    private static PartCheck program(boolean keep, Deed deed) {
        return new PartCheck() {
            @Override
            public boolean changes() {
                return true;
            }

            @Override
            public Result<Verdict> check(Path file, Facts facts) {
                try {
                    deed.in(Objects.requireNonNull(file.getParent()), file);
                } catch (IOException failed) {
                    throw new AssertionError(failed);
                }
                return fine();
            }

            @Override
            public Result<Verdict> unusable(String how, boolean copyOnly) {
                return keep && copyOnly
                        ? Result.ok(new AsItCame(Problem.of(SaveMessage.FILTER_KEPT, "program", "p", "reason", how)))
                        : Result.failed(SaveMessage.FILTER_FAILED, "program", "p", "reason", how);
            }
        };
    }

    private static void empty(Path folder) throws IOException {
        Parts.remove(new FileDisk(), folder);
    }

    private static Map<String, Deed> deeds() {
        return Map.of(
                "link",
                        (folder, copy) -> {
                            Files.delete(copy);
                            Files.createSymbolicLink(copy, folder.resolve("body"));
                        },
                "folder",
                        (folder, copy) -> {
                            Files.delete(copy);
                            Files.createDirectories(copy.resolve("a/b"));
                            Files.writeString(copy.resolve("a/x"), "x");
                        },
                "removed folder", (folder, copy) -> empty(folder),
                "folder made anew",
                        (folder, copy) -> {
                            empty(folder);
                            Files.createDirectory(folder);
                        },
                "its own manifest", (folder, copy) -> Files.writeString(folder.resolve("mail.json"), "{}"),
                "its own list", (folder, copy) -> Files.writeString(folder.resolve("list"), "x"));
    }

    @Test
    void whatAProgramLeavesThatCannotBeSavedIsItsFailureOnceAndNothingStaysOfIt(@TempDir Path real) throws IOException {
        for (Map.Entry<String, Deed> deed : deeds().entrySet()) {
            Path folder = real.resolve(deed.getKey());
            Result<SavedMail> failed = save(new FileDisk(), folder, program(false, deed.getValue()));
            assertThat(failed)
                    .as(deed.getKey())
                    .isInstanceOfSatisfying(
                            Result.Failed.class,
                            wrong -> assertThat(wrong.problem().id()).isEqualTo("EKDM0296-E"));
            assertThat(new FileDisk().list(folder)).as(deed.getKey()).isEmpty();
        }
    }

    @Test
    void whatAProgramMadeOfItsCopyOnlyCanBeKeptOut(@TempDir Path real) throws IOException {
        for (String name : List.of("link", "folder")) {
            Path folder = real.resolve(name);
            assertThat(save(new FileDisk(), folder, program(true, Objects.requireNonNull(deeds().get(name)))))
                    .isInstanceOf(Result.Ok.class);
            assertThat(folder.resolve("m/good.txt")).hasContent("good");
            assertThat(new FileDisk().list(folder.resolve("m"))).as(name).hasSize(6);
        }
        Deed another = Objects.requireNonNull(deeds().get("its own manifest"));
        Result<SavedMail> failed = save(new FileDisk(), real.resolve("f"), program(true, another));
        assertThat(failed).isInstanceOf(Result.Failed.class);
    }

    @Test
    void partThatAFormerProgramPutFoldersInDoesNotHoldTheMailUp(@TempDir Path real) throws IOException {
        Files.createDirectories(Parts.of(real, "c").resolve("good (2).txt/inner"));
        assertThat(save(new FileDisk(), real)).isInstanceOf(Result.Ok.class);
        assertThat(new FileDisk().list(real)).containsExactly(real.resolve("m"));
    }

    @Test
    void nothingCanBeSeenWhereAMailIsRefusedOrWaits() {
        Result<SavedMail> waits = save(
                disk,
                check(false, (file, facts) -> Result.failed(SaveMessage.SCANNER_AWAY, "scanner", "s", "reason", "r")));
        assertThat(waits)
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.problem().id()).isEqualTo("EKDM0293-E"));
        assertThat(files()).isEmpty();
        assertThat(save(disk)).isInstanceOf(Result.Ok.class);
    }

    @Test
    void nobodySeesAnAttachmentBeforeItWasLookedAt() {
        save(disk, check(false, (file, facts) -> {
            assertThat(disk.exists(FOLDER.resolve("m"))).isFalse();
            assertThat(disk.exists(file)).isTrue();
            return fine();
        }));
        assertThat(disk.exists(FOLDER.resolve("m"))).isTrue();
    }

    @Test
    void crashInMidCheckIsGoneOnFromTheBeginning() throws IOException {
        PartCheck filter = check(true, (file, facts) -> fine());
        save(disk, filter, scanner());
        Map<String, String> whole = files();
        for (long seed = 0; seed < 10; seed++) {
            for (long n = 0; n < disk.operations(); n++) {
                MemoryDisk crashed = new MemoryDisk(new SplittableRandom(seed));
                crashed.stopAfter(n);
                try {
                    save(crashed, filter, scanner());
                } catch (MemoryDisk.Stopped here) {
                    assertThat(here).isNotNull();
                }
                crashed.crash();
                assertThat(save(crashed, filter, scanner())).isInstanceOf(Result.Ok.class);
                assertThat(crashed.list(FOLDER.resolve("m"))).hasSameSizeAs(whole.keySet());
            }
        }
    }
}
