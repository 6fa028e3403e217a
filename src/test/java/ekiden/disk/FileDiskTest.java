package ekiden.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    @Timeout(20)
    void filesThatTheSystemMakesUpAreNotOpenedForSomeHaveNoEnd() throws IOException {
        Path version = Path.of("/proc/version");
        assertThatThrownBy(() -> disk().readNamed(version))
                .isInstanceOf(Files.exists(version) ? Disk.NoFile.class : NoSuchFileException.class);
        try (InputStream in = disk().readNamed(Files.createFile(folder.resolve("empty")))) {
            assertThat(in.readAllBytes()).isEmpty();
        }
    }

    @Test
    @Timeout(20)
    void namedPipeIsNoFileAndNobodyWaitsForIt() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> disk().readNamed(pipe)).isInstanceOf(Disk.NoFile.class);
        assertThatThrownBy(() -> disk().readNamed(folder)).hasMessageContaining("Is a directory");
        assertThatThrownBy(() -> disk().readNamed(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        Path linked =
                Files.createSymbolicLink(folder.resolve("linked"), Files.writeString(folder.resolve("a"), "text"));
        try (InputStream in = disk().readNamed(linked)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("text");
        }
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
