package ekiden.mail.spool;

import static ekiden.mail.spool.SpoolSamples.FOLDER;
import static ekiden.mail.spool.SpoolSamples.entries;
import static ekiden.mail.spool.SpoolSamples.ok;
import static ekiden.mail.spool.SpoolSamples.put;
import static ekiden.mail.spool.SpoolSamples.start;
import static ekiden.mail.spool.SpoolSamples.text;
import static ekiden.mail.spool.SpoolSamples.writer;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.model.mail.RawMail;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The process stops before each operation in turn, power goes, and the spool is started again. */
class SpoolCrashTest {
    private static final int SEEDS = 20;
    private static final Problem WHY = Problem.of(SpoolMessage.DAMAGED, "place", "c", "what", "test");

    /** What the caller was told before the process stopped. */
    private static final class Told {
        final Map<String, RawMail> safe = new HashMap<>();
        final Set<String> mayBeGone = new HashSet<>();
        final Map<String, String> texts = new HashMap<>();
    }

    private static void life(Spool spool, Told told) {
        finish(spool, told, "a", "first mail");
        spool.markOpened("a");
        SpoolWriter given = writer(spool, "b", "given up " + "x".repeat(300));
        given.abandon();
        finish(spool, told, "c", "third mail " + "y".repeat(300));
        spool.quarantine("c", WHY);
        finish(spool, told, "d", "");
        spool.markOpened("d");
        spool.markOpening("d");
        spool.release("c");
        told.mayBeGone.add("a");
        spool.delete("a");
        finish(spool, told, "e", "last mail");
        spool.quarantine("e", WHY);
        told.mayBeGone.add("e");
        spool.drop("e");
    }

    private static void finish(Spool spool, Told told, String place, String text) {
        told.texts.put(place, text);
        told.safe.put(place, put(spool, place, text));
    }

    @Test
    void afterAnyCrashEachMailIsWholeOrWasNeverAcknowledged() throws IOException {
        MemoryDisk measured = new MemoryDisk(new Random(0));
        Spool calm = start(measured);
        long begin = measured.operations();
        life(calm, new Told());
        long operations = measured.operations() - begin;
        assertThat(operations).isGreaterThan(40);

        int found = 0;
        for (long stop = 0; stop <= operations; stop++) {
            for (int seed = 0; seed < SEEDS; seed++) {
                found += crashAt(stop, seed);
            }
        }
        assertThat(found).isGreaterThan((int) operations);
    }

    private static int crashAt(long stop, int seed) throws IOException {
        MemoryDisk disk = new MemoryDisk(new Random(seed));
        Spool spool = start(disk);
        Told told = new Told();
        disk.stopAfter(stop);
        try {
            life(spool, told);
        } catch (MemoryDisk.Stopped stopped) {
            assertThat(stopped).isNotNull();
        }
        disk.crash();
        Spool again = start(disk);
        List<SpoolEntry> all = new ArrayList<>(entries(again));
        ok(again.quarantined()).forEach(held -> all.add(Objects.requireNonNull(held.entry())));
        Map<String, RawMail> present = new HashMap<>();
        for (SpoolEntry entry : all) {
            assertThat(present.put(entry.place(), entry.mail())).isNull();
            assertThat(text(again, entry.mail())).isEqualTo(told.texts.get(entry.place()));
        }
        told.safe.forEach((place, mail) -> {
            if (!told.mayBeGone.contains(place)) {
                assertThat(present).as("stop %s seed %s", stop, seed).containsEntry(place, mail);
            }
        });
        assertThat(disk.list(FOLDER)).noneMatch(file -> file.toString().endsWith(".part"));
        return present.size();
    }

    @Test
    void openingMarkIsDurableBeforeTheMailIsSafe() {
        for (int seed = 0; seed < SEEDS; seed++) {
            MemoryDisk disk = new MemoryDisk(new Random(seed));
            put(start(disk), "a", "poison");
            disk.crash();
            Spool second = start(disk);
            assertThat(second.openings("a")).isEqualTo(1);
            second.markOpening("a");
            disk.crash();
            assertThat(start(disk).openings("a")).isEqualTo(2);
        }
    }
}
