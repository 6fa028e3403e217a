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

    private MemoryDisk disk = new MemoryDisk(new SplittableRandom(1));

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
            @Nullable NameTemplate attachments,
            @Nullable Former former) {
        static Wish of(String claim) {
            return new Wish(claim, FOLDER, Collision.UNIQUE, null, null, null, null);
        }

        Wish on(Collision then) {
            return new Wish(claim, folder, then, list, access, attachments, former);
        }

        /** Replaces what the store says was saved under another claim. */
        Wish over(String other, @Nullable SavedMail saved) {
            return new Wish(claim, folder, Collision.OVERWRITE, list, access, attachments, new Former(other, saved));
        }

        Wish listed() {
            return new Wish(claim, folder, collision, LIST, access, attachments, former);
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
                new Taker("/orders", 7, "start"),
                wish.former);
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
        SavedMail first = saved(save(disk, Wish.of("c1").on(Collision.OVERWRITE)));
        SavedMail second = saved(save(disk, Wish.of("c2").over("c1", first)));
        assertThat(second.folder()).isEqualTo(FOLDER + "/m");
        assertThat(files(disk))
                .containsEntry(FOLDER + "/m/body.txt", "text of c2")
                .hasSize(4);
    }

    @Test
    void overwritingNeverReplacesWhatEkidenDidNotWrite() throws IOException {
        Wish second = Wish.of("c2").over("c1", saved(save(disk, Wish.of("c1").on(Collision.OVERWRITE))));
        put(disk, FOLDER.resolve("m/notes.txt"), "mine");
        failed(save(disk, second), SaveMessage.NOT_OURS);
        disk.delete(FOLDER.resolve("m/notes.txt"));
        disk.makeFolders(FOLDER.resolve("m/folder"));
        failed(save(disk, second), SaveMessage.NOT_OURS);
        assertThat(files(disk)).containsEntry(FOLDER + "/m/body.txt", "text of c1");
        MemoryDisk other = new MemoryDisk(new SplittableRandom(2));
        other.makeFolders(FOLDER);
        put(other, FOLDER.resolve("m"), "a file");
        failed(save(other, Wish.of("c2").on(Collision.OVERWRITE)), SaveMessage.NOT_OURS);
        assertThat(files(other)).containsEntry(FOLDER + "/m", "a file").hasSize(1);
    }

    @Test
    void crashAtAnyPointOfOverwritingLeavesAWholeMailOrNone() throws IOException {
        SavedMail former = saved(save(disk, Wish.of("c1").on(Collision.OVERWRITE)));
        Wish second = Wish.of("c2").over("c1", former).listed();
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
                new MailSaver(crashed).removeLeftovers(FOLDER, folder -> true);
                assertThat(files(crashed).get(FOLDER + "/m/body.txt"))
                        .as("one of them is back at the next start")
                        .isIn("text of c1", "text of c2");
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
    void overwritingComparesWithWhatTheStoreSaysAndNotWithWhatTheFolderSays() throws IOException {
        SavedMail first = saved(save(disk, Wish.of("c1").on(Collision.OVERWRITE)));
        failed(save(disk, Wish.of("c2").on(Collision.OVERWRITE)), SaveMessage.NOT_OURS);
        failed(save(disk, Wish.of("c2").over("c1", null)), SaveMessage.NOT_OURS);
        Path body = FOLDER.resolve("m/body.txt");
        disk.delete(body);
        put(disk, body, "written by hand");
        failed(save(disk, Wish.of("c2").over("c1", first)), SaveMessage.NOT_OURS);
        String manifest = files(disk).getOrDefault(FOLDER + "/m/mail.json", "");
        disk.delete(FOLDER.resolve("m/mail.json"));
        put(disk, FOLDER.resolve("m/mail.json"), manifest.replace("text/plain", "text/html") + " ");
        failed(save(disk, Wish.of("c2").over("c1", first)), SaveMessage.NOT_OURS);
        assertThat(files(disk)).containsEntry(body.toString(), "written by hand");
    }

    @Test
    void folderThatAnotherClaimHasTakenSinceTheStoreWasAskedIsAskedAboutAgain() {
        SavedMail first = saved(save(disk, Wish.of("c1").on(Collision.OVERWRITE)));
        failed(save(disk, Wish.of("c2").over("c0", first)), SaveMessage.NOT_SAVED);
        assertThat(files(disk)).containsEntry(FOLDER + "/m/body.txt", "text of c1");
    }

    @Test
    void errorInMidOverwritingPutsTheFormerFolderBack() {
        SavedMail former = saved(save(disk, Wish.of("c1").on(Collision.OVERWRITE)));
        long first = disk.operations();
        saved(save(disk, Wish.of("c2").over("c1", former)));
        for (long n = 0; n < disk.operations() - first; n++) {
            MemoryDisk sick = new MemoryDisk(new SplittableRandom(n));
            saved(save(sick, Wish.of("c1").on(Collision.OVERWRITE)));
            sick.failAfter(n, () -> new IOException("sick"));
            save(sick, Wish.of("c2").over("c1", former));
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
        SaveExtras extras = new SaveExtras(names, null, LIST, Collision.UNIQUE, null, List.of(), null, null);
        return saver.save(
                message, raw, new SaveOrder(claim, FOLDER, "m", null, null, null, true, RECEIVED, TOKYO, extras));
    }

    /** The last operation that fails so that the list has the entry and the folder gets no name. */
    private static long beforeTheName() {
        long found = -1;
        for (long n = 0; n < 60; n++) {
            MemoryDisk sick = new MemoryDisk(new SplittableRandom(1));
            MailSaver saver = new MailSaver(sick);
            saved(again(saver, "c1"));
            sick.failAfter(n, () -> new IOException("sick"));
            boolean failed = again(saver, "c2") instanceof Result.Failed;
            boolean listed = files(sick).getOrDefault(LIST.toString(), "").equals(ENTRY + ENTRY);
            boolean there = sick.exists(FOLDER.resolve("m-2"));
            found = failed && listed && !there ? n : found;
        }
        assertThat(found).isNotNegative();
        return found;
    }

    /** Nobody waits any more for a mail that stands in the list and has no folder. */
    private Result<SavedMail> calledOff(Runnable meanwhile, long stopAfter) {
        MailSaver saver = new MailSaver(disk);
        saved(again(saver, "c1"));
        disk.failAfter(beforeTheName(), () -> new IOException("sick"));
        Result<SavedMail> end = again(saver, "c2");
        meanwhile.run();
        if (stopAfter >= 0) {
            disk.stopAfter(stopAfter);
        }
        saver.calledOff("c2");
        saver.calledOff("c2");
        return end;
    }

    @Test
    void entryOfAMailThatIsNotSavedAfterAllIsTakenBack() throws IOException {
        assertThat(calledOff(() -> {}, -1)).isInstanceOf(Result.Failed.class);
        assertThat(files(disk)).containsEntry(LIST.toString(), ENTRY);
        assertThat(disk.list(Path.of("/files"))).containsExactly(FOLDER, LIST);
    }

    @Test
    void entryThatOthersFollowedIsMarkedInItsPlace() throws IOException {
        calledOff(() -> append("more by hand\n"), -1);
        assertThat(files(disk))
                .containsEntry(LIST.toString(), ENTRY + ENTRY.replace("SENDER:", "UNDONE:") + "more by hand\n");
        assertThat(disk.list(Path.of("/files"))).containsExactly(FOLDER, LIST);
    }

    @Test
    void crashWhileAnEntryIsTakenBackLeavesItOrNot() throws IOException {
        for (long n = 0; n < 12; n++) {
            try {
                calledOff(() -> append("more by hand\n"), n);
            } catch (MemoryDisk.Stopped here) {
                assertThat(here).isNotNull();
            }
            disk.restart();
            saved(again(new MailSaver(disk), "c3"));
            String marked = ENTRY + ENTRY.replace("SENDER:", "UNDONE:") + "more by hand\n" + ENTRY;
            String there = ENTRY + ENTRY + "more by hand\n" + ENTRY;
            assertThat(files(disk).get(LIST.toString())).as("after " + n).isIn(marked, there);
            disk = new MemoryDisk(new SplittableRandom(n));
        }
    }

    private void append(String text) {
        try (Disk.Output out = disk.append(LIST)) {
            out.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        } catch (IOException wrong) {
            throw new AssertionError(wrong);
        }
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
    void folderWithTheNameOfANoteIsNone() throws IOException {
        Path folder = Path.of("/files/.ekiden-x.entry");
        disk.makeFolders(folder);
        saved(save(disk, Wish.of("c1").listed()));
        assertThat(files(disk)).containsEntry(LIST.toString(), ENTRY);
        assertThat(disk.isFolder(folder)).isTrue();
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
        SavedMail mail = saved(save(disk, new Wish("c", FOLDER, Collision.UNIQUE, null, null, template, null)));
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
        Wish wish = new Wish("c1", real, Collision.UNIQUE, null, access, null, null);
        SavedMail mail = saved(save(new FileDisk(), wish));
        assertThat(modes(Path.of(mail.folder()))).isEqualTo("rwxr-x--x");
        for (Path file : new FileDisk().list(Path.of(mail.folder()))) {
            assertThat(modes(file)).as(file.toString()).isEqualTo("rw-r-----");
        }
        FileAccess nobody = new FileAccess(null, "no-such-group-here", null, null);
        Result<SavedMail> refused =
                save(new FileDisk(), new Wish("c2", real, Collision.UNIQUE, null, nobody, null, null));
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
