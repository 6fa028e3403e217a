package ekiden.mail.save;

import ekiden.base.Sha256;
import ekiden.disk.Disk;
import ekiden.json.Json;
import ekiden.model.mail.SavedMail;
import ekiden.model.mail.SavedMail.SavedFile;
import ekiden.model.mail.Taker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code mail.json} says about the folder it lies in. Names are relative to that folder. Readers ignore properties they
 * do not know; properties are only ever added.
 *
 * @param version 1
 * @param claim under which the mail was taken
 * @param messageId of the mail, or null
 * @param received when it was received
 * @param body name of the body text, or null
 * @param list name of the attachment list, or null
 * @param mail name of the whole mail as it arrived: where it was asked for, or where some of its text could not be decoded
 *     (EKDM0223-W); otherwise null
 * @param attachments in the order of the mail
 * @param problems ids of what was odd about the mail
 * @param from addresses of the authors; null where an older release wrote it
 * @param subject of the mail; null where an older release wrote it
 * @param taker who took the mail; null where no job did, or an older release wrote it
 * @param files the other files of the folder, but this one; null where an older release wrote it
 * @param folder the name of the folder that was made for the mail; null where an older release wrote it
 */
record Manifest(
        int version,
        String claim,
        @Nullable String messageId,
        Instant received,
        @Nullable String body,
        @Nullable String list,
        @Nullable String mail,
        List<Entry> attachments,
        List<String> problems,
        @Nullable List<String> from,
        @Nullable String subject,
        @Nullable Taker taker,
        @Nullable List<Own> files,
        @Nullable String folder) {
    /** Copies the lists; what has no claim or no attachments is none. */
    Manifest {
        Objects.requireNonNull(claim);
        attachments = List.copyOf(attachments);
        files = files == null ? null : List.copyOf(files);
    }

    static final String NAME = "mail.json";
    static final int VERSION = 1;

    private static final int MAX_BYTES = 64 << 20;

    /**
     * @param name as declared
     * @param savedName its file in the folder, or null where it could not be saved
     * @param type media type
     * @param size decoded bytes
     * @param sha256 of them, or null where it could not be saved
     * @param problem the id of what was odd about it, or null
     */
    record Entry(
            String name,
            @Nullable String savedName,
            String type,
            long size,
            @Nullable String sha256,
            @Nullable String problem) {
        /** What became of it, and the id of why: its digest stays, also of one that was not saved. */
        Entry with(@Nullable String saved, @Nullable String why) {
            return new Entry(name, saved, type, size, sha256, why);
        }
    }

    /**
     * A file of the folder that is no attachment.
     *
     * @param name its name in the folder
     * @param size bytes
     * @param sha256 of them
     */
    record Own(String name, long size, String sha256) {}

    /** {@return the names of all files that were written into the folder} */
    Set<String> names() {
        Set<String> names = new HashSet<>(Set.of(NAME));
        for (String name : Arrays.asList(body, list, mail)) {
            if (name != null) {
                names.add(name);
            }
        }
        for (Entry entry : attachments) {
            if (entry.savedName != null) {
                names.add(entry.savedName);
            }
        }
        return names;
    }

    SavedMail savedIn(Path folder, String sha256) {
        List<SavedFile> saved = attachments.stream()
                .map(e -> new SavedFile(e.name, path(folder, e.savedName), e.type, e.size, e.sha256, e.problem))
                .toList();
        String text = path(folder, body);
        String lines = path(folder, list);
        return new SavedMail(folder.toString(), text, lines, path(folder, mail), saved, bytes(), null, sha256);
    }

    /** The same with other attachments, where a file of its own was perhaps written anew. */
    Manifest with(List<Entry> entries, @Nullable Own anew) {
        List<Own> all = files == null ? null : new ArrayList<>(files);
        if (all != null && anew != null) {
            all.removeIf(own -> own.name.equals(anew.name));
            all.add(anew);
        }
        return new Manifest(
                version, claim, messageId, received, body, list, mail, entries, problems, from, subject, taker, all,
                folder);
    }

    /** What is written into {@link #NAME}. */
    byte[] bytesOfFile() {
        return (Json.writePretty(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What a folder's manifest says. Whoever may write in the folder may have written it: it can name nothing but files that lie directly in it, and
     * counts for more only where its SHA-256 is known from elsewhere.
     *
     * @param manifest what it says
     * @param sha256 of the file
     */
    record Read(Manifest manifest, String sha256) {}

    /** {@return the manifest of a folder, or null where it has none of ours} */
    static @Nullable Read read(Disk disk, Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!disk.isFolder(folder) || !disk.exists(file)) {
            return null;
        }
        try (InputStream in = disk.readPlain(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES);
            Manifest manifest = Json.read(new String(bytes, StandardCharsets.UTF_8), Manifest.class);
            boolean inside = manifest.names().stream().allMatch(name -> inside(folder, name));
            return inside ? new Read(manifest, Sha256.hex(bytes)) : null;
        } catch (Json.Unreadable | Disk.NoFile notOurs) {
            return null;
        }
    }

    /** Whether a name is one of something that lies directly in a folder. */
    static boolean inside(Path folder, String name) {
        try {
            Path path = folder.resolve(name);
            boolean itself = name.equals(".") || name.equals("..");
            return !itself && folder.equals(path.getParent()) && path.endsWith(name);
        } catch (InvalidPathException none) {
            return false;
        }
    }

    private long bytes() {
        long own = files == null ? 0 : files.stream().mapToLong(Own::size).sum();
        return own + attachments.stream().mapToLong(Entry::size).sum();
    }

    private static @Nullable String path(Path folder, @Nullable String name) {
        return name == null ? null : folder.resolve(name).toString();
    }
}
