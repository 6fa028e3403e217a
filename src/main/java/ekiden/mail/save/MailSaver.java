package ekiden.mail.save;

import ekiden.base.LazyLogger;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.SafeName;
import ekiden.model.definition.NamePattern;
import ekiden.model.definition.SaveOptions.Collision;
import ekiden.model.definition.SaveOptions.FileAccess;
import ekiden.model.mail.SavedMail;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Saves mails. Everything is written into a temporary folder beside the final one and forced; one rename makes it visible.
 * A folder that a former try has finished is known by the claim in its manifest; what a former try left is removed.
 *
 * <p>Safe from any thread for different claims. One claim is saved by one caller at a time. All that changes what one saver has saved goes through
 * it: a folder whose time is over and one that a save is putting there do not meet.
 */
public final class MailSaver {
    /** Folders with the same wished name in one parent; the next one is not saved. */
    public static final int MAX_SAME_NAME = 1000;

    private static final int NAME_BYTES = SafeName.MAX_BYTES - 8;

    private final Disk disk;
    private final Parts parts;
    private final ReceptionLists lists;
    private final Replacing replacing;
    private final FolderLocks locks = new FolderLocks();
    /** The list of each claim that stands in one and has no folder yet. */
    private final Map<String, Path> listed = new ConcurrentHashMap<>();

    /**
     * @param disk where files go
     */
    public MailSaver(Disk disk) {
        this.disk = disk;
        this.parts = new Parts(disk, Parts.MOST_FOLDERS);
        this.lists = new ReceptionLists(disk);
        this.replacing = new Replacing(disk, parts);
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
        Result<SavedMail> end = tried(message, raw, order);
        if (end instanceof Result.Failed<SavedMail>(Problem problem) && problem.kind() != MessageId.Kind.RETRYABLE) {
            calledOff(order.claim());
        }
        return end;
    }

    private Result<SavedMail> tried(Message message, RawSource raw, SaveOrder order) {
        Path part = Parts.of(order.folder(), order.claim());
        parts.begin(part);
        try {
            disk.makeFolders(order.folder());
            parts.putBack(Parts.old(part, target(order, 1)), target(order, 1));
            parts.remove(part);
            return saveOrFind(message, raw, order, part);
        } catch (IOException failure) {
            clearUp(order, part);
            return Result.failed(problem(order.folder(), failure));
        } finally {
            parts.end(part);
        }
    }

    /**
     * The mail will not be saved: what it has in a reception list is taken back. Nothing happens where it is saved, or was never begun.
     *
     * @param claim the claim
     */
    public void calledOff(String claim) {
        Path list = listed.remove(claim);
        if (list == null) {
            return;
        }
        try {
            lists.takeBack(claim, list);
        } catch (IOException stays) {
            LazyLogger.of(MailSaver.class)
                    .log(System.Logger.Level.WARNING, "an entry of a mail that was not saved stays in {0}", list);
        }
    }

