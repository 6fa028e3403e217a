package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;

/**
 * A folder of a call's own for the mails that it has composed, for this user's eyes only. A locked file in it tells others that the call is alive; those of
 * calls that were killed go with the next one that is made. Belongs to one call.
 */
final class SendFolder implements AutoCloseable {
    /** So many entries of the place are looked at for what others left. */
    static final int LOOKED_AT = 10_000;
    /** So many folders go at once; the rest with the next call. */
    static final int REMOVED = 100;
    /** A folder without its locked file is being made, or its maker was stopped just then. */
    static final Duration YOUNG = Duration.ofHours(1);

    private static final Logger LOG = LazyLogger.of(SendFolder.class);
    private static final String NAME = "ekiden-send-";
    private static final String LOCK = "in-use";

    private final Path path;
    private final FileChannel lock;

    private SendFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes one, and removes those of ended calls.
     *
     * @param place where
     * @param clock tells how old others are
     * @throws IOException when none can be made
     */
    static SendFolder make(Path place, Clock clock) throws IOException {
        Path path = Files.createTempDirectory(place, NAME);
        Path made = path.resolve(LOCK + ".new");
        FileChannel lock = FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            lock.lock();
            // under its name it is locked at any time
            Files.move(made, path.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException noLocks) {
            LOG.log(Level.DEBUG, "a file cannot be locked here", noLocks);
        }
        removeOthers(place, path, clock.now());
        return new SendFolder(path, lock);
    }

    /** {@return where it is} */
    Path path() {
        return path;
    }

    private static void removeOthers(Path place, Path own, Instant now) {
        int seen = 0;
        int removed = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(place)) {
            UserPrincipal user = owner(own);
            for (Path one : all) {
                seen++;
                if (seen > LOOKED_AT || removed >= REMOVED) {
                    return;
                }
                boolean other = one.getFileName().toString().startsWith(NAME)
                        && !one.getFileName().equals(own.getFileName());
                if (other && left(one, user, now)) {
                    remove(one);
                    removed++;
                }
            }
        } catch (IOException | DirectoryIteratorException wrong) {
            LOG.log(Level.DEBUG, "what others left is not looked for", wrong);
        }
    }

    private static UserPrincipal owner(Path file) throws IOException {
        return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether it is one of this user's, and its call has ended. */
    private static boolean left(Path folder, UserPrincipal user, Instant now) {
        Path lock = folder.resolve(LOCK);
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    || !owner(folder).equals(user)) {
                return false;
            }
            if (Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
                return free(lock);
            }
            Instant changed =
                    Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
            return changed.plus(YOUNG).isBefore(now) && empty(folder);
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "a folder of another call cannot be looked at", gone);
            return false;
        }
    }

    private static boolean empty(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }

    private static boolean free(Path lock) throws IOException {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException here) {
            LOG.log(Level.TRACE, "a call of this process", here);
            return false;
        }
    }

    private static void remove(Path folder) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException | DirectoryIteratorException wrong) {
            LOG.log(Level.DEBUG, "the folder " + folder + " is left", wrong);
        }
    }

    /** With the mails in it that have not ended. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException wrong) {
            LOG.log(Level.DEBUG, "a lock cannot be given back", wrong);
        }
        remove(path);
    }
}
