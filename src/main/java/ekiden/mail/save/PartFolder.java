package ekiden.mail.save;

import ekiden.disk.Disk;
import ekiden.json.Json;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MimeMessage;
import ekiden.mail.mime.Part;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.SafeName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The temporary folder of one mail: first the content, then the files that hold the final paths. */
final class PartFolder implements AutoCloseable {
    private static final String BY_REFERENCE = "message/external-body";

    /** What the mail is called where nobody asked for it and its text could not be decoded without loss. */
    static final String ORIGINAL = "original.eml";

    private static final int PIECE = 64 * 1024;
    /** Files that are forced together; more are forced earlier, so many at a time. */
    static final int MOST_OPEN = 16;

    private final Disk disk;
    private final Path folder;
    private final Message message;
    private final SaveOrder order;
    private final SafeName.Folder names = new SafeName.Folder();
    private final List<Manifest.Entry> entries = new ArrayList<>();
    private final @Nullable String bodyName;
    private final @Nullable String listName;
    private final @Nullable String mailName;
    /** Written, and not yet forced. */
    private final List<Disk.Output> open = new ArrayList<>();

    private boolean sealed;

    PartFolder(Disk disk, Path folder, Message message, SaveOrder order) {
        this.disk = disk;
        this.folder = folder;
        this.message = message;
        this.order = order;
        names.reserve(Manifest.NAME);
        this.bodyName = order.bodyName() == null ? null : names.name(order.bodyName());
        this.listName = order.listName() == null ? null : names.name(order.listName());
        String wished = order.mailName() == null && undecodable(message) ? ORIGINAL : order.mailName();
        this.mailName = wished == null ? null : names.name(wished);
    }

    /** Whether some of the text is lost in what was decoded: then the bytes must be there too. */
    private static boolean undecodable(Message message) {
        return message.summary().problems().contains(MimeMessage.NOT_DECODABLE.id());
    }

    /** Writes body, attachments, and the mail itself. */
    void writeContent(RawSource raw) throws IOException {
        disk.makeFolder(folder);
        if (bodyName != null) {
            write(bodyName, message.text());
        }
        for (Part part : order.attachments() ? message.attachments() : List.<Part>of()) {
            entries.add(entry(part, raw));
        }
        if (mailName != null) {
            whole(mailName, raw);
        }
    }

    private void whole(String name, RawSource raw) throws IOException {
        Disk.Output file = kept(disk.create(folder.resolve(name)));
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long offset = 0;
        for (int read = raw.readAt(offset, piece); read >= 0; read = raw.readAt(offset, piece)) {
            offset += read;
            file.write(piece.flip());
            piece.clear();
        }
    }

    /** Notes a file that is to be forced. */
    private Disk.Output kept(Disk.Output file) throws IOException {
        if (open.size() == MOST_OPEN) {
            force();
        }
        open.add(file);
        return file;
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

    private Manifest.Entry entry(Part part, RawSource raw) throws IOException {
        String declared = part.summary().name();
        String type = part.summary().type();
        if (type.equals(BY_REFERENCE)) {
            return new Manifest.Entry(declared, null, type, 0, null, SaveMessage.NOT_IN_THE_MAIL.id());
        }
        String name = names.name(declared);
        String problem = null;
        Disk.Output out = made(name);
        if (out == null) {
            name = names.name(SafeName.NAMELESS + "-" + (entries.size() + 1));
            problem = SaveMessage.NAME_REPLACED.id();
            out = disk.create(folder.resolve(name));
        }
        MessageDigest digest = Digests.sha256();
        long[] size = new long[1];
        Disk.Output file = kept(out);
        part.copyTo(raw, (bytes, from, length) -> {
            digest.update(bytes, from, length);
            size[0] += length;
            file.write(ByteBuffer.wrap(bytes, from, length));
        });
        return new Manifest.Entry(declared, name, type, size[0], HexFormat.of().formatHex(digest.digest()), problem);
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

    /** Writes list and manifest for a final folder, makes all durable; may be called again for another folder. */
    Manifest seal(Path target) throws IOException {
        if (sealed) {
            disk.delete(folder.resolve(Manifest.NAME));
        }
        if (sealed && listName != null) {
            disk.delete(folder.resolve(listName));
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
                mailName,
                List.copyOf(entries),
                message.summary().problems());
        write(Manifest.NAME, Json.writePretty(manifest) + "\n");
        force();
        return manifest;
    }

    private void write(String name, String text) throws IOException {
        Disk.Output file = kept(disk.create(folder.resolve(name)));
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
