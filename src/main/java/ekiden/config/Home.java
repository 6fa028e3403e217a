package ekiden.config;

import ekiden.base.Problem;
import ekiden.base.Result;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
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
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The home folder of a running process: made where it is absent, on a disk of this machine, writable, and nobody else's as long as it is
 * open. A crash frees it: the lock is the operating system's. Safe from any thread.
 */
public final class Home implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Home.class.getName());
    /** Homes that this process holds. POSIX frees a file's locks when any of its channels is closed, so a second one is never opened. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
    /** Behind every content, so that the process id can be read where locked bytes cannot (Windows). */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int LONGEST_PID = 20;

    private final HomePaths paths;
    private final Path real;
    private final FileChannel channel;
    private final FileLock lock;
    private final List<Problem> warnings;

    private Home(HomePaths paths, Path real, FileChannel channel, FileLock lock, List<Problem> warnings) {
        this.paths = paths;
        this.real = real;
        this.channel = channel;
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
            return Optional.of(Problem.of(SettingsMessage.HOME_NOT_MADE, "path", folder, "reason", reason(failed)));
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
            return Optional.of(Problem.of(SettingsMessage.HOME_NOT_WRITABLE, "path", folder, "reason", reason(failed)));
        }
    }

    private static Result<Home> take(HomePaths paths) {
        Path real;
        try {
            real = paths.folder().toRealPath();
        } catch (IOException gone) {
            return Result.failed(SettingsMessage.HOME_NOT_MADE, "path", paths.folder(), "reason", reason(gone));
        }
        if (!HELD.add(real)) {
            return Result.failed(
                    inUse(paths, Long.toString(ProcessHandle.current().pid())));
        }
        Result<Home> home = lock(paths, real);
        if (home instanceof Result.Failed<Home>) {
            HELD.remove(real);
        }
        return home;
    }

    @SuppressWarnings("resource") // the channel lives as long as the home
    private static Result<Home> lock(HomePaths paths, Path real) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    paths.lock(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock != null) {
                write(channel, Long.toString(ProcessHandle.current().pid()));
                return Result.ok(new Home(paths, real, channel, lock, warnings(paths.folder())));
            }
            String pid = read(channel);
            channel.close();
            return Result.failed(inUse(paths, pid));
        } catch (IOException | OverlappingFileLockException failed) {
            close(channel);
            return Result.failed(SettingsMessage.HOME_NOT_LOCKED, "path", paths.folder(), "reason", reason(failed));
        }
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException failed) {
            LOG.log(Level.DEBUG, "lock file did not close", failed);
        }
    }

    private static Problem inUse(HomePaths paths, String pid) {
        return Problem.of(SettingsMessage.HOME_IN_USE, "path", paths.folder(), "pid", pid);
    }

    private static void write(FileChannel channel, String pid) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_PID);
        channel.read(bytes, 0);
        String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
        return pid.matches("[0-9]+") ? pid : "?";
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

    /** What the system says, without the path that stands in the message already. */
    private static String reason(Exception failed) {
        String reason = failed instanceof FileSystemException file ? file.getReason() : failed.getMessage();
        return reason == null ? failed.getClass().getSimpleName() : reason;
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
        try {
            if (channel.isOpen()) {
                lock.release();
            }
        } catch (IOException failed) {
            LOG.log(Level.DEBUG, "lock was not released by hand", failed);
        } finally {
            close(channel);
            HELD.remove(real);
        }
    }
}
