package ekiden.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiskTest implements DiskContract {
    @TempDir
    Path folder = Path.of("/");

    @Override
    public Disk disk() {
        return new FileDisk();
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Test
    void fullDiskIsToldApartInBothLanguages() {
        Path file = folder.resolve("a");
        assertThat(FileDisk.told(file, new IOException("No space left on device")))
                .isInstanceOf(Disk.DiskFull.class);
        assertThat(FileDisk.told(file, new FileSystemException("a", null, "Disk quota exceeded")))
                .isInstanceOf(Disk.DiskFull.class);
        assertThat(FileDisk.told(file, new IOException("デバイスに空き領域がありません"))).isInstanceOf(Disk.DiskFull.class);
        assertThat(FileDisk.told(file, new IOException("Permission denied"))).isNotInstanceOf(Disk.DiskFull.class);
    }
}
