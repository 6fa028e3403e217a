package ekiden.mail.save;

import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.json.Json;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.SafeName;
import ekiden.model.definition.SaveOptions;
import ekiden.model.mail.SavedMail;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Saves mails. Everything is written into a temporary folder beside the final one and forced; one rename makes it visible.
 * A folder that a former try has finished is known by the claim in its manifest; what a former try left is removed.
 *
 * <p>Safe from any thread for different claims. One claim is saved by one caller at a time.
 */
public final class MailSaver {
    /** Folders with the same wished name in one parent; the next one is not saved. */
    public static final int MAX_SAME_NAME = 1000;

    private static final int NAME_BYTES = SafeName.MAX_BYTES - 8;
    private static final int MAX_MANIFEST_BYTES = 64 << 20;

    private final Disk disk;
    private final Parts parts;
    private final ReceptionLists lists;

    /**
     * @param disk where files go
     */
    public MailSaver(Disk disk) {
        this.disk = disk;
        this.parts = new Parts(disk, Parts.MOST_FOLDERS);
        this.lists = new ReceptionLists(disk);
    }

    /**
     * Saves a mail, or finds it saved.
     *
     * @param message the mail
     * @param raw its bytes; not closed
     * @param order what and where
     * @return the files, all durable; or why not, and then nothing is visible
     */
    public Result<SavedMail> save(Message message, RawSource raw, SaveOrder order) {
        Path part = Parts.of(order);
        parts.begin(part);
        try {
            disk.makeFolders(order.folder());
            parts.remove(part);
            return saveOrFind(message, raw, order, part);
        } catch (IOException failure) {
            putBack(order, part);
            clearUp(part);
            return Result.failed(problem(order.folder(), failure));
        } finally {
            parts.end(part);
        }
    }

    /**
     * Removes the temporary folders that a former process left. None of them is of use: who saves under its claim begins anew.
     * What this saver is writing stays. Only folders of this process's own may be named: another process may be writing below others.
     *
     * @param below where to look
     * @param enter whether to look into a folder
     * @return how many were removed
     * @throws IOException when the disk fails; the rest is left for the next time
     */
    public int removeLeftovers(Path below, Predicate<Path> enter) throws IOException {
        return parts.sweep(below, enter);
    }

    /** The problem of a folder that cannot be written. */
    static Problem problem(Path folder, IOException failure) {
        if (failure instanceof Disk.NameTooLong) {
            return Problem.of(SaveMessage.NAME_TOO_LONG, "folder", folder);
        }
        if (failure instanceof CheckedParts.WholeMail whole) {
            return whole.problem();
        }
        if (failure instanceof Disk.NotPermitted wish) {
            return Problem.of(
                    SaveMessage.ACCESS,
                    "folder",
                    folder,
                    "what",
                    wish.what(),
                    "reason",
                    String.valueOf(wish.getReason()));
        }
        return failure instanceof Disk.DiskFull
                ? Problem.of(SaveMessage.DISK_FULL, "folder", folder)
                : Problem.of(SaveMessage.NOT_SAVED, "folder", folder, "reason", Reason.of(failure));
    }

    private Result<SavedMail> saveOrFind(Message message, RawSource raw, SaveOrder order, Path part)
            throws IOException {
        try (PartFolder folder = new PartFolder(disk, part, message, order)) {
            return saveOrFind(folder, raw, order, part);
        }
    }

    private Result<SavedMail> saveOrFind(PartFolder folder, RawSource raw, SaveOrder order, Path part)
            throws IOException {
        boolean written = false;
        for (int number = 1; number <= MAX_SAME_NAME; number++) {
            Path target = target(order, number);
            boolean taken = disk.exists(target);
            if (taken) {
                Manifest manifest = manifest(target);
                if (manifest != null && manifest.claim().equals(order.claim())) {
                    return found(order, part, manifest, target);
                }
                Problem problem = mayReplace(order, target, manifest);
                if (problem != null) {
                    parts.remove(part);
                    return Result.failed(problem);
                }
                if (order.extras().collision() == SaveOptions.Collision.UNIQUE) {
                    continue;
                }
            }
            if (!written) {
                folder.writeContent(raw);
                written = true;
            }
            Manifest manifest = folder.seal(target);
            folder.setAccess();
            list(order, folder);
            if (taken) {
                moveAway(target, part);
            }
            if (moved(part, target)) {
                return found(order, part, manifest, target);
            }
            if (order.extras().collision() != SaveOptions.Collision.UNIQUE) {
                throw new FileAlreadyExistsException(target.toString());
            }
        }
        parts.remove(part);
        return Result.failed(
                SaveMessage.TOO_MANY_OF_ONE_NAME,
                "folder",
                order.folder(),
                "name",
                target(order, 1).getFileName(),
                "limit",
                MAX_SAME_NAME);
    }

