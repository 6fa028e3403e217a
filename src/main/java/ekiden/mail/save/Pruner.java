package ekiden.mail.save;

import ekiden.base.Result;
import ekiden.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Removes the files of a saved mail, as its manifest names them: only files with the size and SHA-256 that were written, only in a folder that is no
 * symbolic link and whose manifest has the claim. Everything else stays and is told. The manifest goes last, so that a second try after a crash goes on.
 *
 * <p>Safe from any thread for different claims.
 */
public final class Pruner {
    /** Names that stayed and are told; the rest is only counted by the folder that stays. */
    static final int MOST_KEPT = 20;

    private final Disk disk;

    Pruner(Disk disk) {
        this.disk = disk;
    }

    /**
     * What became of it.
     *
     * @param bytes that became free
     * @param kept names in the folder that stayed, at most {@link #MOST_KEPT}
     */
    public record Outcome(long bytes, List<String> kept) {
        /** Copies the list. */
        public Outcome {
            kept = List.copyOf(kept);
        }
    }

    /** As {@link MailSaver#prune}, under the lock of the folder. */
    Result<Outcome> prune(String claim, Path folder) {
        try {
            Path parent = Objects.requireNonNull(folder.getParent());
            if (!disk.isFolder(folder)) {
                // gone, or somebody put a file or a link there
                return Result.ok(new Outcome(0, disk.exists(folder) ? List.of(name(folder)) : List.of()));
            }
            return Result.ok(prune(claim, folder, parent));
        } catch (IOException failure) {
            return Result.failed(MailSaver.problem(folder, failure));
        }
    }

    private Outcome prune(String claim, Path folder, Path parent) throws IOException {
        Path file = folder.resolve(Manifest.NAME);
        long freed = 0;
        if (disk.exists(file)) {
            Manifest.Read read = Manifest.read(disk, folder);
            if (read == null) {
                return new Outcome(0, List.of(name(folder)));
            }
            Manifest manifest = read.manifest();
            if (!manifest.claim().equals(claim)) {
                // another mail's folder has its place: nothing of this one is left
                return new Outcome(0, List.of());
            }
            freed = removeFiles(folder, manifest);
            disk.forceFolder(folder);
            if (disk.list(folder).size() == 1) {
                freed += disk.size(file);
                disk.delete(file);
            }
        }
        List<String> kept = new ArrayList<>();
        for (Path left : disk.list(folder)) {
            if (!name(left).equals(Manifest.NAME)) {
                kept.add(name(left));
            }
        }
        if (kept.isEmpty()) {
            disk.delete(folder);
            disk.forceFolder(parent);
        }
        return new Outcome(freed, kept.stream().limit(MOST_KEPT).toList());
    }

    private long removeFiles(Path folder, Manifest manifest) throws IOException {
        Map<String, Manifest.Own> written = new HashMap<>();
        if (manifest.files() != null) {
            manifest.files().forEach(own -> written.put(own.name(), own));
        }
        for (Manifest.Entry entry : manifest.attachments()) {
            String name = entry.savedName();
            String sha256 = entry.sha256();
            if (name != null && sha256 != null) {
                written.put(name, new Manifest.Own(name, entry.size(), sha256));
            }
        }
        List<Path> folders = disk.folders(folder);
        long freed = 0;
        for (Path file : disk.list(folder)) {
            Manifest.Own own = written.get(name(file));
            if (own != null && !folders.contains(file) && Digests.same(disk, file, own.size(), own.sha256())) {
                disk.delete(file);
                freed += own.size();
            }
        }
        return freed;
    }

    private static String name(Path path) {
        return Objects.requireNonNull(path.getFileName()).toString();
    }
}
