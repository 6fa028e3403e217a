package ekiden.mail.save;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Sha256;
import ekiden.disk.Disk;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.Part;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.SafeName;
import ekiden.model.mail.SavedMail;
import ekiden.model.mail.SavedMail.SavedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Saves the files of mails side by side in one folder, many mails at a time so that they share their forces. The steps, each for all mails of a
 * batch: {@link #write} under temporary names, {@link #force}, {@link #publish} (a second name for a finished file, which never replaces
 * anything; the body's last), {@link #forceNames}, and, once the caller has noted that it is done, {@link #clear}. Until then the temporary names stay,
 * so that a second try after a crash can tell its own files from others with the same name.
 *
 * <p>One thread. Files are complete or absent and never outside the folder.
 */
public final class FlatSaver {
    private static final String BY_REFERENCE = "message/external-body";
    private static final int MAX_OPEN = 200;

    private final Disk disk;
    private final Path folder;
    private final NameTemplate bodyName;
    private final NameTemplate attachmentName;
    private final ZoneId zone;
    private final String owner;
    private final List<Disk.Output> open = new ArrayList<>();
    /** What lay in the folder at the beginning, where an earlier process left something undone. */
    private final Set<Path> found = new HashSet<>();
    /** Where the search for a free name begins; only a hint. */
    private final Map<String, Integer> nextOf = new HashMap<>();

    /**
     * @param disk where files go
     * @param folder the folder, absolute; made where it is absent
     * @param bodyName names body files
     * @param attachmentName names attachments
     * @param zone in which names tell date and time
     * @param owner tells the temporary files of one state from those of others
     */
    public FlatSaver(
            Disk disk, Path folder, NameTemplate bodyName, NameTemplate attachmentName, ZoneId zone, String owner) {
        this.disk = disk;
        this.folder = folder;
        this.bodyName = bodyName;
        this.attachmentName = attachmentName;
        this.zone = zone;
        this.owner = owner;
    }

    /**
     * A mail to be saved.
     *
     * @param number its running number; the same when it is saved again
     * @param again whether an earlier process may have begun to save it
     * @param uid what the mailbox calls it
     * @param received when it was received
     * @param message the mail
     * @param raw its bytes; not closed
     */
    public record Order(long number, boolean again, String uid, Instant received, Message message, RawSource raw) {}

    /**
     * A mail whose files are written, under temporary names.
     *
     * @param order the mail
     * @param body its body
     * @param attachments in the order of the mail
     */
    public record Written(Order order, Draft body, List<Draft> attachments) {}

    /**
     * A file that is written.
     *
     * @param part its temporary name
     * @param wanted the name it is to have
     * @param what what it is, with no path yet; no SHA-256 where there is no file
     * @param own the name that an earlier try gave it, or null
     */
    public record Draft(
            Path part,
            String wanted,
            SavedFile what,
            @Nullable Path own) {}

    /**
     * Writes the files of a mail; nothing of it can be seen under its name yet.
     *
     * @param order the mail
     * @return what was written, or why it cannot be
     */
    public Result<Written> write(Order order) {
        List<Draft> drafts = new ArrayList<>();
        try {
            SaveNames names = names(order);
            for (Part part : order.message.attachments()) {
                drafts.add(attachment(order, part, names, drafts.size() + 1));
            }
            return Result.ok(new Written(order, body(order, names), drafts));
        } catch (IOException wrong) {
            for (int index = 0; index <= drafts.size() + 1; index++) {
                if (index == 0 || index > drafts.size() || drafts.get(index - 1).own == null) {
                    remove(part(order.number, index));
                }
            }
            return Result.failed(problem(wrong));
        }
    }

    private Draft body(Order order, SaveNames names) throws IOException {
        Path part = part(order.number, 0);
        String wanted = bodyName.name(names.values());
        Path own = order.again ? own(part, wanted) : null;
        byte[] text = order.message.text().getBytes(StandardCharsets.UTF_8);
        if (own == null) {
            create(part).write(ByteBuffer.wrap(text));
        }
        return new Draft(part, wanted, new SavedFile("", null, "text/plain", text.length, ""), own);
    }

    private Draft attachment(Order order, Part part, SaveNames names, int index) throws IOException {
        String declared = part.summary().name();
        String type = part.summary().type();
        Path place = part(order.number, index);
        String wanted = attachmentName.name(names.ofAttachment(index, declared));
        if (type.equals(BY_REFERENCE)) {
            return new Draft(place, wanted, new SavedFile(declared, null, type, 0, null), null);
        }
        Path own = order.again ? own(place, wanted) : null;
        Disk.Output file = own == null ? create(place) : null;
        MessageDigest digest = Sha256.begin();
        long[] size = new long[1];
        part.copyTo(order.raw, (bytes, from, length) -> {
            digest.update(bytes, from, length);
            size[0] += length;
            if (file != null) {
                file.write(ByteBuffer.wrap(bytes, from, length));
            }
        });
        String sha256 = Sha256.hex(digest);
        return new Draft(place, wanted, new SavedFile(declared, null, type, size[0], sha256), own);
    }

    /**
     * The name that an earlier try gave a file of ours: only a finished one has a name beside its temporary one. Power that went may have taken
     * the name before it and left this one.
     */
    private @Nullable Path own(Path part, String wanted) throws IOException {
        for (int number = 1; number <= MailSaver.MAX_SAME_NAME && disk.exists(part); number++) {
            Path path = path(wanted, number);
            if (found.contains(path) && disk.same(part, path)) {
                return path;
            }
        }
        return null;
    }

    private Path part(long number, int index) {
        return folder.resolve(prefix() + number + "-" + index + ".part");
    }

    private String prefix() {
        return ".ekiden-" + owner + "-";
    }

    private Disk.Output create(Path part) throws IOException {
        if (open.size() >= MAX_OPEN) {
            force(open);
        }
        Disk.Output file;
        try {
            file = disk.create(part);
        } catch (FileAlreadyExistsException before) {
            // what a try before this one left, and did not finish, is not known to be whole
            disk.delete(part);
            file = disk.create(part);
        }
        open.add(file);
        return file;
    }

    /**
     * Makes all files durable that were written since the last time.
     *
     * @return the problem, or null; then none of the files may be published
     */
    public @Nullable Problem force() {
        try {
            force(open);
            return null;
        } catch (IOException wrong) {
            return problem(wrong);
        }
    }

    private void force(List<Disk.Output> outputs) throws IOException {
        try {
            if (!outputs.isEmpty()) {
                disk.forceAll(outputs, folder);
            }
        } finally {
            for (Disk.Output output : outputs) {
                output.close();
            }
            outputs.clear();
        }
    }

    /**
     * Gives the forced files of a mail their names, the body's last.
     *
     * @param written the mail
     * @return its files, or why they cannot get names; then some of them may have theirs
     */
    public Result<SavedMail> publish(Written written) {
        try {
            List<SavedFile> files = new ArrayList<>();
            for (Draft draft : written.attachments) {
                SavedFile file = draft.what;
                String path = file.sha256() == null ? null : name(draft).toString();
                files.add(new SavedFile(file.name(), path, file.type(), file.size(), file.sha256()));
            }
            return Result.ok(new SavedMail(folder.toString(), name(written.body).toString(), null, null, files));
        } catch (TooMany same) {
            return Result.failed(same.problem);
        } catch (IOException wrong) {
            return Result.failed(problem(wrong));
        }
    }

    private SaveNames names(Order order) {
        Map<String, String> ofMailbox = Map.of("n", Long.toString(order.number), "uid", order.uid);
        return SaveNames.of(order.message.summary(), order.received, zone, ofMailbox);
    }

    /** More files of one name than are told apart. */
    private static final class TooMany extends IOException {
        private static final long serialVersionUID = 1;
        private final transient Problem problem;

        TooMany(Problem problem) {
            this.problem = problem;
        }
    }

    private Path name(Draft draft) throws IOException {
        if (draft.own != null) {
            return draft.own;
        }
        String wanted = draft.wanted;
        for (int number = nextOf.getOrDefault(wanted, 1); number <= MailSaver.MAX_SAME_NAME; number++) {
            Path path = path(wanted, number);
            boolean named = named(draft.part, path);
            if (number > 1) {
                nextOf.put(wanted, number + 1);
            }
            if (named) {
                return path;
            }
        }
        throw new TooMany(Problem.of(
                SaveMessage.TOO_MANY_OF_ONE_NAME, "folder", folder, "name", wanted, "limit", MailSaver.MAX_SAME_NAME));
    }

    private Path path(String wanted, int number) throws IOException {
        try {
            return folder.resolve(number == 1 ? wanted : SafeName.numbered(wanted, number));
        } catch (InvalidPathException notInThisLocale) {
            throw new IOException("a name that the file system does not take", notInThisLocale);
        }
    }

    private boolean named(Path part, Path path) throws IOException {
        try {
            disk.link(part, path);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (FileSystemException | UnsupportedOperationException perhapsNoLinks) {
            if (disk.exists(path)) {
                return false;
            }
            disk.rename(part, path);
            return true;
        }
    }

    /**
     * Makes the names durable that were given.
     *
     * @return the problem, or null
     */
    public @Nullable Problem forceNames() {
        try {
            disk.forceFolder(folder);
            return null;
        } catch (IOException wrong) {
            return problem(wrong);
        }
    }

    /**
     * Removes the temporary names of a mail whose files are named, once it is noted that they are.
     *
     * @param written the mail
     */
    public void clear(Written written) {
        remove(written.body.part);
        written.attachments.forEach(draft -> remove(draft.part));
    }

    private void remove(Path part) {
        try {
            disk.delete(part);
        } catch (IOException left) {
            LazyLogger.of(FlatSaver.class).log(System.Logger.Level.DEBUG, "a temporary name is left: {0}", part);
        }
    }

    /**
     * Makes the folder, and removes temporary names that an earlier process left.
     *
     * @param unfinished numbers of mails that are to be saved again: theirs stay; null where nothing was left
     * @return the problem, or null
     */
    public @Nullable Problem begin(@Nullable Set<Long> unfinished) {
        try {
            disk.makeFolders(folder);
            if (unfinished != null) {
                sweep(unfinished);
            }
            return null;
        } catch (IOException wrong) {
            return problem(wrong);
        }
    }

    private void sweep(Set<Long> unfinished) throws IOException {
        for (Path file : disk.list(folder)) {
            found.add(file);
            String name = String.valueOf(file.getFileName());
            if (name.startsWith(prefix()) && !unfinished.contains(number(name))) {
                disk.delete(file);
            }
        }
    }

    private long number(String name) {
        String rest = name.substring(prefix().length());
        int end = rest.indexOf('-');
        boolean digits = end > 0 && end < 19 && rest.substring(0, end).chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(rest.substring(0, end)) : -1;
    }

    private Problem problem(IOException wrong) {
        return MailSaver.problem(folder, wrong);
    }
}
