package ekiden.config;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {
    @TempDir
    Path temp;

    private HomePaths paths() {
        return new HomePaths(temp.resolve("a/b"));
    }

    private static Home ok(Result<Home> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<Home>) result).value();
    }

    private static Problem problem(Result<Home> result) {
        assertThat(result).isInstanceOf(Result.Failed.class);
        return ((Result.Failed<Home>) result).problem();
    }

    @Test
    void absentHomeIsMadeForItsOwnerOnly() throws IOException {
        try (Home home = ok(Home.open(paths()))) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(home.paths().folder())))
                    .isEqualTo("rwx------");
            assertThat(home.warnings()).isEmpty();
            assertThat(home.paths().folder().toFile().list()).containsExactly("lock");
        }
    }

    @Test
    void homeIsTakenOnceAndFreeAfterwards() {
        Home first = ok(Home.open(paths()));
        Problem second = problem(Home.open(paths()));
        assertThat(second.id()).isEqualTo("EKDB0043-E");
        assertThat(second.values())
                .containsEntry("pid", Long.toString(ProcessHandle.current().pid()));
        first.close();
        first.close();
        ok(Home.open(paths())).close();
    }

    @Test
    void homeOpenToOthersIsWarnedAbout() throws IOException {
        Files.createDirectories(paths().folder());
        Files.setPosixFilePermissions(paths().folder(), PosixFilePermissions.fromString("rwxr-x---"));
        try (Home home = ok(Home.open(paths()))) {
            assertThat(home.warnings()).extracting(Problem::id).containsExactly("EKDB0045-W");
        }
    }

    @Test
    void fileInThePlaceOfTheHomeIsTold() throws IOException {
        Files.createDirectories(paths().folder().getParent());
        Files.writeString(paths().folder(), "");
        assertThat(problem(Home.open(paths())).id()).isEqualTo("EKDB0041-E");
        Problem below = problem(Home.open(new HomePaths(paths().folder().resolve("c"))));
        assertThat(below.id()).isIn("EKDB0040-E", "EKDB0041-E");
    }

    @Test
    void homeInWhichNothingCanBeWrittenIsTold() {
        // Nobody, not even root, makes files there; the tests run on Linux.
        Path proc = Path.of("/proc/self");
        assertThat(problem(Home.open(new HomePaths(proc))).id()).isEqualTo("EKDB0042-E");
        assertThat(problem(Home.open(new HomePaths(proc.resolve("x")))).id()).isEqualTo("EKDB0040-E");
    }

    @Test
    void lockThatCannotBeTakenIsTold() throws IOException {
        Files.createDirectories(paths().lock());
        assertThat(problem(Home.open(paths())).id()).isEqualTo("EKDB0046-E");
        Files.delete(paths().lock());
        ok(Home.open(paths())).close();
    }

    @Test
    void lockFileOfACrashedProcessHoldsNobody() throws IOException {
        Files.createDirectories(paths().folder());
        Files.writeString(paths().lock(), "1\n");
        try (Home home = ok(Home.open(paths()));
                FileChannel content = FileChannel.open(home.paths().lock(), StandardOpenOption.READ)) {
            assertThat(content.size())
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()).length() + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nfs",
                "nfs4",
                "cifs",
                "smb3",
                "9p",
                "fuse.sshfs",
                "fuse.rclone",
                "fuse.davfs2",
                "fuse.s3fs",
                "NFS"
            })
    void networkFileSystemsAreRefused(String type) {
        assertThat(LocalDisk.check(temp, type).orElseThrow().id()).isEqualTo("EKDB0044-E");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ext4", "xfs", "btrfs", "zfs", "overlay", "tmpfs", "apfs", "NTFS", "fuse.ntfs-3g", "fuseblk"})
    void disksOfThisMachineAreAccepted(String type) {
        assertThat(LocalDisk.check(temp, type)).isEmpty();
        assertThat(LocalDisk.check(temp.resolve("not/there"))).isEmpty();
        assertThat(LocalDisk.check(Path.of("\\\\server\\share"), type)).isPresent();
    }
}
