package ekiden.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoryDiskTest {
    private static final Path FOLDER = Path.of("/home/spool");
    private static final Path FILE = FOLDER.resolve("a");
    private MemoryDisk disk = new MemoryDisk(new SplittableRandom(1));

    @BeforeEach
    void makeFolder() throws IOException {
        start(1);
    }

    private void start(long seed) throws IOException {
        disk = new MemoryDisk(new SplittableRandom(seed));
        disk.makeFolders(FOLDER);
    }

    private void write(Path file, String text, boolean forced) throws IOException {
        try (Disk.Output out = disk.append(file)) {
            out.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
            if (forced) {
                out.force();
            }
        }
    }

    private String state() {
        StringBuilder all = new StringBuilder();
        for (Map.Entry<Path, byte[]> file : disk.files().entrySet()) {
            all.append(file.getKey().getFileName())
                    .append('=')
                    .append(new String(file.getValue(), UTF_8))
                    .append(' ');
        }
        return all.isEmpty() ? "" : all.substring(0, all.length() - 1);
    }

    private interface Deed {
        void run() throws IOException;
    }

    private Set<String> statesAfterCrash(Deed deed) throws IOException {
        Set<String> states = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            start(seed);
            deed.run();
            disk.crash();
            states.add(state());
        }
        return states;
    }

    @Test
    void whatWasForcedSurvives() throws IOException {
        Deed deed = () -> {
            write(FILE, "whole", true);
            disk.forceFolder(FOLDER);
        };
        assertThat(statesAfterCrash(deed)).containsExactly("a=whole");
    }

    @Test
    void bytesWithoutForceMayBeCutOrZeros() throws IOException {
        Deed deed = () -> {
            write(FILE, "ab", false);
            disk.forceFolder(FOLDER);
        };
        assertThat(statesAfterCrash(deed)).contains("a=ab", "a=a", "a=", "a=a\0", "a=\0\0");
    }

    @Test
    void bytesBehindTheForcedOnesMayBeLostButNeverThose() throws IOException {
        Deed deed = () -> {
            write(FILE, "ab", true);
            disk.forceFolder(FOLDER);
            write(FILE, "cd", false);
        };
        assertThat(statesAfterCrash(deed)).contains("a=ab", "a=abcd").allMatch(s -> s.startsWith("a=ab"));
    }

    @Test
    void entryWithoutForceMayBeLost() throws IOException {
        assertThat(statesAfterCrash(() -> write(FILE, "x", true))).containsExactlyInAnyOrder("", "a=x");
    }

    @Test
    void renameIsDoneOrNotDone() throws IOException {
        Deed deed = () -> {
            write(FILE, "new", true);
            write(FOLDER.resolve("b"), "old", true);
            disk.forceFolder(FOLDER);
            disk.rename(FILE, FOLDER.resolve("b"));
        };
        assertThat(statesAfterCrash(deed)).containsExactlyInAnyOrder("a=new b=old", "b=new");
    }

    @Test
    void laterRenameNeverSurvivesWithoutTheEarlierOneOfTheSameName() throws IOException {
        Deed deed = () -> {
            write(FILE, "x", true);
            disk.forceFolder(FOLDER);
            disk.rename(FILE, FOLDER.resolve("b"));
            disk.rename(FOLDER.resolve("b"), FOLDER.resolve("c"));
        };
        assertThat(statesAfterCrash(deed)).containsExactlyInAnyOrder("a=x", "b=x", "c=x");
    }

    @Test
    void removedFileMayComeBack() throws IOException {
        Deed deed = () -> {
            write(FILE, "x", true);
            disk.forceFolder(FOLDER);
            disk.delete(FILE);
        };
        assertThat(statesAfterCrash(deed)).containsExactlyInAnyOrder("", "a=x");
    }

    @Test
    void outputsOfTheFormerLifeAreDead() throws IOException {
        Disk.Output out = disk.create(FILE);
        disk.crash();
        assertThatThrownBy(() -> out.write(ByteBuffer.wrap(new byte[1]))).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void plannedFailureHappensOnce() throws IOException {
        disk.failAfter(1, () -> new IOException("planned"));
        assertThatThrownBy(() -> write(FILE, "x", false)).hasMessage("planned");
        assertThat(disk.size(FILE)).isZero();
        write(FILE, "x", false);
        assertThat(disk.size(FILE)).isEqualTo(1);
    }

    @Test
    void stoppedProcessDoesNothingUntilItIsBack() throws IOException {
        disk.stopAfter(0);
        assertThatThrownBy(() -> disk.create(FILE)).isInstanceOf(MemoryDisk.Stopped.class);
        assertThatThrownBy(() -> disk.delete(FILE)).isInstanceOf(MemoryDisk.Stopped.class);
        disk.crash();
        disk.create(FILE).close();
    }

    @Test
    void fullDiskTakesWhatFitsAndRoomComesBackWithDelete() throws IOException {
        disk.capacity(3);
        assertThatThrownBy(() -> write(FILE, "1234", false)).isInstanceOf(Disk.DiskFull.class);
        assertThat(disk.size(FILE)).isEqualTo(3);
        disk.delete(FILE);
        write(FILE, "123", false);
        assertThat(disk.size(FILE)).isEqualTo(3);
    }

    @Test
    void sameSeedGivesTheSameCrash() throws IOException {
        String first = "";
        for (int i = 0; i < 2; i++) {
            start(42);
            for (int n = 0; n < 20; n++) {
                write(FOLDER.resolve("f" + n), "some text " + n, n % 3 == 0);
            }
            disk.crash();
            first = i == 0 ? state() : first;
        }
        assertThat(state()).isEqualTo(first);
    }
}
