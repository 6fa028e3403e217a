package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.config.HomePaths;
import ekiden.store.Store;
import ekiden.store.StoreMessage;
import ekiden.store.memory.MemoryStore;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two homes on one store, one after the other. */
class StoreHomeTest {
    private final HomePaths one = new HomePaths(Path.of("/home/one"));
    private final HomePaths other = new HomePaths(Path.of("/home/other"));
    private final Ids ids = new Ids(new SystemClock());

    private MemoryDisk disk(int seed) throws IOException {
        MemoryDisk disk = new MemoryDisk(new Random(seed));
        disk.makeFolders(one.folder());
        disk.makeFolders(other.folder());
        return disk;
    }

    private Result<Boolean> claim(MemoryDisk disk, HomePaths home, Store store) {
        return new StoreHome(disk, home, ids).claim(store);
    }

    private static UUID owner(Store store) {
        return store.read(tx -> tx.owner().find()).orElseThrow();
    }

    private static void note(MemoryDisk disk, HomePaths home, String text) throws IOException {
        disk.delete(home.id());
        try (var out = disk.create(home.id())) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @Test
    void storeThatBelongsToAnotherHomeIsRefusedThoughThatOneDoesNotRun() throws IOException {
        MemoryDisk disk = disk(1);
        try (Store store = new MemoryStore()) {
            assertThat(claim(disk, one, store)).isEqualTo(Result.ok(true));
            UUID owner = owner(store);
            Problem problem = ((Result.Failed<Boolean>) claim(disk, other, store)).problem();
            assertThat(problem.id()).isEqualTo(StoreMessage.OTHER_HOME.id());
            assertThat(problem.values())
                    .containsEntry("owner", owner.toString())
                    .containsEntry("own", "-");
            assertThat(disk.exists(other.id())).isFalse();
            assertThat(owner(store)).isEqualTo(owner);
            assertThat(claim(disk, one, store)).isEqualTo(Result.ok(true));
        }
    }

    @Test
    void homeThatHasAStoreOfItsOwnIsRefusedAtAnother() throws IOException {
        MemoryDisk disk = disk(1);
        try (Store store = new MemoryStore();
                Store second = new MemoryStore()) {
            claim(disk, one, store);
            claim(disk, other, second);
            assertThat(claim(disk, other, store)).isInstanceOf(Result.Failed.class);
            assertThat(claim(disk, one, second)).isInstanceOf(Result.Failed.class);
        }
    }

    @Test
    void personGivesTheStoreToARestoredHomeByWritingItsId() throws IOException {
        MemoryDisk disk = disk(1);
        try (Store store = new MemoryStore()) {
            claim(disk, one, store);
            note(disk, other, " " + owner(store) + "\n");
            assertThat(claim(disk, other, store)).isEqualTo(Result.ok(true));
        }
    }

    @Test
    void newStoreOfAnOldHomeGetsTheIdOfTheHome() throws IOException {
        MemoryDisk disk = disk(1);
        try (Store store = new MemoryStore();
                Store fresh = new MemoryStore()) {
            claim(disk, one, store);
            assertThat(claim(disk, one, fresh)).isEqualTo(Result.ok(true));
            assertThat(owner(fresh)).isEqualTo(owner(store));
        }
    }

    @Test
    void damagedNoteIsNoId() throws IOException {
        MemoryDisk disk = disk(1);
        try (Store store = new MemoryStore()) {
            claim(disk, one, store);
            note(disk, one, "not an id");
            assertThat(claim(disk, one, store)).isInstanceOf(Result.Failed.class);
        }
    }

    @Test
    void startThatIsCutOffAtAnyStepIsDoneByTheNext() throws IOException {
        MemoryDisk measured = disk(0);
        long begin = measured.operations();
        try (Store store = new MemoryStore()) {
            claim(measured, one, store);
        }
        long operations = measured.operations() - begin;
        for (long stop = 0; stop <= operations; stop++) {
            for (int seed = 0; seed < 10; seed++) {
                cutOff(stop, seed);
            }
        }
    }

    private void cutOff(long stop, int seed) throws IOException {
        MemoryDisk disk = disk(seed);
        try (Store store = new MemoryStore()) {
            disk.stopAfter(stop);
            try {
                claim(disk, one, store);
            } catch (MemoryDisk.Stopped stopped) {
                assertThat(stopped).isNotNull();
            }
            disk.crash();
            assertThat(claim(disk, one, store)).as("stop %s", stop).isEqualTo(Result.ok(true));
            disk.crash();
            assertThat(claim(disk, one, store)).as("stop %s", stop).isEqualTo(Result.ok(true));
            assertThat(claim(disk, other, store)).isInstanceOf(Result.Failed.class);
        }
    }
}