    /**
     * Whose folder a mail would replace.
     *
     * @param order what is to be saved and where
     * @return the claim that the folder's manifest names, which need not be true; empty where none is to be replaced
     */
    public Optional<String> former(SaveOrder order) {
        if (order.extras().collision() != Collision.OVERWRITE) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Manifest.read(disk, target(order, 1)))
                    .map(read -> read.manifest().claim())
                    .filter(claim -> !claim.equals(order.claim()));
        } catch (IOException toldWhenItIsSaved) {
            return Optional.empty();
        }
    }

    /**
     * Removes the temporary folders that a former process left. None of them is of use: who saves under its claim begins anew. A folder that had made
     * room for one that did not come gets its name back. What this saver is writing stays. Only folders of this process's own may be named: another
     * process may be writing below others.
     *
     * @param below where to look
     * @param enter whether to look into a folder
     * @return how many were removed or put back
     * @throws IOException when the disk fails; the rest is left for the next time
     */
    public int removeLeftovers(Path below, Predicate<Path> enter) throws IOException {
        return parts.sweep(below, enter);
    }

    /**
     * How saved files are looked at again.
     *
     * @param closely whether their bytes are compared too, and not only looked for
     * @param access of files that are written anew, or null
     * @param zone in which the list tells times
     */
    public record Look(boolean closely, @Nullable FileAccess access, ZoneId zone) {}

    /**
     * Looks whether attachments are still as they were saved; manifest and list are written anew where they are not.
     *
     * @param saved the files, as they were saved or last seen
     * @param how how
     * @return the files that are there; or why that cannot be found out now
     */
    public Result<SavedMail> look(SavedMail saved, Look how) {
        return alone(Path.of(saved.folder()), () -> new AfterLook(disk, parts).look(saved, how));
    }

    /**
     * Removes the files of a mail whose time is over.
     *
     * @param claim under which the mail was saved
     * @param folder its own folder, absolute
     * @return what went and what stayed; or why it cannot be done now
     */
    public Result<Pruner.Outcome> prune(String claim, Path folder) {
        return alone(folder, () -> new Pruner(disk).prune(claim, folder));
    }

    private interface Work<T> {
        T run();
    }

    private <T> T alone(Path folder, Work<T> work) {
        Lock lock = locks.of(folder);
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
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
            Place place = place(order, target);
            switch (place) {
                case Place.Ours(SavedMail saved) -> {
                    return found(order, part, saved);
                }
                case Place.Refused(Problem problem) -> {
                    parts.remove(part);
                    return Result.failed(problem);
                }
                case Place.Taken() -> {
                    continue;
                }
                case Place.Free(), Place.Replaceable() -> {
                    if (!written) {
                        folder.writeContent(raw);
                        written = true;
                    }
                }
            }
            SavedMail saved = folder.seal(target);
            folder.setAccess();
            if (published(order, folder, part, target)) {
                return found(order, part, saved);
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

    /** What stands where a mail's folder is to be. */
    private sealed interface Place {
        /** Nothing. */
        record Free() implements Place {}

        /** Something that stays, and another name is as good. */
        record Taken() implements Place {}

        /** The folder of this very claim. */
        record Ours(SavedMail saved) implements Place {}

        /** A folder of which all is as it was saved, and that may go. */
        record Replaceable() implements Place {}

        /** Something that stays, and the mail is not saved. */
        record Refused(Problem problem) implements Place {}
    }

    private Place place(SaveOrder order, Path target) throws IOException {
        if (!disk.exists(target)) {
            return new Place.Free();
        }
        Manifest.Read there = Manifest.read(disk, target);
        if (there != null && there.manifest().claim().equals(order.claim())) {
            return new Place.Ours(there.manifest().savedIn(target, there.sha256()));
        }
        return switch (order.extras().collision()) {
            case UNIQUE -> new Place.Taken();
            case FAIL -> new Place.Refused(Problem.of(SaveMessage.COLLISION, "folder", target));
            case OVERWRITE -> {
                Optional<Problem> stays =
                        replacing.stays(target, there, order.extras().former());
                yield stays.isPresent() ? new Place.Refused(stays.get()) : new Place.Replaceable();
            }
        };
    }

    /** {@return whether the folder has its name now; otherwise another claim has taken it since we looked} */
    private boolean published(SaveOrder order, PartFolder folder, Path part, Path target) throws IOException {
        Lock lock = locks.of(target);
        lock.lock();
        try {
            if (order.extras().collision() == Collision.UNIQUE) {
                list(order, folder);
                return moved(part, target);
            }
            Place place = place(order, target);
            boolean away = place instanceof Place.Replaceable;
            if (!away && !(place instanceof Place.Free)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            list(order, folder);
            if (away) {
                replacing.moveAway(target, part);
            }
            if (!moved(part, target)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Before the folder has its name: a claim whose folder is there is known to stand in the list. */
    private void list(SaveOrder order, PartFolder folder) throws IOException {
        Path list = order.extras().receptionList();
        if (list != null) {
            listed.put(order.claim(), list);
            lists.append(order.claim(), list, folder.entry());
        }
    }

    private Result<SavedMail> found(SaveOrder order, Path part, SavedMail saved) throws IOException {
        disk.forceFolder(order.folder());
        Path list = order.extras().receptionList();
        if (list != null) {
            listed.remove(order.claim());
            lists.forget(order.claim(), list);
        }
        if (order.extras().collision() == Collision.OVERWRITE) {
            replacing.removeOld(part, target(order, 1));
        }
        return Result.ok(saved);
    }

    /** The n-th folder that a mail may have. */
    static Path target(SaveOrder order, int number) {
        String wished = order.folderName();
        String name = SafeName.clean(NamePattern.own(wished) ? "_" + wished : wished, NAME_BYTES);
        return order.folder().resolve(number == 1 ? name : name + "-" + number);
    }

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

    /** A folder that made room for one that did not come gets its name back. */
    private void clearUp(SaveOrder order, Path part) {
        try {
            parts.putBack(Parts.old(part, target(order, 1)), target(order, 1));
            parts.remove(part);
        } catch (IOException left) {
            LazyLogger.of(MailSaver.class).log(System.Logger.Level.DEBUG, "left for the next try: {0}", part);
        }
    }
}