    /** Before the folder has its name: a claim whose folder is there is known to stand in the list. */
    private void list(SaveOrder order, PartFolder folder) throws IOException {
        Path list = order.extras().receptionList();
        if (list != null) {
            lists.append(order.claim(), list, folder.entry());
        }
    }

    private Result<SavedMail> found(SaveOrder order, Path part, Manifest manifest, Path target) throws IOException {
        disk.forceFolder(order.folder());
        Path list = order.extras().receptionList();
        if (list != null) {
            lists.forget(order.claim(), list);
        }
        if (order.extras().collision() == SaveOptions.Collision.OVERWRITE) {
            parts.remove(Parts.old(part));
        }
        return Result.ok(manifest.savedIn(target));
    }

    /** {@return why what is there must stay and the mail is not saved, or null} */
    private @Nullable Problem mayReplace(SaveOrder order, Path target, @Nullable Manifest manifest) throws IOException {
        return switch (order.extras().collision()) {
            case UNIQUE -> null;
            case FAIL -> Problem.of(SaveMessage.COLLISION, "folder", target);
            case OVERWRITE -> {
                Optional<String> foreign = manifest == null
                        ? Optional.of(String.valueOf(target.getFileName()))
                        : disk.list(target).stream()
                                .map(file -> String.valueOf(file.getFileName()))
                                .filter(name -> !manifest.names().contains(name))
                                .findFirst();
                yield foreign.map(name -> Problem.of(SaveMessage.NOT_OURS, "folder", target, "name", name))
                        .orElse(null);
            }
        };
    }

    /** The folder of another mail makes room. Where the process ends here, the next try goes on as if it had not been there. */
    private void moveAway(Path target, Path part) throws IOException {
        Path old = Parts.old(part);
        parts.remove(old);
        disk.rename(target, old);
    }

    private static Path target(SaveOrder order, int number) {
        String name = SafeName.clean(order.folderName(), NAME_BYTES);
        return order.folder().resolve(number == 1 ? name : name + "-" + number);
    }

    /** {@return whether the name was still free: another claim may have taken it since we looked} */
    private boolean moved(Path part, Path target) throws IOException {
        try {
            disk.rename(part, target);
            return true;
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException taken) {
            return false;
        } catch (FileSystemException failure) {
            if (disk.exists(target) && disk.exists(part)) {
                return false;
            }
            throw failure;
        }
    }

    private @Nullable Manifest manifest(Path folder) throws IOException {
        Path file = folder.resolve(Manifest.NAME);
        if (!disk.exists(file)) {
            return null;
        }
        try (InputStream in = disk.read(file)) {
            byte[] bytes = in.readNBytes(MAX_MANIFEST_BYTES);
            return Json.read(new String(bytes, StandardCharsets.UTF_8), Manifest.class);
        } catch (Json.Unreadable notOurs) {
            return null;
        }
    }

    /** A folder that made room for one that did not come. */
    private void putBack(SaveOrder order, Path part) {
        Path target = target(order, 1);
        Path old = Parts.old(part);
        try {
            if (disk.exists(old) && !disk.exists(target) && disk.exists(old.resolve(Manifest.NAME))) {
                disk.rename(old, target);
            }
        } catch (IOException left) {
            System.getLogger(MailSaver.class.getName())
                    .log(System.Logger.Level.DEBUG, "left for the next try: {0}", old);
        }
    }

    private void clearUp(Path part) {
        try {
            parts.remove(part);
        } catch (IOException left) {
            System.getLogger(MailSaver.class.getName())
                    .log(System.Logger.Level.DEBUG, "left for the next try: {0}", part);
        }
    }
}
