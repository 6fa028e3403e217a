package ekiden.mail.save;

import ekiden.base.Sha256;
import ekiden.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The temporary folders of one saver: those being written, and those that a former process left. Safe from any thread.
 */
final class Parts {
    /** Folders that one sweep looks into, or looks at to see that a mail was saved in them; the rest is left. */
    static final int MOST_FOLDERS = 100_000;

    private static final String WRITTEN = ".part";
    private static final String GOING = ".old";
    /** What stands behind the last dash is the name that a folder had before it made room. */
    private static final Pattern NAME =
            Pattern.compile("\\.ekiden-(?<claim>[0-9a-f]{24})\\.(?:part|old(?:-(?<was>.+))?)");

    private final Disk disk;
    private final int most;
    private final Set<Path> written = new HashSet<>();

    Parts(Disk disk, int most) {
        this.disk = disk;
        this.most = most;
    }

    /** The same folder for the same claim. */
    static Path of(Path folder, String claim) {
        return folder.resolve(".ekiden-" + shortened(claim) + WRITTEN);
    }

    private static String shortened(String claim) {
        return Sha256.hex(claim).substring(0, 24);
    }

    /** Where a folder goes that makes room for a part; its name says what it was called, so that it can be put back. */
    static Path old(Path part, Path target) {
        return part.resolveSibling(name(part).replace(WRITTEN, GOING) + "-" + name(target));
    }

    synchronized void begin(Path part) {
        written.add(part);
    }

    synchronized void end(Path part) {
        written.remove(part);
    }

    /** Removes a part with all that programs have left in it; links are removed and not followed. */
    void remove(Path part) throws IOException {
        remove(disk, part);
    }

    /** Removes whatever has a name, a folder with all that is in it. */
    static void remove(Disk disk, Path what) throws IOException {
        Deque<Path> left = new ArrayDeque<>(List.of(what));
        while (!left.isEmpty()) {
            Path next = left.element();
            List<Path> inside = disk.isFolder(next) ? disk.list(next) : List.of();
            for (Path path : inside) {
                if (disk.isFolder(path)) {
                    left.push(path);
                } else {
                    disk.delete(path);
                }
            }
            if (left.element().equals(next)) {
                disk.delete(left.remove());
            }
        }
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
            Matcher name = NAME.matcher(name(folder));
            removed += name.matches() && clearUp(folder, name) ? 1 : 0;
        }
        return removed;
    }

    private static boolean isPart(Path folder) {
        return NAME.matcher(name(folder)).matches();
    }

    private static String name(Path folder) {
        return Objects.requireNonNull(folder.getFileName()).toString();
    }

    /** Under the lock: a save that begins meanwhile waits, then finds nothing and writes it. */
    private synchronized boolean clearUp(Path folder, Matcher name) throws IOException {
        String claim = name.group("claim");
        String was = name.group("was");
        Path part = folder.resolveSibling(".ekiden-" + claim + WRITTEN);
        if (written.contains(part) || !disk.folders(folder).isEmpty()) {
            return false;
        }
        return was == null ? removeLeftover(folder, claim) : putBackOrRemove(folder, claim, folder.resolveSibling(was));
    }

    /**
     * What a save has begun and not ended. Where it says whose it is, that must be who its name says. The other name keeps even a process
     * that has no business here from finishing a folder that has lost some of its files.
     */
    private boolean removeLeftover(Path part, String claim) throws IOException {
        Manifest.Read manifest = Manifest.read(disk, part);
        if (manifest != null && !shortened(manifest.manifest().claim()).equals(claim)) {
            return false;
        }
        Path going = part;
        if (name(part).endsWith(WRITTEN)) {
            going = part.resolveSibling(name(part).replace(WRITTEN, GOING));
            disk.rename(part, going);
        }
        remove(going);
        return true;
    }

    /** A mail's folder that made room is not needed once another mail's has its name; where none came it gets its name back. */
    private boolean putBackOrRemove(Path old, String claim, Path target) throws IOException {
        if (putBack(old, target)) {
            return true;
        }
        Manifest.Read there = Manifest.read(disk, target);
        boolean replaced = there != null && shortened(there.manifest().claim()).equals(claim);
        boolean begun = !disk.exists(old.resolve(Manifest.NAME));
        if (begun || (replaced && madeRoom(old, target))) {
            remove(old);
        }
        return replaced && !disk.exists(old);
    }

    /** Whether a folder says that it was made for the other name: one that a mail has here under its very name does not. */
    private boolean madeRoom(Path old, Path target) throws IOException {
        Manifest.Read manifest = Manifest.read(disk, old);
        return manifest != null && name(target).equals(manifest.manifest().folder());
    }

    /**
     * Gives a whole folder its name back where nothing has taken it.
     *
     * @return whether it did
     */
    boolean putBack(Path old, Path target) throws IOException {
        if (disk.exists(target) || !madeRoom(old, target)) {
            return false;
        }
        disk.rename(old, target);
        disk.forceFolder(Objects.requireNonNull(target.getParent()));
        return true;
    }
}
