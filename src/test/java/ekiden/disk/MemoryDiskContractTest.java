package ekiden.disk;

import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;

class MemoryDiskContractTest implements DiskContract {
    private static final Path FOLDER = Path.of("/home/spool");
    private final MemoryDisk disk = new MemoryDisk(new SplittableRandom(1));

    @BeforeEach
    void makeFolder() throws IOException {
        disk.makeFolders(FOLDER);
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public void crash() {
        disk.crash();
    }

    @Override
    public Path folder() {
        return FOLDER;
    }
}
