package ekiden.mail.spool;

import ekiden.base.LazyLogger;
import ekiden.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files that no sender was told to be safe and that could not be removed at once: removed as soon as the disk lets us, so that they do not
 * lie there until the next start, which would take a complete one for a mail that came.
 *
 * <p>Safe from any thread.
 */
final class Unremoved {
    private static final System.Logger LOG = LazyLogger.of(Unremoved.class);

    /** Remembered at most; a disk on which more removals fail is in other hands by then, and the next start sees to the rest. */
    static final int AT_MOST = 10_000;

    private final Disk disk;
    private final int atMost;
    private final Set<Path> files = ConcurrentHashMap.newKeySet();

    Unremoved(Disk disk, int atMost) {
        this.disk = disk;
        this.atMost = atMost;
    }

    /** Removes a file, now or later. */
    void remove(Path file) {
        if (!removed(file) && files.size() < atMost) {
            files.add(file);
        }
    }

    /** Tries those that are left. */
    void removeAgain() {
        List.copyOf(files).stream().filter(this::removed).forEach(files::remove);
    }

    private boolean removed(Path file) {
        try {
            disk.delete(file);
            return true;
        } catch (IOException wrong) {
            LOG.log(System.Logger.Level.WARNING, "{0} could not be removed and is tried again: {1}", file, wrong);
            return false;
        }
    }
}
