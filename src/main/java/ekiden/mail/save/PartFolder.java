package ekiden.mail.save;

import ekiden.base.Sha256;
import ekiden.disk.Disk;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.Part;
import ekiden.mail.mime.RawSource;
import ekiden.model.definition.SaveOptions;
import ekiden.model.mail.Address;
import ekiden.model.mail.SavedMail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The temporary folder of one mail: first the content, then the files that hold the final paths. */
final class PartFolder implements AutoCloseable {
    private static final int PIECE = 64 * 1024;
    /** Files that are forced together; more are forced earlier, so many at a time. */
    static final int MOST_OPEN = 16;

    private final Disk disk;
    private final Path folder;
    private final Message message;
    private final SaveOrder order;
    private final FolderNames names;
    private final List<Manifest.Entry> entries = new ArrayList<>();
    private final List<Manifest.Own> own = new ArrayList<>();
    private final @Nullable String bodyName;
    private final @Nullable String listName;
    private final @Nullable String mailName;
    /** Written, and not yet forced. */
    private final List<Disk.Output> open = new ArrayList<>();

    private boolean sealed;
    private boolean refused;

    PartFolder(Disk disk, Path folder, Message message, SaveOrder order) {
        this.disk = disk;
        this.folder = folder;
        this.message = message;
        this.order = order;
        this.names = new FolderNames(message, order);
        this.bodyName = names.body();
        this.listName = names.list();
        this.mailName = names.mail();
    }

    /** Writes body, attachments, and the mail itself. */
    void writeContent(RawSource raw) throws IOException {
        if (order.attachments() && !message.attachments().isEmpty()) {
            CheckedParts.whetherAway(order.extras().checks());
        }
        disk.makeFolder(folder);
        if (bodyName != null) {
            write(bodyName, message.text());
        }
        for (Part part : order.attachments() ? message.attachments() : List.<Part>of()) {
            entries.add(entry(part, raw, entries.size() + 1));
        }
        check();
        if (mailName != null && !refused) {
            whole(mailName, raw);
        }
    }

    /** The whole mail is not written where one of its parts must not be. */
    private void check() throws IOException {
        List<PartCheck> checks = order.extras().checks();
        if (checks.isEmpty()) {
            return;
        }
        force();
        CheckedParts parts = new CheckedParts(disk, folder, names.others(), later());
        for (int i = 0; i < entries.size(); i++) {
            Manifest.Entry before = entries.get(i);
            Manifest.Entry after = parts.check(before, checks);
            refused |= before.savedName() != null && after.savedName() == null;
            entries.set(i, after);
        }
        disk.forceFolder(folder);
    }

    private Set<String> later() {
        Set<String> names = new TreeSet<>(Set.of(Manifest.NAME));
        for (String name : Arrays.asList(listName, mailName)) {
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    private void whole(String name, RawSource raw) throws IOException {
        Disk.Output file = kept(disk.create(folder.resolve(name)));
        MessageDigest digest = Sha256.begin();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long offset = 0;
        for (int read = raw.readAt(offset, piece); read >= 0; read = raw.readAt(offset, piece)) {
            offset += read;
            digest.update(piece.flip().duplicate());
            file.write(piece);
            piece.clear();
        }
        own.add(new Manifest.Own(name, offset, Sha256.hex(digest)));
    }

    /** Notes a file that is to be forced. */
    private Disk.Output kept(Disk.Output file) throws IOException {
        if (open.size() == MOST_OPEN) {
            force();
        }
        open.add(file);
        return file;
    }

    /** {@return the mail's lines for a reception list} */
    String entry() {
        return ReceptionLists.entry(message.summary(), order.received(), order.zone());
    }

    private void force() throws IOException {
        disk.forceAll(open, folder);
        close();
    }

    /** Lets go of what is still open. */
    @Override
    public void close() throws IOException {
        for (Disk.Output file : open) {
            file.close();
        }
        open.clear();
    }

    private Manifest.Entry entry(Part part, RawSource raw, int index) throws IOException {
        String declared = part.summary().name();
        String type = part.summary().type();
        if (FolderNames.byReference(part)) {
            return new Manifest.Entry(declared, null, type, 0, null, SaveMessage.NOT_IN_THE_MAIL.id());
        }
        String name = names.attachment(part, index);
        String problem = null;
        Disk.Output out = made(name);
        if (out == null) {
            name = names.instead(index);
            problem = SaveMessage.NAME_REPLACED.id();
            out = disk.create(folder.resolve(name));
        }
        MessageDigest digest = Sha256.begin();
        long[] size = new long[1];
        Disk.Output file = kept(out);
        part.copyTo(raw, (bytes, from, length) -> {
            digest.update(bytes, from, length);
            size[0] += length;
            file.write(ByteBuffer.wrap(bytes, from, length));
        });
        return new Manifest.Entry(declared, name, type, size[0], Sha256.hex(digest), problem);
    }

    /** {@return the new file, or null where the file system does not take such a name} */
    private Disk.@Nullable Output made(String name) throws IOException {
        try {
            return disk.create(folder.resolve(name));
        } catch (InvalidPathException notInThisLocale) {
            return null;
        } catch (FileSystemException perhapsItsName) {
            return null;
        }
    }

    /** Writes list and manifest for a final folder, makes all durable; may be called again for another folder. {@return what can be told of it} */
    SavedMail seal(Path target) throws IOException {
        if (sealed) {
            disk.delete(folder.resolve(Manifest.NAME));
        }
        if (sealed && listName != null) {
            disk.delete(folder.resolve(listName));
            own.removeLast();
        }
        sealed = true;
        if (listName != null) {
            write(listName, ListFile.of(message.summary().from(), order.received(), order.zone(), target, entries));
        }
        Manifest manifest = new Manifest(
                Manifest.VERSION,
                order.claim(),
                message.summary().messageId(),
                order.received(),
                bodyName,
                listName,
                refused ? null : mailName,
                List.copyOf(entries),
                message.summary().problems(),
                message.summary().from().stream().map(Address::address).toList(),
                message.summary().subject(),
                order.extras().taker(),
                List.copyOf(own),
                String.valueOf(target.getFileName()));
        byte[] bytes = manifest.bytesOfFile();
        bytes(Manifest.NAME, bytes);
        force();
        return manifest.savedIn(target, Sha256.hex(bytes));
    }

    /** Gives the files and the folder their owner, group and mode. */
    void setAccess() throws IOException {
        SaveOptions.FileAccess access = order.extras().access();
        if (access == null) {
            return;
        }
        for (Path file : disk.list(folder)) {
            disk.setAccess(file, access.owner(), access.group(), access.mode());
        }
        disk.setAccess(folder, access.owner(), access.group(), access.folderMode());
    }

    private void write(String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        bytes(name, bytes);
        own.add(new Manifest.Own(name, bytes.length, Sha256.hex(bytes)));
    }

    private void bytes(String name, byte[] bytes) throws IOException {
        Disk.Output file = kept(disk.create(folder.resolve(name)));
        file.write(ByteBuffer.wrap(bytes));
    }
}
