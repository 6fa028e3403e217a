package ekiden.mail.spool;

import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Moves the entries of one spool into another on the same file system, while nobody has either of them open. An entry keeps its name, so that
 * the owner of the other spool finds it at its start as one that a crash left, and knows it again. Stopped at any point and done again,
 * no entry is lost and none is there twice: a rename is done wholly or not at all, and nothing is answered before both folders are forced.
 */
public final class SpoolHandover {
    private SpoolHandover() {}

    /**
     * Moves what is complete; what is settled here is removed instead. Files being written, quarantine and strange files stay.
     *
     * @param disk where both lie
     * @param from the folder of the one spool; may be absent
     * @param to the folder of the other; made where it is absent
     * @param settled whether an entry needs nothing more; not asked about what cannot be read, which is moved
     * @return how many entries were moved; or why that ended early, then some may have been
     */
    public static Result<Integer> move(Disk disk, Path from, Path to, Predicate<SpoolEntry> settled) {
        SpoolNames names = new SpoolNames(to);
        try {
            int moved = 0;
            boolean first = true;
            for (Path file : disk.list(from)) {
                Optional<SpoolNames.Read> read = SpoolNames.read(file).filter(SpoolNames.Read::complete);
                if (read.isEmpty()) {
                    continue;
                }
                if (first) {
                    disk.makeFolders(to);
                    first = false;
                }
                SpoolNames.Read name = read.get();
                if (isSettled(disk, file, name, settled)) {
                    disk.delete(file);
                } else {
                    disk.rename(file, names.complete(name.place(), Math.max(0, name.mark())));
                    moved++;
                }
            }
            if (!first) {
                // who made the folder may have been stopped before that was durable
                disk.forceFolder(Objects.requireNonNull(to.getParent()));
                disk.forceFolder(to);
                disk.forceFolder(from);
            }
            return Result.ok(moved);
        } catch (IOException wrong) {
            return Result.failed(problem(from, to, wrong));
        }
    }

    private static boolean isSettled(Disk disk, Path file, SpoolNames.Read name, Predicate<SpoolEntry> settled) {
        try {
            return settled.test(SpoolFile.read(disk, file, name.place(), Math.max(0, name.mark()), SpoolLimits.DEFAULT)
                    .entry());
        } catch (IOException forTheOther) {
            return false;
        }
    }

    private static Problem problem(Path from, Path to, IOException wrong) {
        return wrong instanceof Disk.DiskFull
                ? Problem.of(SpoolMessage.DISK_FULL, "folder", to)
                : Problem.of(SpoolMessage.NOT_MOVED, "folder", from, "to", to, "reason", Reason.of(wrong));
    }
}
