package ekiden.wait;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.json.Json;
import ekiden.mail.mime.Trial;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.testing.MemoryDisk;
import ekiden.wait.WaitWorld.Rule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitWorkTest {
    private final MemoryDisk disk = new MemoryDisk(new Random(1));
    private WaitWorld world = world();

    private WaitWorld world() {
        try {
            return new WaitWorld(disk);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @BeforeEach
    void mails() {
        world.mail(1, "order", "one", "a.csv");
        world.mail(2, "bill", "two");
        world.mail(3, "order", "three");
    }

    private static String problem(@Nullable Problem problem) {
        return problem == null ? "none" : problem.id();
    }

    @Test
    void standardOutputThatNobodyReadsLeavesNoReceiptAndNoAcknowledgement() throws IOException {
        world.readerGone = true;
        assertThat(problem(world.call(2))).isEqualTo(WaitMessage.OUTPUT.id());
        assertThat(world.unread).hasSize(3);
        world.readerGone = false;
        assertThat(world.call(2)).isNull();
        world.complete(1, 2, 3);
    }

    @Test
    void onlyMatchingMailsAreTakenAndTheOthersLeaveNoTrace() throws IOException {
        world.conditions = new Conditions(List.of(), List.of("order"), List.of());
        world.call(10);
        assertThat(world.lines.keySet()).containsExactly("INBOX/1/1", "INBOX/1/3");
        assertThat(world.unread).containsOnlyKeys(2L);
        world.conditions = new Conditions(List.of(), List.of(), List.of("two"));
        world.call(10);
        world.complete(1, 2, 3);
    }

    @Test
    void mailForWhichTheMemoryDoesNotSufficeIsToldAndHoldsUpNoOther() throws IOException {
        world.tooMuch = 1;
        Entry attached = new Entry("three", Entry.Form.TEXT, Entry.Look.ALL, false, false, false);
        world.conditions = Conditions.NONE.map((list, entries) -> list.equals("text") ? List.of(attached) : entries);

        assertThat(problem(world.call(10))).isEqualTo("EKDM0680-E");

        assertThat(world.lines.keySet()).containsExactly("INBOX/1/1", "INBOX/1/3");
        assertThat(String.valueOf(world.lines.get("INBOX/1/1"))).contains("EKDM0680-E");
    }

    @Test
    void moreThanWereAskedForStayWhereTheyAre() throws IOException {
        world.count = 2;
        world.call(10);
        assertThat(world.lines).hasSize(2);
        assertThat(world.unread).containsOnlyKeys(3L);
        world.call(10);
        world.complete(1, 2, 3);
    }

    @Test
    void mailboxThatDidNotHearIsToldAgainWithoutALine() throws IOException {
        world.mailboxTakesAcknowledgements = false;
        world.call(10);
        assertThat(world.unread).hasSize(3);
        world.mailboxTakesAcknowledgements = true;
        world.call(10);
        assertThat(world.lines.values()).allSatisfy(lines -> assertThat(lines).hasSize(1));
        world.complete(1, 2, 3);
    }

    @Test
    void fullDiskGivesAnErrorLineAndTheMailComesAgain() throws IOException {
        disk.failAfter(12, () -> new Disk.DiskFull(WaitWorld.OUT, new IOException("test")));
        assertThat(problem(world.call(10))).isEqualTo("EKDM0300-E");
        assertThat(world.lines.values())
                .anySatisfy(lines -> assertThat(lines.getFirst()).contains("\"error\":\"EKDM0300-E\""));
        assertThat(world.unread).isNotEmpty();
        world.lines.values().removeIf(lines -> lines.getFirst().contains("error"));
        assertThat(world.call(10)).isNull();
        world.complete(1, 2, 3);
    }

    @Test
    void unreadableMailIsToldOnceAndStaysInItsMailbox() throws IOException {
        world.unread.clear();
        world.raw(7, "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(20_000));
        assertThat(world.call(10)).isNotNull();
        assertThat(Json.readMap(world.linesOf(7).getFirst())).containsOnlyKeys("error", "identity");
        assertThat(world.unread).containsOnlyKeys(7L);
        assertThat(world.call(10)).isNull();
        assertThat(world.linesOf(7)).hasSize(1);
    }

    @Test
    void mailThatTakesTheProcessDownTwiceIsNotParsedAThirdTime() throws IOException {
        for (int life = 0; life < 2; life++) {
            try (WaitJournal journal = journal()) {
                journal.append(
                        new WaitRecord.Opening(life == 0 ? List.of("INBOX/1/1", "INBOX/1/2") : List.of("INBOX/1/2")));
            }
            disk.restart();
            if (life == 0) {
                try (WaitJournal journal = journal()) {
                    assertThat(WaitDecider.openings(journal.book(), List.of("INBOX/1/3", "INBOX/1/1", "INBOX/1/2")))
                            .as("suspects are opened one by one")
                            .containsExactly(List.of("INBOX/1/3"), List.of("INBOX/1/1"), List.of("INBOX/1/2"));
                }
            }
        }
        assertThat(problem(world.call(10))).isEqualTo("EKDC0170-E");
        assertThat(world.linesOf(2).getFirst()).contains("\"error\":\"EKDC0170-E\"");
        assertThat(world.unread).containsOnlyKeys(2L);
    }

    private void endedTwiceOver(String key) throws IOException {
        for (int life = 0; life < 2; life++) {
            try (WaitJournal journal = journal()) {
                journal.append(new WaitRecord.Opening(List.of(key)));
            }
            disk.restart();
        }
    }

    @Test
    void innocentMailOverWhichTheProcessWasEndedTwiceIsTakenAfterItsTrial() throws IOException {
        endedTwiceOver("INBOX/1/2");
        world.verdict = Trial.Verdict.HARMLESS;
        assertThat(world.call(10)).isNull();
        world.complete(1, 2, 3);
    }

    @Test
    void mailThatCouldNotBeTriedComesAgain() throws IOException {
        endedTwiceOver("INBOX/1/2");
        world.verdict = Trial.Verdict.NOT_HELD;
        assertThat(problem(world.call(10))).isEqualTo("EKDC0171-E");
        assertThat(world.unread).containsOnlyKeys(2L);
        world.lines.values().removeIf(lines -> lines.getFirst().contains("error"));
        world.verdict = Trial.Verdict.HARMLESS;
        assertThat(world.call(10)).isNull();
        world.complete(1, 2, 3);
    }

    @Test
    void mailWithTooManyOpeningsGetsNoTrial() throws IOException {
        for (int life = 0; life < WaitLimits.DEFAULT.openingsAtMost(); life++) {
            try (WaitJournal journal = journal()) {
                journal.append(new WaitRecord.Opening(List.of("INBOX/1/2")));
            }
            disk.restart();
        }
        world.verdict = Trial.Verdict.HARMLESS;
        assertThat(problem(world.call(10))).isEqualTo("EKDC0170-E");
        assertThat(world.unread).containsOnlyKeys(2L);
    }

    private WaitJournal journal() {
        return ((Result.Ok<WaitJournal>)
                        WaitJournal.open(disk, WaitWorld.STATE, "0123456789ab", WaitLimits.DEFAULT, world.now))
                .value();
    }

    @Test
    void journalStaysShortHoweverManyMailsThereWere() throws IOException {
        world.rule = Rule.NOTHING;
        world.limits = WaitLimits.DEFAULT.withJournalBytes(2_000);
        for (int round = 0; round < 60; round++) {
            for (int i = 0; i < 10; i++) {
                world.mail(10 + round * 10 + i, "s", "t");
            }
            assertThat(world.call(10)).isNull();
        }
        assertThat(disk.size(WaitWorld.STATE.resolve(WaitJournal.NAME))).isLessThan(4_000);
        assertThat(world.lines).hasSize(603);
    }

    @Test
    void foreignFilesAreNeverReplaced() throws IOException {
        try (Disk.Output out = disk.create(WaitWorld.OUT.resolve("order.txt"))) {
            out.write(ByteBuffer.wrap("mine".getBytes(StandardCharsets.UTF_8)));
        }
        world.call(10);
        assertThat(disk.files().get(WaitWorld.OUT.resolve("order.txt")))
                .asString()
                .isEqualTo("mine");
        assertThat(disk.files())
                .containsKeys(WaitWorld.OUT.resolve("order (2).txt"), WaitWorld.OUT.resolve("order (3).txt"));
    }

    @Test
    void journalOfALaterVersionIsRefused() throws IOException {
        byte[] json = "{\"type\":\"Unheard\"}".getBytes(StandardCharsets.UTF_8);
        CRC32C crc = new CRC32C();
        crc.update(json, 0, json.length);
        try (Disk.Output out = disk.create(WaitWorld.STATE.resolve(WaitJournal.NAME))) {
            out.write(ByteBuffer.wrap((String.format(Locale.ROOT, "%08x ", crc.getValue())
                            + new String(json, StandardCharsets.UTF_8) + "\n")
                    .getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(WaitJournal.open(disk, WaitWorld.STATE, "0123456789ab", WaitLimits.DEFAULT, world.now))
                .isInstanceOf(Result.Failed.class);
    }
}
