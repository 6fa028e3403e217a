package ekiden.mail.save;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.disk.FileDisk;
import ekiden.json.Json;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Reading;
import ekiden.model.definition.NamePattern;
import ekiden.model.definition.SaveOptions.Collision;
import ekiden.model.definition.SaveOptions.FileAccess;
import ekiden.model.mail.SavedMail;
import ekiden.model.mail.Taker;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How files are named and made: patterns, collisions, reception list, owner and mode. */
class SaveOptionsTest {
    private static final Path FOLDER = Path.of("/files/in");
    private static final Path LIST = Path.of("/files/received");
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final Instant RECEIVED = Instant.parse("2026-11-23T10:30:05Z");
    private static final String ENTRY = "SENDER: orders@customer.example\nDATE: 2026/11/23 19:30:05\nSUBJECT: 注文\n";

    private final MemoryDisk disk = new MemoryDisk(new SplittableRandom(1));

    private static BytesSource raw(String text) {
        return new BytesSource("""
                From: Order <orders@customer.example>
                Subject: =?utf-8?B?5rOo5paH?=
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                TEXT
                --b
                Content-Type: application/pdf
                Content-Disposition: attachment; filename="order.pdf"

                PDF
                --b--
                """.replace("TEXT", text).getBytes(UTF_8));
    }

    private static Message message(BytesSource raw) {
        return ((Reading.Readable) MessageReader.read(raw, MimeLimits.DEFAULT)).message();
    }

    /** What differs from test to test. */
    private record Wish(
            String claim,
            Path folder,
            Collision collision,
            @Nullable Path list,
            @Nullable FileAccess access,
            @Nullable NameTemplate attachments) {
        static Wish of(String claim) {
            return new Wish(claim, FOLDER, Collision.UNIQUE, null, null, null);
        }

        Wish on(Collision then) {
            return new Wish(claim, folder, then, list, access, attachments);
        }

        Wish listed() {
            return new Wish(claim, folder, collision, LIST, access, attachments);
        }
    }

    private static Result<SavedMail> save(Disk disk, Wish wish) {
        BytesSource raw = raw("text of " + wish.claim);
        Message message = message(raw);
        SaveNames names = SaveNames.of(message.summary(), RECEIVED, TOKYO, Map.of("run", "7"));
        SaveExtras extras = new SaveExtras(
                names,
                wish.attachments,
                wish.list,
                wish.collision,
                wish.access,
                List.of(),
                new Taker("/orders", 7, "start"));
        SaveOrder order = new SaveOrder(
                wish.claim, wish.folder, "m", "body.txt", "list.txt", null, true, RECEIVED, TOKYO, extras);
        return new MailSaver(disk).save(message, raw, order);
    }

