package ekiden.config;

import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.disk.LockFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The home folder of a running process: made where it is absent, on a disk of this machine, writable, and nobody else's as long as it is
 * open. A crash frees it: the lock is the operating system's. Safe from any thread.
 */
public final class Home implements AutoCloseable {
    private final HomePaths paths;
    private final LockFile lock;
    private final List<Problem> warnings;

    private Home(HomePaths paths, LockFile lock, List<Problem> warnings) {
        this.paths = paths;
        this.lock = lock;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Makes the folder where it is absent (for the owner only) and takes it.
     *
     * @param paths its names
     * @return the home, to be closed at the end; or why it cannot be used
     */
    public static Result<Home> open(HomePaths paths) {
        Path folder = paths.folder();
        Optional<Problem> network = LocalDisk.check(folder);
        if (network.isPresent()) {
            return Result.failed(network.get());
        }
        Optional<Problem> made = make(folder).or(() -> probe(folder));
        return made.<Result<Home>>map(Result::failed).orElseGet(() -> take(paths));
    }

    private static Optional<Problem> make(Path folder) {
        try {
            if (posix(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(folder);
            }
            return Optional.empty();
        } catch (FileAlreadyExistsException noFolder) {
            return Optional.of(Problem.of(SettingsMessage.HOME_NO_FOLDER, "path", folder));
        } catch (IOException failed) {
            return Optional.of(Problem.of(SettingsMessage.HOME_NOT_MADE, "path", folder, "reason", Reason.of(failed)));
        }
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Permissions do not tell: a read-only mount, a full disk or a quota show only when something is written. */
    private static Optional<Problem> probe(Path folder) {
        Path probe = folder.resolve(".probe-" + ProcessHandle.current().pid() + "-"
                + Thread.currentThread().threadId());
        try {
            Files.write(
                    probe,
                    new byte[] {1},
                    StandardOpenOption.CREATE,
                    StandardOpenOption.SYNC,
                    StandardOpenOption.WRITE);
            Files.delete(probe);
            return Optional.empty();
        } catch (IOException failed) {
            return Optional.of(
                    Problem.of(SettingsMessage.HOME_NOT_WRITABLE, "path", folder, "reason", Reason.of(failed)));
        }
    }

    private static Result<Home> take(HomePaths paths) {
        return switch (LockFile.take(paths.lock())) {
            case LockFile.Taken.Held(LockFile lock) -> held(paths, lock);
            case LockFile.Taken.InUse(String pid) ->
                Result.failed(SettingsMessage.HOME_IN_USE, "path", paths.folder(), "pid", pid);
            case LockFile.Taken.NotLocked(String reason) -> notLocked(paths, reason);
        };
    }

    private static Result<Home> held(HomePaths paths, LockFile lock) {
        try {
            return Result.ok(new Home(paths, lock, warnings(paths.folder())));
        } catch (IOException gone) {
            lock.close();
            return notLocked(paths, Reason.of(gone));
        }
    }

    private static Result<Home> notLocked(HomePaths paths, String reason) {
        return Result.failed(SettingsMessage.HOME_NOT_LOCKED, "path", paths.folder(), "reason", reason);
    }

    private static List<Problem> warnings(Path folder) throws IOException {
        List<Problem> warnings = new ArrayList<>();
        if (posix(folder)) {
            Set<PosixFilePermission> all = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
            boolean open = all.stream().anyMatch(p -> !p.name().startsWith("OWNER"));
            if (open) {
                warnings.add(Problem.of(
                        SettingsMessage.HOME_OPEN, "path", folder, "mode", PosixFilePermissions.toString(all)));
            }
        }
        return warnings;
    }

    /** {@return the names in the home} */
    public HomePaths paths() {
        return paths;
    }

    /** {@return what is not as it should be but stops nothing} */
    public List<Problem> warnings() {
        return warnings;
    }

    /** Frees the home. */
    @Override
    public void close() {
        lock.close();
    }
}
