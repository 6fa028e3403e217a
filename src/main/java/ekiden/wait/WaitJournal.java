package ekiden.wait;

import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.json.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a state folder: lines of eight hexadecimal digits (CRC-32C of what follows), a space, one record as JSON. What a crash left of the
 * last lines ends the journal: only what was forced counts, and that stands before it. Opening it rewrites a journal with such an end, so that
 * nothing is ever appended behind one.
 *
 * <p>Safe from any thread. {@link #append} may run while another thread forces; a force promises what was appended before it began.
 */
final class WaitJournal implements AutoCloseable {
    /** The file's name in the state folder. */
    static final String NAME = "receipts";

    private static final int CHECKSUM_DIGITS = 8;

    private final Disk disk;
    private final Path folder;
    private final WaitLimits limits;
    private final WaitBook book = new WaitBook();
    private Disk.Output output;
    private long length;
    private long lengthAnew;

    private WaitJournal(Disk disk, Path folder, WaitLimits limits, Disk.Output none) {
        this.disk = disk;
        this.folder = folder;
        this.limits = limits;
        this.output = none;
    }

    /**
     * Opens the journal of a state, or begins it.
     *
     * @param disk where it lies
     * @param folder the state folder, absolute; there, and held by this process alone
     * @param id the state's id where it is a new one
     * @param limits bounds
     * @param now the present
     * @return the journal, or why it cannot be used
     */
    static Result<WaitJournal> open(Disk disk, Path folder, String id, WaitLimits limits, Instant now) {
        WaitJournal journal = new WaitJournal(disk, folder, limits, NOT_OPEN);
        try {
            boolean whole = journal.read();
            if (journal.book.id().isEmpty()) {
                journal.book.apply(new WaitRecord.Begun(1, id));
                whole = false;
            }
            if (whole) {
                journal.output = disk.append(journal.file());
                // what is there counts from now on, so it has to be as durable as what will be
                journal.output.force();
                journal.compact(now);
            } else {
                journal.rewrite(now);
            }
            return Result.ok(journal);
        } catch (IOException wrong) {
            return Result.failed(journal.problem(wrong));
        }
    }

    /**
     * What a journal says, for who only reads it. Another process may append to it meanwhile.
     *
     * @param disk where it lies
     * @param folder the state folder, absolute
     * @param limits bounds
     * @return what its records say as far as they are whole; of a journal that is not there, nothing
     * @throws IOException when it cannot be read, or a later version wrote it
     */
    static WaitBook look(Disk disk, Path folder, WaitLimits limits) throws IOException {
        WaitJournal journal = new WaitJournal(disk, folder, limits, NOT_OPEN);
        journal.read();
        return journal.book;
    }

    private Path file() {
        return folder.resolve(NAME);
    }

    /** Reads what is there; answers whether every line of it is whole. */
    private boolean read() throws IOException {
        if (!disk.exists(file())) {
            return false;
        }
        try (InputStream in = new BufferedInputStream(disk.read(file()), 1 << 16)) {
            while (!atEnd(in)) {
                byte[] line = line(in);
                WaitRecord record = line == null ? null : record(line);
                if (line == null || record == null) {
                    return false;
                }
                book.apply(record);
                length += line.length + 1;
            }
            return true;
        }
    }

    private static boolean atEnd(InputStream in) throws IOException {
        in.mark(1);
        boolean end = in.read() < 0;
        in.reset();
        return end;
    }

    /** The next line without its end, or null where it is cut, or longer than any of ours. */
    private byte @Nullable [] line(InputStream in) throws IOException {
        byte[] line = new byte[512];
        int size = 0;
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || size == limits.recordBytes()) {
                return null;
            }
            if (size == line.length) {
                line = Arrays.copyOf(line, 2 * size);
            }
            line[size] = (byte) b;
            size++;
        }
        return Arrays.copyOf(line, size);
    }

    /** The record of a line, or null where the line is not whole. A whole one that cannot be read was written by a later version. */
    private static @Nullable WaitRecord record(byte[] line) throws IOException {
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.length() < CHECKSUM_DIGITS + 2
                || !text.startsWith(checksum(line, CHECKSUM_DIGITS + 1, line.length) + " ")) {
            return null;
        }
        try {
            return Json.read(text.substring(CHECKSUM_DIGITS + 1), WaitRecord.class);
        } catch (Json.Unreadable newer) {
            throw new IOException("a record of another version", newer);
        }
    }

    private static String checksum(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        String digits = Long.toHexString(crc.getValue());
        return "0".repeat(CHECKSUM_DIGITS - digits.length()) + digits;
    }

    private static ByteBuffer framed(WaitRecord record) {
        byte[] line = Json.writeLine(WaitRecordJson.of(record));
        return ByteBuffer.allocate(CHECKSUM_DIGITS + 1 + line.length)
                .put(checksum(line, 0, line.length - 1).getBytes(StandardCharsets.US_ASCII))
                .put((byte) ' ')
                .put(line)
                .flip();
    }

    /** {@return what the records say; to be used while this journal is locked by {@code synchronized}} */
    WaitBook book() {
        return book;
    }

    /** Adds a record; it is not durable before {@link #force}. */
    synchronized void append(WaitRecord record) throws IOException {
        ByteBuffer line = framed(record);
        length += line.remaining();
        output.write(line);
        book.apply(record);
    }

    /** Makes all records durable that were appended before. */
    void force() throws IOException {
        Disk.Output present;
        synchronized (this) {
            present = output;
        }
        present.force();
    }

    /** Writes the journal anew where it is much longer than it need be. Nothing else may be under way. */
    synchronized void compact(Instant now) throws IOException {
        if (length > limits.journalBytes() && length > 2 * lengthAnew) {
            rewrite(now);
        }
    }

    private void rewrite(Instant now) throws IOException {
        Path part = folder.resolve(NAME + ".part");
        disk.delete(part);
        output.close();
        ByteBuffer line = framed(book.snapshot(now));
        length = line.remaining();
        lengthAnew = length;
        try (Disk.Output anew = disk.create(part)) {
            anew.write(line);
            anew.force();
        }
        disk.rename(part, file());
        disk.forceFolder(folder);
        output = disk.append(file());
    }

    Problem problem(IOException wrong) {
        return Problem.of(WaitMessage.RECEIPTS, "file", file(), "reason", Reason.of(wrong));
    }

    @Override
    public synchronized void close() throws IOException {
        output.close();
    }

    private static final Disk.Output NOT_OPEN = new Disk.Output() {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            throw new IOException("not open");
        }

        @Override
        public void force() throws IOException {
            throw new IOException("not open");
        }

        @Override
        public void close() {
            // it never was open
        }
    };
}
