package ekiden.mail.save;

import ekiden.base.Sha256;
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
    private static final String NEW = ".new";
    private static final String TAKEN = "SENDER:";
    /** As long as what it stands for: nothing behind it moves. */
    private static final String UNDONE = "UNDONE:";

    private static final int MAX_NOTE_BYTES = 1 << 20;
    private static final int PIECE = 64 * 1024;

    private final Disk disk;
    /** Lists of which everything is known to be whole. */
    private final Set<Path> settled = new HashSet<>();

    ReceptionLists(Disk disk) {
        this.disk = disk;
    }

    /**
     * An entry that is being appended, or that is to be taken back.
     *
     * @param calledOff whether its mail will not be saved; null where an older release wrote it
     */
    private record Note(
            String list,
            long offset,
            String entry,
            @Nullable Boolean calledOff) {
        boolean gone() {
            return Boolean.TRUE.equals(calledOff);
        }
    }

    /** The entry of a mail. */
    static String entry(MailSummary summary, Instant received, ZoneId zone) {
        return TAKEN + " " + cut(ListFile.senders(summary.from())) + "\nDATE: " + ListFile.date(received, zone)
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

    /**
     * The claim's mail will not be saved. An entry at the end of the list goes; one that others have followed stays in its place, so that theirs
     * do, but its first word says that it does not count.
     */
    synchronized void takeBack(String claim, Path list) throws IOException {
        Path file = note(claim, list);
        if (!settled.contains(list)) {
            settle(list);
        }
        Note note = disk.exists(file) ? read(file) : null;
        if (note == null) {
            return;
        }
        settled.remove(list);
        Path anew = file.resolveSibling(name(file) + NEW);
        disk.delete(anew);
        write(anew, new Note(note.list, note.offset, note.entry, true));
        disk.rename(anew, file);
        disk.forceFolder(folder(list));
        undo(list, file, note);
        settled.add(list);
    }

    private void undo(Path list, Path file, Note note) throws IOException {
        byte[] entry = note.entry.getBytes(StandardCharsets.UTF_8);
        byte[] undone = note.entry.replaceFirst(TAKEN, UNDONE).getBytes(StandardCharsets.UTF_8);
        long size = disk.exists(list) ? disk.size(list) : 0;
        byte[] there = read(list, note.offset, Math.min(entry.length, size - note.offset));
        boolean ours = there.length > 0 && Arrays.equals(there, 0, there.length, entry, 0, there.length);
        boolean last = size <= note.offset + entry.length;
        if (ours && (last || there.length == entry.length)) {
            rewrite(list, note.offset, there.length, last ? new byte[0] : undone);
        }
        disk.delete(file);
    }

    private static Path folder(Path list) {
        return Objects.requireNonNull(list.getParent());
    }

    private static String name(Path path) {
        return Objects.requireNonNull(path.getFileName()).toString();
    }

    private static Path note(String claim, Path list) {
        return list.resolveSibling(NOTE_BEGIN + hash(name(list) + "\n" + claim) + NOTE_END);
    }

    /** Short, so that a list may have any name that a file can have. */
    private static String hash(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 24);
    }

    private void settle(Path list) throws IOException {
        for (Path file : disk.list(folder(list))) {
            boolean note = name(file).startsWith(NOTE_BEGIN) && name(file).endsWith(NOTE_END);
            if (note && disk.isFile(file)) {
                settle(list, file);
            }
        }
    }

    private void settle(Path list, Path file) throws IOException {
        Note note = read(file);
        if (note == null) {
            // cut off while it was written: its entry was not begun
            disk.delete(file);
        } else if (note.list.equals(name(list)) && note.gone()) {
            undo(list, file, note);
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
            rewrite(list, note.offset, wanted.length, wanted);
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
        write(file, new Note(name(list), offset, entry, null));
        disk.forceFolder(folder(list));
        write(list, entry.getBytes(StandardCharsets.UTF_8), 0);
    }

    private void write(Path file, Note note) throws IOException {
        try (Disk.Output out = disk.create(file)) {
            out.write(ByteBuffer.wrap(Json.write(note).getBytes(StandardCharsets.UTF_8)));
            out.force();
        }
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

    /** Puts other bytes in the place of some, with all that is behind them: the list is made anew beside it. */
    private void rewrite(Path list, long offset, int length, byte[] anew) throws IOException {
        Path whole = list.resolveSibling(NOTE_BEGIN + hash(name(list)) + NEW);
        disk.delete(whole);
        try (Disk.Output out = disk.create(whole)) {
            copy(list, 0, offset, out);
            out.write(ByteBuffer.wrap(anew));
            copy(list, offset + length, disk.size(list), out);
            out.force();
        }
        disk.rename(whole, list);
        disk.forceFolder(folder(list));
    }

    private void copy(Path list, long from, long to, Disk.Output out) throws IOException {
        long at = from;
        while (at < to) {
            byte[] piece = read(list, at, Math.min(PIECE, to - at));
            if (piece.length == 0) {
                throw new IOException("the list became shorter");
            }
            out.write(ByteBuffer.wrap(piece));
            at += piece.length;
        }
    }
}
