package ekiden.main;

import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.json.Json;
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
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a batch whose data were about to end, behind a first line that names the batch. Its lock is the batch's lock: that
 * is why it is a channel of its own, which stays open, and is never renamed. Belongs to one thread.
 */
final class BatchJournal implements AutoCloseable {
    private static final Logger LOG = System.getLogger(BatchJournal.class.getName());
    private static final int LONGEST_LINE = 1 << 20;
    /** Behind every content. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final FileChannel channel;
    private final FileLock lock;
    private @Nullable UUID batch;
    /** How long the first line is. */
    private long head;

    private BatchJournal(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    @SuppressWarnings("resource") // the channel lives as long as the journal
    static Result<BatchJournal> open(Path batch, Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
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

    /** The ids that stand in it; finds the name of the batch too. A line without an end was never relied on. */
    @SuppressWarnings("resource") // closing the lines would close the channel
    Set<String> pending() throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        channel.position(0);
        BatchLines lines = new BatchLines(Channels.newInputStream(channel), LONGEST_LINE);
        for (BatchLines.Line line = lines.next(); line != null && line.ended(); line = lines.next()) {
            Map<String, Object> values = values(line);
            if (batch == null && values.get("batch") instanceof String name) {
                batch = UUID.fromString(name);
                head = line.text().getBytes(StandardCharsets.UTF_8).length + 1L;
            } else if (values.get("id") instanceof String id) {
                ids.add(id);
            }
        }
        return ids;
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
        head = append(0, Json.write(Map.of("batch", name.toString())));
        channel.force(true);
    }

    /** Forgets the ids: all of them have results now. */
    void forget() throws IOException {
        channel.truncate(head);
        channel.force(true);
    }

    boolean ending(String id) {
        try {
            append(channel.size(), Json.write(Map.of("id", id)));
            channel.force(false);
            return true;
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "the end of the data cannot be noted, so the mail is not sent", failed);
            return false;
        }
    }

    private long append(long at, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        long length = bytes.remaining();
        long position = at;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
        return length;
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
