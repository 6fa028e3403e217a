package ekiden.mail.save;

import ekiden.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The temporary folders of one saver: those being written, and those that a former process left. Safe from any thread.
 */
final class Parts {
    /** Folders that one sweep looks into, or looks at to see that a mail was saved in them; the rest is left. */
    static final int MOST_FOLDERS = 100_000;

    private static final String WRITTEN = ".part";
    private static final String GOING = ".old";
    private static final Pattern NAME = Pattern.compile("\\.ekiden-[0-9a-f]{24}\\.(part|old)");

    private final Disk disk;
    private final int most;
    private final Set<Path> written = new HashSet<>();

    Parts(Disk disk, int most) {
        this.disk = disk;
        this.most = most;
    }

    /** The same folder for the same claim. */
    static Path of(SaveOrder order) {
        String digest = Digests.sha256(order.claim().getBytes(StandardCharsets.UTF_8));
        return order.folder().resolve(".ekiden-" + digest.substring(0, 24) + WRITTEN);
    }

    /** Where a folder goes that makes room for a part. */
    static Path old(Path part) {
        return part.resolveSibling(name(part).replace(WRITTEN, GOING));
    }

    synchronized void begin(Path part) {
        written.add(part);
    }

    synchronized void end(Path part) {
        written.remove(part);
    }

    /** Removes a part, which has no folders in it. */
    void remove(Path part) throws IOException {
        for (Path file : disk.list(part)) {
            disk.delete(file);
        }
        disk.delete(part);
    }

    /** Breadth first, so that what has mails in it comes before what lies in those. */
    int sweep(Path below, Predicate<Path> enter) throws IOException {
        int removed = 0;
        int looked = 0;
        Deque<Path> folders = new ArrayDeque<>(List.of(below));
        while (!folders.isEmpty()) {
            Path here = folders.remove();
            removed += removeLeftovers(here);
            List<Path> inside = disk.folders(here).stream()
                    .filter(folder -> !isPart(folder) && enter.test(folder))
                    .limit(most - looked)
                    .toList();
            looked += inside.size();
            inside.stream()
                    .filter(folder -> !disk.exists(folder.resolve(Manifest.NAME)))
                    .forEach(folders::add);
        }
        return removed;
    }

    private int removeLeftovers(Path here) throws IOException {
        int removed = 0;
        for (Path folder : disk.folders(here)) {
            removed += isPart(folder) && removeLeftover(folder) ? 1 : 0;
        }
        return removed;
    }

    private static boolean isPart(Path folder) {
        return NAME.matcher(name(folder)).matches();
    }

    private static String name(Path folder) {
        return Objects.requireNonNull(folder.getFileName()).toString();
    }

    /**
     * Under the lock: a save that begins meanwhile waits, then finds nothing and writes it. The other name keeps even a process
     * that has no business here from finishing a folder that has lost some of its files.
     */
    private synchronized boolean removeLeftover(Path part) throws IOException {
        if (written.contains(part) || !disk.folders(part).isEmpty()) {
            return false;
        }
        Path going = part;
        if (name(part).endsWith(WRITTEN)) {
            going = old(part);
            disk.rename(part, going);
        }
        remove(going);
        return true;
    }
}
