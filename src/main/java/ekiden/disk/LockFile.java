package ekiden.disk;

import ekiden.base.LazyLogger;
import ekiden.base.Reason;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that stands for something only one may use at a time, with the process id of who does. A crash frees it: the lock is the operating
 * system's. Safe from any thread.
 */
public final class LockFile implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(LockFile.class);
    /** What this process holds. POSIX frees a file's locks when any of its channels is closed, so a second one is never opened. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
    /** Behind every content, so that the process id can be read where locked bytes cannot (Windows). */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int LONGEST_PID = 20;

    private final Path real;
    private final FileChannel channel;
    private final FileLock lock;

    private LockFile(Path real, FileChannel channel, FileLock lock) {
        this.real = real;
        this.channel = channel;
        this.lock = lock;
    }

    /** What became of taking it. */
    public sealed interface Taken {
        /**
         * It is ours.
         *
         * @param lock to be closed at the end
         */
        record Held(LockFile lock) implements Taken {}

        /**
         * Somebody else has it, perhaps in this process.
         *
         * @param pid the id of its process, or a question mark
         */
        record InUse(String pid) implements Taken {}

        /**
         * The file cannot be made or locked.
         *
         * @param reason what the system says
         */
        record NotLocked(String reason) implements Taken {}
    }

    /**
     * Makes the file where it is absent and takes it.
     *
     * @param file the file, in a folder that exists
     * @return whether it is ours
     */
    public static Taken take(Path file) {
        Path real;
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
            real = folder.toRealPath().resolve(Objects.requireNonNull(file.getFileName()));
        } catch (IOException noFolder) {
            return new Taken.NotLocked(Reason.of(noFolder));
        }
        if (!HELD.add(real)) {
            return new Taken.InUse(Long.toString(ProcessHandle.current().pid()));
        }
        Taken taken = lock(real);
        if (!(taken instanceof Taken.Held)) {
            HELD.remove(real);
        }
        return taken;
    }

    @SuppressWarnings("resource") // the channel lives as long as the lock
    private static Taken lock(Path real) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    real, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock != null) {
                write(channel, Long.toString(ProcessHandle.current().pid()));
                return new Taken.Held(new LockFile(real, channel, lock));
            }
            String pid = read(channel);
            channel.close();
            return new Taken.InUse(pid);
        } catch (IOException | OverlappingFileLockException failed) {
            close(channel);
            return new Taken.NotLocked(Reason.of(failed));
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

    /** Frees it. The file stays: who removed it could remove the next one's. */
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
