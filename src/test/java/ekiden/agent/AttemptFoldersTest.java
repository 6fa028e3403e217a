package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The folders of a run that is forgotten. */
class AttemptFoldersTest {
    private static final Path ATTEMPTS = Path.of("/home/attempts");
    private static final UUID OLD = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private static MemoryDisk filled(int seed) throws IOException {
        MemoryDisk disk = new MemoryDisk(new Random(seed));
        Facts facts = new Facts(disk);
        for (UUID run : new UUID[] {OLD, OTHER}) {
            for (String job : new String[] {"load", "reply"}) {
                Path folder = ATTEMPTS.resolve(run.toString()).resolve(job).resolve("1");
                disk.makeFolders(folder);
                facts.write(folder.resolve("started"), "boot");
                facts.write(folder.resolve("exit"), "0");
            }
        }
        return disk;
    }

    private static boolean isThere(MemoryDisk disk, UUID run) {
        return disk.exists(ATTEMPTS.resolve(run.toString()));
    }

    @Test
    void removalThatIsCutOffAtAnyStepIsDoneByTheNextAndTouchesNoOtherRun() throws IOException {
        MemoryDisk measured = filled(0);
        long begin = measured.operations();
        new AttemptFolders(measured, ATTEMPTS).remove(OLD);
        long operations = measured.operations() - begin;
        assertThat(operations).isGreaterThan(6);
        assertThat(isThere(measured, OLD)).isFalse();
        for (long stop = 0; stop <= operations; stop++) {
            for (int seed = 0; seed < 10; seed++) {
                cutOff(filled(seed), stop);
            }
        }
    }

    private static void cutOff(MemoryDisk disk, long stop) throws IOException {
        disk.stopAfter(stop);
        try {
            new AttemptFolders(disk, ATTEMPTS).remove(OLD);
        } catch (MemoryDisk.Stopped stopped) {
            assertThat(stopped).isNotNull();
        }
        disk.crash();
        new AttemptFolders(disk, ATTEMPTS).remove(OLD);
        disk.crash();
        assertThat(isThere(disk, OLD)).as("stop %s", stop).isFalse();
        assertThat(disk.files().keySet())
                .filteredOn(file -> file.toString().contains(OTHER.toString()))
                .hasSize(4);
    }

    @Test
    void runOfWhichNothingIsLeftIsReportedAsForgotten() {
        AgentRig rig = new AgentRig(1);
        rig.give(new Assignment.ForgetRun(OLD));
        assertThat(rig.manager.reports(Report.RunForgotten.class))
                .extracting(Report.RunForgotten::run)
                .containsExactly(OLD);
    }
}
