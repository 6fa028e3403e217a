package ekiden.agent;

import ekiden.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Removes the folders of the attempts of a run that is forgotten. Begun anew after a crash, it removes what is left. */
final class AttemptFolders {
    private final Disk disk;
    private final Path attempts;

    AttemptFolders(Disk disk, Path attempts) {
        this.disk = disk;
        this.attempts = attempts;
    }

    /** Returns when nothing of the run is left, durably. */
    void remove(UUID run) throws IOException {
        Path folder = attempts.resolve(run.toString());
        if (disk.exists(folder)) {
            removeAll(folder);
            disk.forceFolder(attempts);
        }
    }

    private void removeAll(Path folder) throws IOException {
        Set<Path> folders = new HashSet<>(disk.folders(folder));
        for (Path one : disk.list(folder)) {
            if (folders.contains(one)) {
                removeAll(one);
            } else {
                disk.delete(one);
            }
        }
        disk.delete(folder);
    }
}