    private static SavedMail saved(Result<SavedMail> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<SavedMail>) result).value();
    }

    private static void failed(Result<SavedMail> result, SaveMessage message) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.problem().id()).isEqualTo(message.id()));
    }

    private static Map<String, String> files(MemoryDisk disk) {
        Map<String, String> all = new TreeMap<>();
        disk.files().forEach((path, bytes) -> all.put(path.toString(), new String(bytes, UTF_8)));
        return all;
    }

    private static void put(Disk disk, Path file, String text) throws IOException {
        try (Disk.Output out = disk.create(file)) {
            out.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        }
    }

    @Test
    void collisionThatFailsLeavesBothAsTheyAreAndTheSameClaimStillFindsItsFolder() {
        SavedMail first = saved(save(disk, Wish.of("c1").on(Collision.FAIL)));
        Map<String, String> before = files(disk);
        failed(save(disk, Wish.of("c2").on(Collision.FAIL)), SaveMessage.COLLISION);
        assertThat(files(disk)).isEqualTo(before);
        assertThat(saved(save(disk, Wish.of("c1").on(Collision.FAIL)))).isEqualTo(first);
    }

    @Test
    void overwritingReplacesTheFolderOfAnotherMail() {
        saved(save(disk, Wish.of("c1").on(Collision.OVERWRITE)));
        SavedMail second = saved(save(disk, Wish.of("c2").on(Collision.OVERWRITE)));
        assertThat(second.folder()).isEqualTo(FOLDER + "/m");
        assertThat(files(disk))
                .containsEntry(FOLDER + "/m/body.txt", "text of c2")
                .hasSize(4);
    }

    @Test
    void overwritingNeverReplacesWhatEkidenDidNotWrite() throws IOException {
        saved(save(disk, Wish.of("c1").on(Collision.OVERWRITE)));
        put(disk, FOLDER.resolve("m/notes.txt"), "mine");
        failed(save(disk, Wish.of("c2").on(Collision.OVERWRITE)), SaveMessage.NOT_OURS);
        disk.delete(FOLDER.resolve("m/notes.txt"));
        disk.makeFolders(FOLDER.resolve("m/folder"));
        failed(save(disk, Wish.of("c2").on(Collision.OVERWRITE)), SaveMessage.NOT_OURS);
        assertThat(files(disk)).containsEntry(FOLDER + "/m/body.txt", "text of c1");
        MemoryDisk other = new MemoryDisk(new SplittableRandom(2));
        other.makeFolders(FOLDER);
        put(other, FOLDER.resolve("m"), "a file");
        failed(save(other, Wish.of("c2").on(Collision.OVERWRITE)), SaveMessage.NOT_OURS);
        assertThat(files(other)).containsEntry(FOLDER + "/m", "a file").hasSize(1);
    }

    @Test
    void crashAtAnyPointOfOverwritingLeavesAWholeMailOrNone() throws IOException {
        Wish second = Wish.of("c2").on(Collision.OVERWRITE).listed();
        saved(save(disk, Wish.of("c1").on(Collision.OVERWRITE)));
        long first = disk.operations();
        saved(save(disk, second));
        Map<String, String> whole = files(disk);
        for (long seed = 0; seed < 20; seed++) {
            for (long n = 0; n < disk.operations() - first; n++) {
                MemoryDisk crashed = new MemoryDisk(new SplittableRandom(seed));
                saved(save(crashed, Wish.of("c1").on(Collision.OVERWRITE)));
                stopIn(crashed, n, second);
                crashed.crash();
                String body = files(crashed).get(FOLDER + "/m/body.txt");
                assertThat(body == null || body.equals("text of c1") || body.equals("text of c2"))
                        .as(body)
                        .isTrue();
                saved(save(crashed, second));
                crashed.crash();
                new MailSaver(crashed).removeLeftovers(FOLDER, folder -> true);
                Map<String, String> after = files(crashed);
                // a note that a power failure brings back is of no harm
                after.keySet().removeIf(name -> name.endsWith(".entry"));
                assertThat(after).isEqualTo(whole);
            }
        }
    }

    private static void stopIn(MemoryDisk disk, long n, Wish wish) {
        disk.stopAfter(n);
        try {
            save(disk, wish);
        } catch (MemoryDisk.Stopped here) {
            assertThat(here).isNotNull();
        }
    }

    @Test
    void errorInMidOverwritingPutsTheFormerFolderBack() {
        saved(save(disk, Wish.of("c1").on(Collision.OVERWRITE)));
        long first = disk.operations();
        saved(save(disk, Wish.of("c2").on(Collision.OVERWRITE)));
        for (long n = 0; n < disk.operations() - first; n++) {
            MemoryDisk sick = new MemoryDisk(new SplittableRandom(n));
            saved(save(sick, Wish.of("c1").on(Collision.OVERWRITE)));
            sick.failAfter(n, () -> new IOException("sick"));
            save(sick, Wish.of("c2").on(Collision.OVERWRITE));
            assertThat(files(sick)).as("after " + n).containsKey(FOLDER + "/m/body.txt");
        }
    }

    @Test
    void receptionListHasEachTakenMailOnceHoweverTheProcessEnds() throws IOException {
        saved(save(disk, Wish.of("c1").listed()));
        saved(save(disk, Wish.of("c2").listed()));
        assertThat(files(disk)).containsEntry(LIST.toString(), ENTRY + ENTRY);
        assertThat(disk.list(Path.of("/files"))).containsExactly(FOLDER, LIST);
        long operations = disk.operations();
        for (long seed = 0; seed < 20; seed++) {
            for (long n = 0; n < operations; n++) {
                killed(new MemoryDisk(new SplittableRandom(seed)), n, seed % 2 == 0);
            }
        }
    }

    /** Two mails with the same entry: one that is there must not be taken for the other's. */
    private static void killed(MemoryDisk disk, long n, boolean powerFails) throws IOException {
        disk.stopAfter(n);
        try {
            saved(save(disk, Wish.of("c1").listed()));
            saved(save(disk, Wish.of("c2").listed()));
        } catch (MemoryDisk.Stopped here) {
            assertThat(here).isNotNull();
        }
        if (powerFails) {
            disk.crash();
        } else {
            disk.restart();
        }
        // the other one first: what the first had begun comes before it
        saved(save(disk, Wish.of("c2").listed()));
        saved(save(disk, Wish.of("c1").listed()));
        saved(save(disk, Wish.of("c1").listed()));
        assertThat(files(disk)).as("stopped after " + n).containsEntry(LIST.toString(), ENTRY + ENTRY);
        assertThat(disk.list(Path.of("/files"))).containsExactly(FOLDER, LIST);
    }

    @Test
    void ioErrorAtAnyPointOfTheReceptionListLeavesEachEntryOnce() {
        saved(save(disk, Wish.of("c1").listed()));
        for (long n = 0; n < disk.operations(); n++) {
            MemoryDisk sick = new MemoryDisk(new SplittableRandom(n));
            MailSaver saver = new MailSaver(sick);
            sick.failAfter(n, () -> new IOException("sick"));
            Result<SavedMail> one = again(saver, "c1");
            Result<SavedMail> two = again(saver, "c2");
            assertThat(one instanceof Result.Ok || two instanceof Result.Ok).isTrue();
            again(saver, "c1");
            again(saver, "c2");
            assertThat(files(sick)).as("failed at " + n).containsEntry(LIST.toString(), ENTRY + ENTRY);
        }
    }

    private static Result<SavedMail> again(MailSaver saver, String claim) {
        BytesSource raw = raw("text of " + claim);
        Message message = message(raw);
        SaveNames names = SaveNames.of(message.summary(), RECEIVED, TOKYO, Map.of());
        SaveExtras extras = new SaveExtras(names, null, LIST, Collision.UNIQUE, null, List.of(), null);
        return saver.save(
                message, raw, new SaveOrder(claim, FOLDER, "m", null, null, null, true, RECEIVED, TOKYO, extras));
    }

    @Test
    void listThatSomebodyRotatesOrWritesToKeepsWhatItHas() throws IOException {
        put(disk, Path.of("/other"), "");
        disk.makeFolders(Path.of("/files"));
        put(disk, LIST, "by hand\n");
        saved(save(disk, Wish.of("c1").listed()));
        disk.rename(LIST, Path.of("/files/received.1"));
        saved(save(disk, Wish.of("c2").listed()));
        assertThat(files(disk))
                .containsEntry("/files/received.1", "by hand\n" + ENTRY)
                .containsEntry(LIST.toString(), ENTRY);
    }

    @Test
    void senderAndSubjectCannotBringALineOfTheirOwn() {
        assertThat(ListFile.oneLine("a\r\nSENDER: x\u2028y\u0085z")).isEqualTo("a  SENDER: x y z");
    }

    @Test
    void manifestTellsWhoTookTheMailAndWhatIsBesideTheAttachments() {
        saved(save(disk, Wish.of("c1")));
        Map<String, Object> manifest = Json.readMap(files(disk).getOrDefault(FOLDER + "/m/mail.json", ""));
        assertThat(manifest)
                .containsEntry("taker", Map.of("unit", "/orders", "run", 7, "job", "start"))
                .containsEntry("from", List.of("orders@customer.example"))
                .containsEntry("subject", "注文");
        assertThat(manifest.get("files")).asString().contains("body.txt", "list.txt", "sha256");
    }

    @Test
    void attachmentsAreNamedByTheirPattern() {
        NameTemplate template = ((Result.Ok<NameTemplate>)
                        NameTemplate.parse("{date}-{run}-{i}-{subject}.{ext}", NamePattern.OF_ATTACHMENT))
                .value();
        SavedMail mail = saved(save(disk, new Wish("c", FOLDER, Collision.UNIQUE, null, null, template)));
        assertThat(mail.attachments().getFirst().path()).isEqualTo(FOLDER + "/m/2026-11-23-7-1-注文.pdf");
        assertThat(mail.attachments().getFirst().name()).isEqualTo("order.pdf");
    }

    @Test
    void noValueLeadsOutOfItsPlace() {
        List<String> hostile = List.of(
                "..",
                ".",
                "",
                "../../etc",
                "/etc/passwd",
                "\\\\host\\share",
                "C:x",
                "C:.ekiden-0123456789abcdef01234567.part",
                "a/../..",
                "\u0000",
                "~",
                "\u202e..",
                "...",
                " .. ",
                "..\u0000");
        List<String> patterns =
                List.of("{subject}", ".{subject}", "{subject}.", "{from}{subject}", "{subject}..{from}");
        List<Path> places = new ArrayList<>();
        for (String value : hostile) {
            SaveNames names = new SaveNames(Map.of("subject", value, "from", value));
            for (String pattern : patterns) {
                Result<Path> path = names.path("/srv/{from}/" + pattern + "/in");
                places.add(((Result.Ok<Path>) path).value());
            }
        }
        assertThat(places).hasSize(hostile.size() * patterns.size()).allSatisfy(place -> {
            assertThat(place.normalize()).isEqualTo(place);
            assertThat(place.getNameCount()).isEqualTo(4);
            assertThat(place.iterator())
                    .toIterable()
                    .noneMatch(name -> name.toString().startsWith("."));
            assertThat(place).startsWithRaw(Path.of("/srv"));
        });
    }

    @Test
    void ownerGroupAndModeAreThoseAskedForAndRefusalIsClear(@TempDir Path real) throws IOException {
        PosixFileAttributes own = Files.readAttributes(real, PosixFileAttributes.class);
        FileAccess access = new FileAccess(null, own.group().getName(), "640", "751");
        Wish wish = new Wish("c1", real, Collision.UNIQUE, null, access, null);
        SavedMail mail = saved(save(new FileDisk(), wish));
        assertThat(modes(Path.of(mail.folder()))).isEqualTo("rwxr-x--x");
        for (Path file : new FileDisk().list(Path.of(mail.folder()))) {
            assertThat(modes(file)).as(file.toString()).isEqualTo("rw-r-----");
        }
        FileAccess nobody = new FileAccess(null, "no-such-group-here", null, null);
        Result<SavedMail> refused = save(new FileDisk(), new Wish("c2", real, Collision.UNIQUE, null, nobody, null));
        failed(refused, SaveMessage.ACCESS);
        assertThat(((Result.Failed<SavedMail>) refused).problem().values())
                .containsEntry("what", "group no-such-group-here")
                .containsEntry("reason", "not known on this machine");
        assertThat(new FileDisk().list(real)).containsExactly(Path.of(mail.folder()));
    }

    private static String modes(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
