package ekiden.mail.spool;

import static ekiden.mail.spool.SpoolSamples.FOLDER;
import static ekiden.mail.spool.SpoolSamples.HEADER;
import static ekiden.mail.spool.SpoolSamples.NOON;
import static ekiden.mail.spool.SpoolSamples.bytes;
import static ekiden.mail.spool.SpoolSamples.entries;
import static ekiden.mail.spool.SpoolSamples.failed;
import static ekiden.mail.spool.SpoolSamples.ok;
import static ekiden.mail.spool.SpoolSamples.put;
import static ekiden.mail.spool.SpoolSamples.start;
import static ekiden.mail.spool.SpoolSamples.text;
import static ekiden.mail.spool.SpoolSamples.writer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.base.MessageId.Kind;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.mail.mime.RawSource;
import ekiden.model.mail.RawMail;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpoolTest {
    private static final Problem POISON = Problem.of(SpoolMessage.DAMAGED, "place", "a", "what", "poison");

    private final MemoryDisk disk = new MemoryDisk(new Random(1));
    private final Spool spool = start(disk);

    private List<String> names() throws IOException {
        return disk.list(FOLDER).stream().map(f -> f.getFileName().toString()).toList();
    }

    @Test
    void fullDiskWhileTheMailComesInLeavesNothing() throws IOException {
        disk.capacity(200);
        SpoolWriter writer = writer(spool, "a", "x".repeat(500));
        assertThat(writer.failure()).isPresent();
        writer.write(bytes("what comes after is taken and dropped"));
        Problem problem = failed(writer.finish());
        assertThat(problem.id()).isEqualTo(SpoolMessage.DISK_FULL.id());
        assertThat(problem.kind()).isEqualTo(Kind.RETRYABLE);
        assertThat(names()).containsExactly("quarantine");

        disk.capacity(10_000);
        assertThat(text(spool, put(spool, "b", "room again"))).isEqualTo("room again");
    }

    @Test
    void fullDiskAtTheHeaderLeavesNothing() throws IOException {
        disk.capacity(10);
        assertThat(failed(spool.begin("a", HEADER)).id()).isEqualTo(SpoolMessage.DISK_FULL.id());
        assertThat(names()).containsExactly("quarantine");
    }

    @Test
    void entryThatWasGivenUpAndCouldNotBeRemovedIsRemovedLater() throws IOException {
        int met = 0;
        for (long at = 0; at < 20; at++) {
            MemoryDisk failing = new MemoryDisk(new Random(1));
            Spool victim = start(failing);
            failing.failAfter(at, () -> {
                failing.failAfter(0, () -> new IOException("still broken"));
                return new IOException("broken cable");
            });
            Result<RawMail> spooled = victim.begin("a", HEADER).then(writer -> {
                writer.write(bytes("text"));
                return writer.finish();
            });
            if (spooled instanceof Result.Failed && failing.list(FOLDER).size() > 1) {
                met++;
                victim.removeAgain();
                assertThat(failing.list(FOLDER)).hasSize(1);
            }
        }
        assertThat(met).isGreaterThan(1);
    }

    @Test
    void oneMoreThanTheRoomForUnremovedFilesIsLeftToTheNextStart() throws IOException {
        Unremoved unremoved = new Unremoved(disk, 1);
        for (String name : List.of("a.part", "b.part")) {
            disk.create(FOLDER.resolve(name)).close();
            disk.failAfter(0, () -> new IOException("broken cable"));
            unremoved.remove(FOLDER.resolve(name));
        }
        unremoved.removeAgain();
        assertThat(names()).containsExactly("b.part", "quarantine");
    }

    @Test
    void anyFailureBeforeTheEndLeavesNothingAndIsTold() throws IOException {
        long first = disk.operations();
        put(spool, "probe", "text");
        long operations = disk.operations() - first;
        for (long at = 0; at < operations; at++) {
            MemoryDisk failing = new MemoryDisk(new Random(1));
            Spool victim = start(failing);
            failing.failAfter(at, () -> new IOException("broken cable"));
            Problem problem = failed(victim.begin("a", HEADER).then(writer -> {
                writer.write(bytes("text"));
                return writer.finish();
            }));
            assertThat(problem.id()).isEqualTo(SpoolMessage.NOT_WRITABLE.id());
            assertThat(ok(victim.places())).isEmpty();
            assertThat(failing.list(FOLDER)).hasSize(1);
        }
    }

    @Test
    void headerAtTheLimitPassesAndOneByteMoreDoesNot() {
        int length = ekiden.json.Json.write(HEADER).getBytes(StandardCharsets.UTF_8).length;
        Spool fits = ok(Spool.start(disk, Path.of("/fits"), new SpoolLimits(64, 0, length, 2, 3), SpoolSamples.CLOCK));
        Spool tight =
                ok(Spool.start(disk, Path.of("/tight"), new SpoolLimits(64, 0, length - 1, 2, 3), SpoolSamples.CLOCK));
        assertThat(ok(fits.entry(put(fits, "a", "x").place())).header()).isEqualTo(HEADER);
        assertThat(failed(tight.begin("a", HEADER)).id()).isEqualTo(SpoolMessage.HEADER_TOO_LONG.id());
    }

    @Test
    void folderThatCannotBeUsedIsTold() {
        disk.failAfter(0, () -> new IOException("read-only"));
        assertThat(failed(Spool.start(disk, Path.of("/other"), SpoolLimits.DEFAULT, SpoolSamples.CLOCK))
                        .id())
                .isEqualTo(SpoolMessage.NOT_WRITABLE.id());
    }

    @Test
    void placeIsNeverAPath() {
        assertThatThrownBy(() -> spool.begin("../a", HEADER)).isInstanceOf(IllegalArgumentException.class);
        assertThat(failed(spool.entry("../a")).id()).isEqualTo(SpoolMessage.NOT_FOUND.id());
        assertThat(spool.drop("../a").orElseThrow().id()).isEqualTo(SpoolMessage.NOT_FOUND.id());
        assertThat(spool.delete("../a").orElseThrow().id()).isEqualTo(SpoolMessage.NOT_FOUND.id());
        assertThat(failed(spool.open(new RawMail("../a", 1, "00"))).id()).isEqualTo(SpoolMessage.NOT_FOUND.id());
    }

    @Test
    void mailComesBackAsItWasWritten() throws IOException {
        SpoolWriter writer = ok(spool.begin("a", HEADER));
        for (String piece : List.of("", "one ", "two ", "x".repeat(63), "y".repeat(64), "z".repeat(200), "")) {
            writer.write(bytes(piece));
        }
        RawMail mail = ok(writer.finish());
        String all = "one two " + "x".repeat(63) + "y".repeat(64) + "z".repeat(200);
        assertThat(mail.size()).isEqualTo(all.length());
        assertThat(text(spool, mail)).isEqualTo(all);
        assertThat(ok(spool.entry("a"))).isEqualTo(new SpoolEntry(HEADER, mail, 1));
        try (InputStream stream = ok(spool.stream(mail))) {
            assertThat(stream.read()).isEqualTo('o');
            assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(all.substring(1));
        }
    }

    @Test
    void emptyMailIsAMail() throws IOException {
        RawMail mail = put(spool, "a", "");
        assertThat(mail)
                .isEqualTo(new RawMail("a", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        assertThat(text(spool, mail)).isEmpty();
    }

    @Test
    void readingNeverReachesTheTrailer() throws IOException {
        RawMail mail = put(spool, "a", "text");
        try (RawSource source = ok(spool.open(mail))) {
            ByteBuffer wide = ByteBuffer.allocate(100);
            assertThat(source.readAt(1, wide)).isEqualTo(3);
            assertThat(source.readAt(4, wide)).isEqualTo(-1);
            assertThat(StandardCharsets.UTF_8.decode(wide.flip()).toString()).isEqualTo("ext");
        }
    }

    @Test
    void mailBeingReadMayBeMarkedOpenedAndQuarantined() throws IOException {
        RawMail mail = put(spool, "a", "text");
        try (RawSource source = ok(spool.open(mail))) {
            ByteBuffer one = ByteBuffer.allocate(1);
            source.readAt(0, one);
            assertThat(spool.markOpened("a")).isEmpty();
            assertThat(source.readAt(1, one.clear())).isEqualTo(1);
            assertThat(spool.quarantine("a", POISON)).isEmpty();
            assertThat(source.readAt(3, one.clear())).isEqualTo(1);
            assertThat(one.get(0)).isEqualTo((byte) 't');
        }
    }

    @Test
    void newEntryBearsItsFirstMarkWithoutAnotherForce() throws IOException {
        put(spool, "a", "text");
        assertThat(names()).contains("a.opening1");
        assertThat(spool.openings("a")).isEqualTo(1);
        assertThat(spool.markOpened("a")).isEmpty();
        assertThat(names()).contains("a.mail");
        assertThat(spool.openings("a")).isZero();
        assertThat(spool.markOpened("a")).isEmpty();
    }

    @Test
    void marksCountUpOverStartsUntilTheMailWasOpened() {
        put(spool, "a", "text");
        disk.crash();
        Spool second = start(disk);
        assertThat(entries(second).getFirst().openings()).isEqualTo(1);
        assertThat(second.markOpening("a")).isEmpty();
        disk.crash();
        Spool third = start(disk);
        assertThat(entries(third).getFirst().openings()).isEqualTo(2);
        assertThat(third.markOpened("a")).isEmpty();
        disk.crash();
        assertThat(entries(start(disk)).getFirst().openings()).isZero();
    }

    @Test
    void marksMakeAnEntrySuspectAndOneMoreMakesItGuilty() {
        put(spool, "a", "text");
        assertThat(spool.suspicion(entries(start(disk)).getFirst())).isEqualTo(Suspicion.NONE);
        assertThat(start(disk).markOpening("a")).isEmpty();
        assertThat(spool.suspicion(entries(start(disk)).getFirst())).isEqualTo(Suspicion.SUSPECT);
        assertThat(start(disk).markOpening("a")).isEmpty();
        assertThat(spool.suspicion(entries(start(disk)).getFirst())).isEqualTo(Suspicion.GUILTY);
    }

    @Test
    void quarantineHoldsReleasesAndDrops() throws IOException {
        RawMail mail = put(spool, "a", "text");
        assertThat(spool.quarantine("a", POISON)).isEmpty();
        assertThat(entries(spool)).isEmpty();
        assertThat(ok(spool.quarantined()))
                .containsExactly(new Quarantined("a", POISON, NOON, new SpoolEntry(HEADER, mail, 0)));
        assertThat(text(spool, mail)).isEqualTo("text");

        assertThat(spool.release("a")).isEmpty();
        assertThat(entries(spool)).containsExactly(new SpoolEntry(HEADER, mail, 0));
        assertThat(ok(spool.quarantined())).isEmpty();

        assertThat(spool.quarantine("a", POISON)).isEmpty();
        assertThat(spool.drop("a")).isEmpty();
        assertThat(disk.files()).isEmpty();
        assertThat(spool.drop("a").orElseThrow().id()).isEqualTo(SpoolMessage.NOT_FOUND.id());
        assertThat(spool.quarantine("a", POISON).orElseThrow().id()).isEqualTo(SpoolMessage.NOT_FOUND.id());
    }

    @Test
    void quarantineWithoutANoteIsStillListed() throws IOException {
        put(spool, "a", "text");
        spool.quarantine("a", POISON);
        disk.delete(FOLDER.resolve("quarantine/a.json"));
        assertThat(ok(spool.quarantined()).getFirst().problem().id()).isEqualTo(SpoolMessage.NO_NOTE.id());
    }

    @Test
    void verdictIsNotedInTheNameAndNothingOfItIsLookedAtAgain() throws IOException {
        RawMail mail = put(spool, "a", "text");
        put(spool, "b", "text");
        assertThat(spool.unsettled()).containsExactly("a", "b");
        spool.markOpened("a");
        assertThat(spool.markKept("a")).isEmpty();
        assertThat(spool.markKept("a")).isEmpty();
        assertThat(names()).contains("a.kept", "b.opening1");
        assertThat(spool.unsettled()).containsExactly("b");
        assertThat(ok(spool.settled())).containsExactly("a");
        assertThat(text(spool, mail)).isEqualTo("text");

        Spool second = start(disk);
        assertThat(second.unsettled()).containsExactly("b");
        assertThat(text(second, mail)).isEqualTo("text");
        assertThat(second.markOpening("a")).isEmpty();
        assertThat(names()).contains("a.opening1");
        assertThat(second.markOpened("a")).isEmpty();
        assertThat(second.markKept("a")).isEmpty();
        assertThat(names()).contains("a.kept");
        assertThat(second.deleteForGood(List.of("a"))).isEmpty();
        assertThat(second.markKept("a")).as("a late verdict").isEmpty();
        assertThat(second.has("a")).isFalse();
        assertThat(names()).containsExactly("b.opening1", "quarantine");
    }

    @Test
    void damagedEntryGoesToQuarantineAndIsNotLost() throws IOException {
        RawMail mail = put(spool, "a", "text");
        put(spool, "b", "good");
        spool.markOpened("a");
        try (Disk.Output output = disk.append(FOLDER.resolve("a.mail"))) {
            output.write(bytes("rubbish"));
        }
        Problem found = failed(spool.entry("a"));
        assertThat(found.id()).isEqualTo(SpoolMessage.DAMAGED.id());
        assertThat(spool.quarantine("a", found)).isEmpty();
        assertThat(entries(spool)).extracting(SpoolEntry::place).containsExactly("b");
        Quarantined damaged = ok(spool.quarantined()).getFirst();
        assertThat(damaged.problem().id()).isEqualTo(SpoolMessage.DAMAGED.id());
        assertThat(damaged.entry()).isNull();
        assertThat(failed(spool.open(mail)).id()).isEqualTo(SpoolMessage.DAMAGED.id());
    }

    @Test
    void everyByteOfTheFormIsLookedAt() throws IOException {
        put(spool, "a", "text");
        byte[] whole = Objects.requireNonNull(disk.files().get(FOLDER.resolve("a.opening1")));
        int header = 12 + ekiden.json.Json.write(HEADER).getBytes(StandardCharsets.UTF_8).length;
        for (int length = 0; length < whole.length; length++) {
            Path file = FOLDER.resolve("b.kept");
            disk.delete(file);
            try (Disk.Output output = disk.create(file)) {
                output.write(ByteBuffer.wrap(whole, 0, length));
            }
            assertThat(failed(spool.entry("b")).id()).isEqualTo(SpoolMessage.DAMAGED.id());
        }
        assertThat(whole).hasSize(header + 4 + 48);
    }

    @Test
    void deletedEntryIsGone() throws IOException {
        RawMail mail = put(spool, "a", "text");
        assertThat(spool.delete("a")).isEmpty();
        assertThat(spool.delete("a")).isEmpty();
        assertThat(failed(spool.open(mail)).id()).isEqualTo(SpoolMessage.NOT_FOUND.id());
        assertThat(names()).containsExactly("quarantine");
    }

    @Test
    void anotherMailUnderTheSameNameIsNotOpened() {
        RawMail mail = put(spool, "a", "text");
        RawMail other = new RawMail("a", mail.size(), mail.sha256().replace('0', '1'));
        assertThat(failed(spool.open(other)).values()).containsEntry("place", "a");
    }

    @Test
    void writerThatWasGivenUpOrFinishedTakesNothing() {
        SpoolWriter writer = writer(spool, "a", "text");
        writer.abandon();
        writer.abandon();
        assertThatThrownBy(() -> writer.write(bytes("x"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
        assertThat(ok(spool.places())).isEmpty();
    }

    @Test
    void strangeFilesAreLeftAlone() throws IOException {
        for (String name : List.of("Copy of x.mail", "README", "a.opening", "a.openingx", "a.opening12345", "A.part")) {
            disk.create(FOLDER.resolve(name)).close();
        }
        Spool again = start(disk);
        assertThat(entries(again)).isEmpty();
        assertThat(names()).hasSize(7);
        assertThat(again.strange().orElseThrow().values()).containsEntry("count", "6");
        assertThat(spool.strange()).isEmpty();
    }

    @Test
    void headerKeepsFactsOfItsReader() {
        SpoolHeader header = new SpoolHeader("imap", "", List.of(), NOON, Map.of("uid", "7"));
        SpoolWriter writer = ok(spool.begin("a", header));
        RawMail mail = ok(writer.finish());
        assertThat(ok(spool.entry(mail.place())).header()).isEqualTo(header);
    }
}
