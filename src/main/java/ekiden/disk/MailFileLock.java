package ekiden.disk;

import ekiden.base.Clock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A file of mails that is ours for a while, as mail programs lock it: with the system's lock (fcntl) on the file, and with a file {@code NAME.lock} beside it.
 *
 * <p>That second file holds how long the first was, and with what that which is added begins. Whoever gets the system's lock and finds such a file of the same
 * user knows that its maker was stopped in the middle, and what may be half written; a lock of another program is waited for and never broken. One process must not hold two of these for one
 * file: the system would free both with the first. Belongs to one thread.
 */
public final class MailFileLock implements AutoCloseable {
    private final Path file;
    private final Path dot;
    private FileChannel channel;
    private @Nullable FileChannel former;

    private MailFileLock(Path file, Path dot, FileChannel channel) {
        this.file = file;
        this.dot = dot;
        this.channel = channel;
    }

    /** Others have the lock. */
    public static final class Taken extends FileSystemException {
        private static final long serialVersionUID = 1;

        private Taken(Path file) {
            super(file.toString(), null, "another program has locked it");
        }
    }

    /**
     * Makes the file where it is absent, and locks it.
     *
     * @param file which; its folder must exist; a symbolic link is followed
     * @param within how long to wait for others
     * @param pause between two tries
     * @param clock for both
     * @param remains what to do with what one who was stopped has left
     * @return the lock, to be closed
     * @throws Taken when others have it all that time
     * @throws IOException when it cannot be locked
     */
    public static MailFileLock take(Path file, Duration within, Duration pause, Clock clock, Remains remains)
            throws IOException {
        NamedFile.lookToWrite(file);
        Path real = Files.exists(file)
                ? file.toRealPath()
                : parent(file).toRealPath().resolve(Objects.requireNonNull(file.getFileName()));
        Path dot = real.resolveSibling(real.getFileName() + ".lock");
        long until = clock.nanos() + within.toNanos();
        while (true) {
            MailFileLock lock = attempt(real, dot, remains);
            if (lock != null) {
                return lock;
            }
            if (clock.nanos() - until >= 0 || Thread.currentThread().isInterrupted()) {
                throw new Taken(real);
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    private static @Nullable MailFileLock attempt(Path file, Path dot, Remains remains) throws IOException {
        FileChannel channel = open(file);
        boolean good = false;
        try {
            Object key = key(file);
            good = locked(channel) && Objects.equals(key, key(file)) && dotted(file, dot, channel, remains);
            return good ? new MailFileLock(file, dot, channel) : null;
        } finally {
            if (!good) {
                channel.close();
            }
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Which file has that name: who waits for the lock of one that was replaced meanwhile has the lock of nothing. */
    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException here) {
            return false;
        }
    }

    private static boolean dotted(Path file, Path dot, FileChannel channel, Remains remains) throws IOException {
        LockNote left = null;
        if (Files.exists(dot, LinkOption.NOFOLLOW_LINKS)) {
            left = LockNote.read(dot);
            if (left == null) {
                return false;
            }
        }
        Path made = file.resolveSibling(dot.getFileName() + ".ekiden");
        Files.deleteIfExists(made);
        try {
            LockNote.begin(made);
            if (left != null) {
                // anybody may write such a file in a shared folder
                if (!owner(dot).equals(owner(made))) {
                    return false;
                }
                left.tell(channel, remains);
                Files.delete(dot);
            }
            Files.createLink(dot, made);
        } catch (FileAlreadyExistsException theirs) {
            return false;
        } finally {
            Files.deleteIfExists(made);
        }
        force(file);
        return true;
    }

    private static UserPrincipal owner(Path file) throws IOException {
        return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** What a writer who was stopped in the middle has left behind. */
    public interface Remains {
        /**
         * Looks at it, with the system's lock on the file; others may have written since.
         *
         * @param file open to be read and written
         * @param length how long it was before, as that writer noted
         * @param first what that writer was about to add first, as {@link #announce} noted it; not empty
         * @throws IOException when it cannot be read or mended; then the file is not locked
         */
        void mend(FileChannel file, long length, byte[] first) throws IOException;
    }

    /**
     * Notes what is added to the file next, for whoever finds it after a crash.
     *
     * @param first with what it begins; so much of it is noted as makes it certain whose it is
     * @throws IOException when it cannot be noted; then nothing may be added
     */
    public void announce(byte[] first) throws IOException {
        LockNote.add(dot, channel.size(), first);
    }

    private static void force(Path file) throws IOException {
        new FileDisk().forceFolder(parent(file));
    }

    /** {@return the locked file, open to be read and written; closed with the lock} */
    public FileChannel channel() {
        return channel;
    }

    /** {@return which file is locked; another answer than before means that others replaced it} */
    public @Nullable Object key() throws IOException {
        return key(file);
    }

    /** Writes the file anew. */
    public interface Rewriting {
        /**
         * @param from the present file
         * @param to the new one, empty
         * @throws IOException when it cannot be written; then the file stays as it is
         */
        void run(FileChannel from, FileChannel to) throws IOException;
    }

    /**
     * Puts a new file in the place of the present one, in one step and with its owner, group and mode. Whoever opens the file meanwhile finds the old one or
     * the new one, locked.
     *
     * @param rewriting what the new one holds
     * @throws IOException when that cannot be done; then nothing has changed
     */
    public void replace(Rewriting rewriting) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".ekiden-new");
        Files.deleteIfExists(fresh);
        FileChannel to = open(fresh);
        boolean good = false;
        try {
            likeOld(fresh);
            if (!locked(to)) {
                throw new FileSystemException(fresh.toString(), null, "another program has locked it");
            }
            rewriting.run(channel, to);
            to.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            good = true;
        } finally {
            if (!good) {
                to.close();
                Files.deleteIfExists(fresh);
            }
        }
        former = channel;
        channel = to;
        force(file);
    }

    private void likeOld(Path fresh) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class);
        PosixFileAttributes now = view.readAttributes();
        view.setPermissions(old.permissions());
        if (!now.group().equals(old.group())) {
            view.setGroup(old.group());
        }
        if (!now.owner().equals(old.owner())) {
            view.setOwner(old.owner());
        }
    }

    /** The file beside it goes first: it means that the lock of the system is held. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(dot);
        } finally {
            try {
                channel.close();
            } finally {
                if (former != null) {
                    former.close();
                }
            }
        }
    }
}
