package ekiden.mail.save;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.MessageId;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.disk.FileDisk;
import ekiden.json.Json;
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
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailSaverTest {
    private static final Path FOLDER = Path.of("/files/orders");
    private static final String MAIL = """
            From: Order <orders@customer.example>
            Subject: =?utf-8?B?5rOo5paH?=
            Message-ID: <1@customer.example>
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: base64

            5rOo5paH44GX44G+44GZ
            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="../order.pdf"

            PDF one
            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="ORDER.pdf"

            PDF two
            --b
            Content-Type: message/external-body; name=far

            gone
            --b
            Content-Type: a/b; name="mail.json"

            x
            --b--
            """;
    private final MemoryDisk disk = new MemoryDisk(new SplittableRandom(1));

    private static SaveOrder order(String claim, String name) {
        return new SaveOrder(
                claim,
                FOLDER,
                name,
                "body.txt",
                "list.txt",
                null,
                true,
                Instant.parse("2026-11-23T10:30:05Z"),
                ZoneId.of("Asia/Tokyo"),
                SaveExtras.NONE);
    }

    private static BytesSource raw() {
        return new BytesSource(MAIL.getBytes(UTF_8));
    }

    private static Message message() {
        return ((Reading.Readable) MessageReader.read(raw(), MimeLimits.DEFAULT)).message();
    }

    private static Result<SavedMail> save(Disk disk, SaveOrder order) {
        return new MailSaver(disk).save(message(), raw(), order);
    }

    private static SavedMail saved(Result<SavedMail> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<SavedMail>) result).value();
    }

    /** Tried again for ever, it would hold its run for ever, and a sender can choose such a name. */
    @Test
    void nameThatNoFileSystemTakesIsNotTriedAgain(@TempDir Path real) {
        SaveOrder order = new SaveOrder(
                "c",
                real.resolve("あ".repeat(86)),
                "m",
                "body.txt",
                null,
                null,
                true,
                Instant.EPOCH,
                ZoneId.of("UTC"),
                SaveExtras.NONE);
        assertThat(save(new FileDisk(), order)).isInstanceOfSatisfying(Result.Failed.class, failed -> {
            assertThat(failed.problem().id()).isEqualTo("EKDM0304-E");
            assertThat(failed.problem().kind()).isEqualTo(MessageId.Kind.PERMANENT);
        });
    }

    private Map<String, String> files() {
        Map<String, String> all = new TreeMap<>();
        disk.files().forEach((path, bytes) -> all.put(path.toString(), new String(bytes, UTF_8)));
        return all;
    }

    @Test
    void mailBecomesAFolderWithBodyAttachmentsListAndManifest() {
        SavedMail mail = saved(save(disk, order("c1", "m1")));
        Map<String, String> files = files();
        String at = FOLDER + "/m1/";
        assertThat(files)
                .containsOnlyKeys(
                        at + "ORDER (2).pdf",
                        at + "body.txt",
                        at + "list.txt",
                        at + "mail (2).json",
                        at + "mail.json",
                        at + "order.pdf");
        assertThat(files)
                .containsEntry(at + "body.txt", "注文します")
                .containsEntry(at + "order.pdf", "PDF one")
                .containsEntry(at + "ORDER (2).pdf", "PDF two");
        assertThat(files.get(at + "list.txt"))
                .isEqualTo("From: orders@customer.example\nDate: 2026/11/23 19:30:05\nFiles: 4\n" + at + "order.pdf\n"
                        + at + "ORDER (2).pdf\n" + ListFile.NOT_SAVED + "\n" + at + "mail (2).json\n");
        assertThat(mail.folder()).isEqualTo(FOLDER + "/m1");
        assertThat(mail.body()).isEqualTo(at + "body.txt");
        assertThat(mail.list()).isEqualTo(at + "list.txt");
        assertThat(mail.attachments())
                .extracting(SavedMail.SavedFile::path)
                .containsExactly(at + "order.pdf", at + "ORDER (2).pdf", null, at + "mail (2).json");
        assertThat(mail.attachments().getFirst().name()).isEqualTo("../order.pdf");
        assertThat(mail.attachments().getLast().sha256())
                .isEqualTo("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
        Map<String, Object> manifest = Json.readMap(files.getOrDefault(at + "mail.json", ""));
        assertThat(manifest)
                .containsEntry("claim", "c1")
                .containsEntry("messageId", "<1@customer.example>")
                .containsKeys("attachments", "problems");
    }

    /** An order of an older release may name one. */
    @Test
    void folderWithANameThatIsRemovedByItselfGetsAnotherOne() {
        String folder = saved(save(disk, order("c1", ".Ekiden-0123.part"))).folder();
        assertThat(folder).isEqualTo(FOLDER + "/_.Ekiden-0123.part");
    }

    @Test
    void sameClaimGivesTheSameFolderAnotherClaimAnotherOne() {
        SavedMail first = saved(save(disk, order("c1", "m")));
        SavedMail second = saved(save(disk, order("c2", "m")));
        assertThat(second.folder()).isEqualTo(FOLDER + "/m-2");
        assertThat(saved(save(disk, order("c1", "m")))).isEqualTo(first);
        assertThat(saved(save(disk, order("c2", "m")))).isEqualTo(second);
        assertThat(files()).hasSize(12);
    }

    @Test
    void foldersAndFilesOfOthersAreLeftAlone() throws IOException {
        disk.makeFolders(FOLDER.resolve("m"));
        put(FOLDER.resolve("m-2"), "a file");
        disk.makeFolders(FOLDER.resolve("m-3"));
        put(FOLDER.resolve("m-3/mail.json"), "{\"claim\":");
        assertThat(saved(save(disk, order("c1", "m"))).folder()).isEqualTo(FOLDER + "/m-4");
        assertThat(files())
                .containsEntry(FOLDER + "/m-2", "a file")
                .containsEntry(FOLDER + "/m-3/mail.json", "{\"claim\":");
    }

    private void put(Path file, String text) throws IOException {
        try (Disk.Output out = disk.create(file)) {
            out.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        }
    }

    @Test
    void wholeMailIsKeptByteForByteWhereItIsAskedFor() {
        SaveOrder order = new SaveOrder(
                "c", FOLDER, "m", null, null, "mail.eml", false, Instant.EPOCH, ZoneId.of("UTC"), SaveExtras.NONE);
        SavedMail mail = saved(save(disk, order));
        Path whole = Path.of(String.valueOf(mail.mail()));
        assertThat(whole.getFileName()).hasToString("mail.eml");
        assertThat(disk.durableFiles().get(whole)).isEqualTo(MAIL.getBytes(UTF_8));
        assertThat(saved(save(disk, order))).as("found again").isEqualTo(mail);
    }

    @Test
    void nothingMoreThanWhatWasAskedForIsWritten() {
        SaveOrder order = new SaveOrder(
                "c", FOLDER, "../../etc", null, "list", null, false, Instant.EPOCH, ZoneId.of("UTC"), SaveExtras.NONE);
        SavedMail mail = saved(save(disk, order));
        assertThat(mail.attachments()).isEmpty();
        assertThat(mail.body()).isNull();
        assertThat(files()).containsOnlyKeys(FOLDER + "/etc/list", FOLDER + "/etc/mail.json");
        assertThat(files())
                .containsEntry(
                        FOLDER + "/etc/list", "From: orders@customer.example\nDate: 1970/01/01 00:00:00\nFiles: 0\n");
    }

    @Test
    void fullDiskIsRetryableAndLeavesNothing() {
        disk.capacity(60);
        assertFailed(save(disk, order("c", "m")), SaveMessage.DISK_FULL);
        assertThat(files()).isEmpty();
        disk.capacity(Long.MAX_VALUE);
        saved(save(disk, order("c", "m")));
    }

    private static void assertFailed(Result<SavedMail> result, SaveMessage message) {
        assertThat(result).isInstanceOfSatisfying(Result.Failed.class, failed -> {
            assertThat(failed.problem().id()).isEqualTo(message.id());
            assertThat(failed.problem().kind()).isEqualTo(message.kind());
        });
        assertThat(SaveMessage.DISK_FULL.kind()).isEqualTo(MessageId.Kind.RETRYABLE);
    }

    @Test
    void tooManyFoldersOfOneNameAreRefused() throws IOException {
        for (int i = 1; i <= MailSaver.MAX_SAME_NAME; i++) {
            disk.makeFolders(FOLDER.resolve(i == 1 ? "m" : "m-" + i));
        }
        assertFailed(save(disk, order("c", "m")), SaveMessage.TOO_MANY_OF_ONE_NAME);
        disk.delete(FOLDER.resolve("m-" + MailSaver.MAX_SAME_NAME));
        assertThat(saved(save(disk, order("c", "m"))).folder()).endsWith("m-" + MailSaver.MAX_SAME_NAME);
    }

    @Test
    void crashAtAnyPointThenAgainGivesTheWholeResultOnce() throws IOException {
        saved(save(disk, order("c", "m")));
        long operations = disk.operations();
        Map<String, String> whole = files();
        for (long seed = 0; seed < 20; seed++) {
            for (long n = 0; n < operations; n++) {
                crashAt(new MemoryDisk(new SplittableRandom(seed)), n, whole);
            }
        }
    }

    private static void crashAt(MemoryDisk disk, long n, Map<String, String> whole) throws IOException {
        disk.stopAfter(n);
        @Nullable SavedMail told = null;
        try {
            told = saved(save(disk, order("c", "m")));
        } catch (MemoryDisk.Stopped here) {
            assertThat(here).isNotNull();
        }
        disk.crash();
        for (Path visible : disk.list(FOLDER)) {
            boolean temporary = visible.getFileName().toString().startsWith(".ekiden-");
            assertThat(temporary || visible.equals(FOLDER.resolve("m"))).isTrue();
        }
        if (disk.exists(FOLDER.resolve("m"))) {
            assertThat(contents(disk, FOLDER.resolve("m"))).isEqualTo(contents(whole, FOLDER.resolve("m")));
        }
        SavedMail again = saved(save(disk, order("c", "m")));
        assertThat(told == null || told.equals(again)).isTrue();
        disk.crash();
        Map<String, String> after = new TreeMap<>();
        disk.files().forEach((path, bytes) -> after.put(path.toString(), new String(bytes, UTF_8)));
        assertThat(after).isEqualTo(whole);
        assertThat(disk.list(FOLDER)).containsExactly(FOLDER.resolve("m"));
    }

    private static Map<String, String> contents(MemoryDisk disk, Path folder) {
        Map<String, String> all = new TreeMap<>();
        disk.files().forEach((path, bytes) -> all.put(path.toString(), new String(bytes, UTF_8)));
        return contents(all, folder);
    }

    private static Map<String, String> contents(Map<String, String> all, Path folder) {
        Map<String, String> within = new TreeMap<>(all);
        within.keySet().removeIf(path -> !path.startsWith(folder + "/"));
        return within;
    }

    @Test
    void ioErrorAtAnyPointLeavesNothingVisibleAndTheNextTrySucceeds() throws IOException {
        saved(save(disk, order("c", "m")));
        long operations = disk.operations();
        for (long n = 0; n < operations; n++) {
            MemoryDisk sick = new MemoryDisk(new SplittableRandom(n));
            sick.failAfter(n, () -> new IOException("sick"));
            Result<SavedMail> first = save(sick, order("c", "m"));
            boolean visible = sick.exists(FOLDER.resolve("m"));
            assertThat(first instanceof Result.Ok || !visible || n == operations - 1)
                    .isTrue();
            saved(save(sick, order("c", "m")));
            assertThat(sick.list(FOLDER)).containsExactly(FOLDER.resolve("m"));
        }
    }

    @Test
    void realDiskTakesJapaneseNames(@TempDir Path folder) throws IOException {
        SaveOrder order = new SaveOrder(
                "c",
                folder.resolve("受注"),
                "注文",
                "本文.txt",
                "一覧.txt",
                null,
                true,
                Instant.EPOCH,
                ZoneId.of("UTC"),
                SaveExtras.NONE);
        SavedMail mail = saved(save(new FileDisk(), order));
        assertThat(Files.readString(Path.of(String.valueOf(mail.body())))).isEqualTo("注文します");
        assertThat(Files.readAllLines(Path.of(String.valueOf(mail.list())))).contains(folder + "/受注/注文/order.pdf");
        assertThat(saved(save(new FileDisk(), order))).isEqualTo(mail);
        assertThat(new FileDisk().list(folder.resolve("受注"))).isEqualTo(List.of(folder.resolve("受注/注文")));
    }
}
