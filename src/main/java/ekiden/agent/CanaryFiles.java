package ekiden.agent;

import ekiden.base.Ids;
import ekiden.base.LazyLogger;
import ekiden.disk.Disk;
import ekiden.json.Json;
import ekiden.mail.receive.CanaryNote;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a home keeps of its canaries: the key of their marks, and a note for each mailbox that wants some. The key is kept for good, so that a late
 * canary is recognised; a note goes with the wish for canaries. Safe from any thread for different mailboxes.
 */
final class CanaryFiles {
    private static final Logger LOG = LazyLogger.of(CanaryFiles.class);
    private static final String KEY = "key";
    private static final int DRAWS = 4;

    private final Disk disk;
    private final Facts facts;
    private final Path folder;
    private @Nullable CanaryMark mark;
    private boolean looked;

    CanaryFiles(Disk disk, Path folder) {
        this.disk = disk;
        this.facts = new Facts(disk);
        this.folder = folder;
    }

    /** The marks of this home, or null while it has no key, so that no canary of it can be anywhere. */
    synchronized @Nullable CanaryMark mark() throws IOException {
        if (!looked) {
            Path file = folder.resolve(KEY);
            mark = facts.has(file) ? new CanaryMark(facts.read(file)) : null;
            looked = true;
        }
        return mark;
    }

    /** The marks of this home; its key is made now where it has none. Each id brings 74 random bits. */
    synchronized CanaryMark made(Ids ids) throws IOException {
        CanaryMark known = mark();
        if (known != null) {
            return known;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < DRAWS; i++) {
            text.append(ids.next());
        }
        disk.makeFolders(folder);
        facts.write(folder.resolve(KEY), text.toString());
        CanaryMark made = new CanaryMark(text.toString());
        mark = made;
        return made;
    }

    /** What was kept of a mailbox's canary. A note that cannot be read counts as none: the next canary tells all that matters. */
    CanaryNote read(String mailbox) {
        Path file = note(mailbox);
        try {
            return facts.has(file) ? Json.read(facts.read(file), CanaryNote.class) : CanaryNote.NONE;
        } catch (IOException | Json.Unreadable damaged) {
            LOG.log(Level.WARNING, "a note of a canary cannot be read: {0}", damaged.getMessage());
            return CanaryNote.NONE;
        }
    }

    void write(String mailbox, CanaryNote note) throws IOException {
        disk.makeFolders(folder);
        facts.write(note(mailbox), Json.write(note));
    }

    /** Where a mailbox's canary is composed; whoever composed it removes it. */
    Path mail(String mailbox) {
        return folder.resolve(name(mailbox) + ".eml");
    }

    /** Removes everything but the key and the notes of these mailboxes. */
    void keepOnly(Set<String> mailboxes) {
        Set<String> kept = mailboxes.stream()
                .map(CanaryFiles::name)
                .map(name -> name + ".json")
                .collect(Collectors.toSet());
        try {
            List<Path> files = disk.exists(folder) ? disk.list(folder) : List.of();
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (!name.equals(KEY) && !kept.contains(name)) {
                    disk.delete(file);
                }
            }
        } catch (IOException later) {
            LOG.log(Level.WARNING, "notes of canaries cannot be removed: {0}", later.getMessage());
        }
    }

    private Path note(String mailbox) {
        return folder.resolve(name(mailbox) + ".json");
    }

    /** A mailbox may have a name that is none for a file. */
    private static String name(String mailbox) {
        return UUID.nameUUIDFromBytes(mailbox.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
