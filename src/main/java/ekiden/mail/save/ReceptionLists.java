package ekiden.mail.save;

import ekiden.disk.Disk;
import ekiden.json.Json;
import ekiden.model.mail.MailSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files to which each mail that was taken is appended once (the received-mail list of JP1 on UNIX): {@code SENDER}, {@code DATE}, {@code SUBJECT}.
 *
 * <p>Before an entry is appended a note beside the list says what and where to. What a process left half done is completed by the next one before
 * anything else goes to that list, so an entry is never torn for long, never twice and never lost, and at most one is open. The note goes when the
 * mail's folder has its name: from then on the claim is known to be saved. One process writes a list.
 *
 * <p>Safe from any thread.
 */
final class ReceptionLists {
    /** Characters of a sender or subject; the rest is cut. */
    static final int MAX_VALUE = 4_000;

    private static final String NOTE_BEGIN = ".ekiden-";
    private static final String NOTE_END = ".entry";
    private static final int MAX_NOTE_BYTES = 1 << 20;
    private static final int PIECE = 64 * 1024;

    private final Disk disk;
    /** Lists of which everything is known to be whole. */
    private final Set<Path> settled = new HashSet<>();

    ReceptionLists(Disk disk) {
        this.disk = disk;
    }

    /** An entry that is being appended. */
    private record Note(String list, long offset, String entry) {}

    /** The entry of a mail. */
    static String entry(MailSummary summary, Instant received, ZoneId zone) {
        return "SENDER: " + cut(ListFile.senders(summary.from())) + "\nDATE: " + ListFile.date(received, zone)
                + "\nSUBJECT: " + cut(ListFile.oneLine(summary.subject())) + "\n";
    }

    private static String cut(String value) {
        if (value.length() <= MAX_VALUE) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(MAX_VALUE - 1)) ? MAX_VALUE - 1 : MAX_VALUE;
        return value.substring(0, end);
    }

    /**
     * Appends an entry, durably; nothing happens where it is known to be there.
     *
     * @param claim whose entry it is
     * @param list the file, absolute; made where it is absent
     * @param entry whole lines
     * @throws IOException when it cannot be done; the next try completes it
     */
    synchronized void append(String claim, Path list, String entry) throws IOException {
        disk.makeFolders(folder(list));
        if (!settled.contains(list)) {
            settle(list);
        }
        Path note = note(claim, list);
        settled.remove(list);
        if (!disk.exists(note)) {
            begin(note, list, entry);
        }
        settled.add(list);
    }

    /** The claim is known to be saved: its entry need not be known any more. */
    void forget(String claim, Path list) throws IOException {
        disk.delete(note(claim, list));
    }

    private static Path folder(Path list) {
        return Objects.requireNonNull(list.getParent());
    }

    private static String name(Path path) {
        return Objects.requireNonNull(path.getFileName()).toString();
    }

    private static Path note(String claim, Path list) {
        byte[] both = (name(list) + "\n" + claim).getBytes(StandardCharsets.UTF_8);
        return list.resolveSibling(NOTE_BEGIN + Digests.sha256(both).substring(0, 24) + NOTE_END);
    }

    private void settle(Path list) throws IOException {
        for (Path file : disk.list(folder(list))) {
            if (name(file).startsWith(NOTE_BEGIN) && name(file).endsWith(NOTE_END)) {
                settle(list, file);
            }
        }
    }

    private void settle(Path list, Path file) throws IOException {
        Note note = read(file);
        if (note == null) {
            // cut off while it was written: its entry was not begun
            disk.delete(file);
        } else if (note.list.equals(name(list))) {
            complete(list, file, note);
        }
    }

    private @Nullable Note read(Path file) throws IOException {
        try (InputStream in = disk.read(file)) {
            return Json.read(new String(in.readNBytes(MAX_NOTE_BYTES), StandardCharsets.UTF_8), Note.class);
        } catch (Json.Unreadable torn) {
            return null;
        }
    }

    private void complete(Path list, Path file, Note note) throws IOException {
        byte[] wanted = note.entry.getBytes(StandardCharsets.UTF_8);
        long size = disk.exists(list) ? disk.size(list) : 0;
        byte[] there = read(list, note.offset, Math.min(wanted.length, size - note.offset));
        if (size >= note.offset && Arrays.equals(there, 0, there.length, wanted, 0, there.length)) {
            if (there.length < wanted.length) {
                write(list, wanted, there.length);
            }
        } else if (size >= note.offset && size <= note.offset + wanted.length) {
            rewrite(list, note.offset, wanted);
        } else {
            // somebody put another file in its place, or wrote behind what a power failure left
            disk.delete(file);
            begin(file, list, note.entry);
        }
    }

    private byte[] read(Path list, long offset, long length) throws IOException {
        if (length <= 0) {
            return new byte[0];
        }
        ByteBuffer into = ByteBuffer.allocate((int) length);
        disk.readAt(list, offset, into);
        return Arrays.copyOf(into.array(), into.position());
    }

    private void begin(Path file, Path list, String entry) throws IOException {
        long offset = disk.exists(list) ? disk.size(list) : 0;
        try (Disk.Output out = disk.create(file)) {
            out.write(ByteBuffer.wrap(
                    Json.write(new Note(name(list), offset, entry)).getBytes(StandardCharsets.UTF_8)));
            out.force();
        }
        disk.forceFolder(folder(list));
        write(list, entry.getBytes(StandardCharsets.UTF_8), 0);
    }

    private void write(Path list, byte[] entry, int from) throws IOException {
        boolean there = disk.exists(list);
        try (Disk.Output out = disk.append(list)) {
            out.write(ByteBuffer.wrap(entry, from, entry.length - from));
            out.force();
        }
        if (!there) {
            disk.forceFolder(folder(list));
        }
    }

    /** A power failure left something else where the entry was being written: the list is made anew beside it. */
    private void rewrite(Path list, long offset, byte[] entry) throws IOException {
        Path anew = list.resolveSibling(NOTE_BEGIN + name(list) + ".new");
        disk.delete(anew);
        try (Disk.Output out = disk.create(anew)) {
            long at = 0;
            while (at < offset) {
                byte[] piece = read(list, at, Math.min(PIECE, offset - at));
                out.write(ByteBuffer.wrap(piece));
                at += piece.length;
            }
            out.write(ByteBuffer.wrap(entry));
            out.force();
        }
        disk.rename(anew, list);
        disk.forceFolder(folder(list));
    }
}
