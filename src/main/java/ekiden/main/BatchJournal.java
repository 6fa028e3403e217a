package ekiden.main;

import ekiden.base.LazyLogger;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.disk.NamedFile;
import ekiden.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a batch whose data were about to end, and what became of them, behind a first line that names the batch. Its lock is the batch's lock:
 * that is why it is a channel of its own, which stays open, and is never renamed.
 *
 * <p>Ids are noted from any thread: what several threads note while a force runs is forced together by the next one. The rest belongs to one thread,
 * before and after that.
 */
final class BatchJournal implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(BatchJournal.class);
    private static final byte[] RESULT = "{\"result\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RESULT_END = "}\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_LINE = 1 << 20;
    /**
     * The file grows by so many zeros at once. Notes are written over them, so that a force has no length of a file to keep besides: about half the work
     * of the disk. A reader takes them for a line without an end.
     */
    private static final int GROWTH = 256 << 10;
    /** Behind every content. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final FileChannel channel;
    private final FileLock lock;
    private @Nullable UUID batch;
    /** How long the first line is. */
    private long head;

    private final ReentrantLock turn = new ReentrantLock();
    /** Those who wait for a force of an even number, and those of an odd one. */
    private final List<Condition> forced = List.of(turn.newCondition(), turn.newCondition());
    /** How many forces have begun; what is noted now goes with the next one. */
    private int forces;

    private final ByteArrayOutputStream unwritten = new ByteArrayOutputStream();
    private long end;
    /** How long the file is: notes up to here, zeros behind. */
    private long room;

    private long noted;
    private long durable;
    private boolean forcing;
    private boolean broken;

    private BatchJournal(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    @SuppressWarnings("resource") // the channel lives as long as the journal
    static Result<BatchJournal> open(Path batch, Path file) {
        FileChannel channel = null;
        try {
            NamedFile.lookToWrite(file);
            // with DSYNC each write is forced by itself, in one call instead of two
            channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DSYNC);
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock != null) {
                return Result.ok(new BatchJournal(channel, lock));
            }
            channel.close();
            return Result.failed(MailCommandMessage.BATCH_IN_USE, "file", batch);
        } catch (OverlappingFileLockException here) {
            close(channel);
            return Result.failed(MailCommandMessage.BATCH_IN_USE, "file", batch);
        } catch (IOException failed) {
            close(channel);
            return Result.failed(MailCommandMessage.BATCH_RESULTS, "file", file, "reason", Reason.of(failed));
        }
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException failed) {
            LOG.log(Level.DEBUG, "the journal did not close", failed);
        }
    }

    /**
     * What stands in it.
     *
     * @param pending ids without a result, each with its line in the batch: another line may have the same id, and the result that it is one too many
     * @param results lines of results, in order
     */
    record Notes(Map<String, Object> pending, List<String> results) {
        /** A result has been found. */
        void found(Map<?, ?> result) {
            String id = String.valueOf(result.get("id"));
            Object line = pending.get(id);
            if (line != null && line.equals(result.get("line"))) {
                pending.remove(id);
            }
        }
    }

    /** Reads what stands in it; finds the name of the batch too. A line without an end was never relied on. */
    @SuppressWarnings("resource") // closing the lines would close the channel
    Notes notes() throws IOException {
        Notes notes = new Notes(new LinkedHashMap<>(), new ArrayList<>());
        channel.position(0);
        BatchLines lines = new BatchLines(Channels.newInputStream(channel), LONGEST_LINE);
        for (BatchLines.Line line = lines.next(); line != null && line.ended(); line = lines.next()) {
            Map<String, Object> values = values(line);
            if (batch == null && values.get("batch") instanceof String name) {
                batch = UUID.fromString(name);
                head = line.text().getBytes(StandardCharsets.UTF_8).length + 1L;
            } else if (values.get("id") instanceof String id) {
                notes.pending().put(id, values.getOrDefault("line", 0));
            } else if (values.get("result") instanceof Map<?, ?> result) {
                notes.found(result);
                notes.results().add(Json.write(result));
            }
        }
        return notes;
    }

    private static Map<String, Object> values(BatchLines.Line line) {
        try {
            return Json.readMap(line.text());
        } catch (Json.Unreadable torn) {
            LOG.log(Level.DEBUG, "a line of the journal is none", torn);
            return Map.of();
        }
    }

    /** Forgets everything: there are no results, so this is a new batch. */
    void clear() throws IOException {
        channel.truncate(0);
        batch = null;
        head = 0;
    }

    /** Names the batch where it has no name yet. */
    void begin(UUID name) throws IOException {
        if (batch != null) {
            return;
        }
        channel.truncate(0);
        batch = name;
        byte[] first = Json.writeLine(Map.of("batch", name.toString()));
        append(0, first);
        head = first.length;
        channel.force(true);
    }

    /** Forgets the ids: all of them have results now. */
    void forget() throws IOException {
        channel.truncate(head);
        channel.force(true);
        end = head;
        room = head;
    }

    /** Notes an id. {@return whether that is durable; where it once was not, nothing is any more, because a second force proves nothing} */
    boolean ending(String id, long line) {
        turn.lock();
        try {
            unwritten.writeBytes(Json.writeLine(Map.of("id", id, "line", line)));
            noted++;
            long mine = noted;
            Condition mineForced = forced(forces + 1);
            while (durable < mine && !broken) {
                if (forcing) {
                    mineForced.awaitUninterruptibly();
                } else {
                    force();
                }
            }
            return !broken;
        } finally {
            turn.unlock();
        }
    }

    /** Notes the line of a result, with its end; it becomes durable with the next id. */
    void result(byte[] line) {
        // in one piece: half a note, for want of memory, would make the next one unreadable
        byte[] note = Arrays.copyOf(RESULT, RESULT.length + line.length - 1 + RESULT_END.length);
        System.arraycopy(line, 0, note, RESULT.length, line.length - 1);
        System.arraycopy(RESULT_END, 0, note, note.length - RESULT_END.length, RESULT_END.length);
        turn.lock();
        try {
            unwritten.writeBytes(note);
        } finally {
            turn.unlock();
        }
    }

    private Condition forced(int force) {
        return forced.get(force & 1);
    }

    /** Writes everything noted so far, durably, with the lock given away meanwhile. Of those who noted something meanwhile it wakes one: the next to force. */
    private void force() {
        byte[] bytes = unwritten.toByteArray();
        unwritten.reset();
        long upTo = noted;
        forces++;
        forcing = true;
        boolean well = false;
        turn.unlock();
        try {
            makeRoom(end + bytes.length);
            append(end, bytes);
            well = true;
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "the end of the data cannot be noted, so the mail is not sent", failed);
        } finally {
            turn.lock();
            forcing = false;
            end += bytes.length;
            room = Math.max(room, end);
            durable = upTo;
            broken |= !well;
            forced(forces).signalAll();
            if (broken) {
                forced(forces + 1).signalAll();
            } else {
                forced(forces + 1).signal();
            }
        }
    }

    private void makeRoom(long upTo) {
        if (upTo <= room) {
            return;
        }
        try {
            append(room, new byte[GROWTH]);
            room += GROWTH;
        } catch (IOException full) {
            LOG.log(Level.DEBUG, "no room ahead; the note itself may still fit", full);
        }
    }

    private void append(long at, byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        long position = at;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    UUID batch() {
        return Objects.requireNonNull(batch);
    }

    @Override
    public void close() throws IOException {
        try {
            lock.release();
        } finally {
            channel.close();
        }
    }
}
