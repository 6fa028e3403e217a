package ekiden.mail.save;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.disk.Disk;
import ekiden.model.mail.SavedMail;
import ekiden.model.mail.SavedMail.SavedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets the folder of one mail make room for that of another, where everything in it is what the store says was saved there. At any moment one of the
 * two is whole, under its name or beside it.
 */
final class Replacing {
    private final Disk disk;
    private final Parts parts;

    Replacing(Disk disk, Parts parts) {
        this.disk = disk;
        this.parts = parts;
    }

    /** Why what is there must stay, or empty where it may go. */
    Optional<Problem> stays(Path target, Manifest.@Nullable Read there, @Nullable Former former) throws IOException {
        if (there == null || former == null) {
            return Optional.of(notOurs(target, target));
        }
        if (!former.claim().equals(there.manifest().claim())) {
            throw new IOException("another mail has taken the folder meanwhile");
        }
        SavedMail saved = former.saved();
        if (saved == null || !saved.folder().equals(target.toString())) {
            return Optional.of(notOurs(target, target));
        }
        Map<String, Optional<Manifest.Own>> written = written(target, saved, there);
        for (Path file : disk.list(target)) {
            String name = String.valueOf(file.getFileName());
            Optional<Manifest.Own> own = written.getOrDefault(name, Optional.empty());
            boolean known = written.containsKey(name) && !disk.isFolder(file);
            if (!known || (own.isPresent() && !same(file, own.get()))) {
                return Optional.of(notOurs(target, file));
            }
        }
        return Optional.empty();
    }

    /** What the store knows to have been written, by name; without a value where only the name is known. */
    private static Map<String, Optional<Manifest.Own>> written(Path target, SavedMail saved, Manifest.Read there) {
        Map<String, Optional<Manifest.Own>> written = new HashMap<>();
        written.put(Manifest.NAME, Optional.empty());
        for (String path : Arrays.asList(saved.body(), saved.list(), saved.mail())) {
            if (path != null) {
                written.put(String.valueOf(target.relativize(Path.of(path))), Optional.empty());
            }
        }
        boolean known = there.sha256().equals(saved.manifest());
        if (known && there.manifest().files() != null) {
            there.manifest().files().forEach(own -> written.replace(own.name(), Optional.of(own)));
        }
        for (SavedFile file : saved.attachments()) {
            if (file.path() != null && file.sha256() != null) {
                String name = String.valueOf(target.relativize(Path.of(file.path())));
                written.put(name, Optional.of(new Manifest.Own(name, file.size(), file.sha256())));
            }
        }
        if (saved.manifest() != null && !known) {
            written.remove(Manifest.NAME);
        }
        return written;
    }

    private boolean same(Path file, Manifest.Own own) throws IOException {
        return Digests.same(disk, file, own.size(), own.sha256());
    }

    private static Problem notOurs(Path target, Path what) {
        return Problem.of(SaveMessage.NOT_OURS, "folder", target, "name", String.valueOf(what.getFileName()));
    }

    /** Makes room. Where the process ends here, the next try or the next start gives the folder its name back. */
    void moveAway(Path target, Path part) throws IOException {
        Path old = Parts.old(part, target);
        parts.remove(old);
        disk.rename(target, old);
    }

    /** The other mail's folder has its name, durably. What cannot be removed now is removed at the next start. */
    void removeOld(Path part, Path target) {
        try {
            parts.remove(Parts.old(part, target));
        } catch (IOException left) {
            LazyLogger.of(Replacing.class)
                    .log(System.Logger.Level.DEBUG, "left for the next start: {0}", Parts.old(part, target));
        }
    }
}
