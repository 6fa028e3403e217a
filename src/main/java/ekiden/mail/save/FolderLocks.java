package ekiden.mail.save;

import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one at a time change what has the name of a mail's folder: a save that puts its folder there, or the removal of one whose time is over. Names
 * that share a lock by chance only wait for each other. One process changes the folders of a home, so this is enough.
 */
final class FolderLocks {
    private static final int LOCKS = 64;

    private final Lock[] locks = new Lock[LOCKS];

    FolderLocks() {
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** The lock of a folder's name, which nothing need have; the caller holds one at a time. */
    Lock of(Path folder) {
        return locks[Math.floorMod(folder.normalize().hashCode(), LOCKS)];
    }
}
