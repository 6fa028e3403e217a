package ekiden.mail.spool;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Sha256;
import ekiden.disk.Disk;
import ekiden.model.mail.RawMail;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One mail on its way into the spool. Nothing of it can be seen before {@link #finish} has answered; left without that it
 * is removed, at the latest at the next start.
 *
 * <p>A failure while writing is kept and answered by {@link #finish}; until then further bytes are taken and dropped, so
 * that a caller that must read its peer to the end may do so. One thread.
 */
public final class SpoolWriter implements AutoCloseable {
    private static final System.Logger LOG = LazyLogger.of(SpoolWriter.class);

    private final Spool spool;
    private final String place;
    private final Path part;
    private final Disk.Output output;
    private final MessageDigest digest = Sha256.begin();
    private final ByteBuffer buffer;
    private long size;
    private boolean ended;
    private @Nullable Problem failure;

    SpoolWriter(Spool spool, String place, Path part, Disk.Output output, ByteBuffer buffer) {
        this.spool = spool;
        this.place = place;
        this.part = part;
        this.output = output;
        this.buffer = buffer;
    }

    /**
     * Takes the next bytes of the mail.
     *
     * @param bytes read to the end; may be used again at once. Fastest with an array behind it
     */
    public void write(ByteBuffer bytes) {
        if (ended) {
            throw new IllegalStateException("the entry " + place + " has ended");
        }
        if (failure != null) {
            bytes.position(bytes.limit());
            return;
        }
        size += bytes.remaining();
        digest.update(bytes.duplicate());
        append(bytes);
    }

    /** {@return bytes of the mail taken so far} */
    public long size() {
        return size;
    }

    /** {@return what went wrong so far, or empty} */
    public Optional<Problem> failure() {
        return Optional.ofNullable(failure);
    }

    void append(ByteBuffer bytes) {
        try {
            if (bytes.remaining() > buffer.remaining()) {
                flush();
            }
            if (bytes.remaining() > buffer.capacity()) {
                output.write(bytes);
            } else {
                buffer.put(bytes);
            }
        } catch (IOException wrong) {
            failure = spool.writeProblem(wrong);
            bytes.position(bytes.limit());
        }
    }

    private void flush() throws IOException {
        if (buffer.position() > 0) {
            output.write(buffer.flip());
            buffer.clear();
        }
    }

    /**
     * Makes the mail durable and visible, with its first opening mark. Two forces: the file, the folder.
     *
     * @return the mail; or why not, then nothing of it is left
     */
    public Result<RawMail> finish() {
        if (ended) {
            throw new IllegalStateException("the entry " + place + " has ended");
        }
        byte[] sha256 = digest.digest();
        append(SpoolFile.trailer(size, sha256));
        if (failure == null) {
            try {
                flush();
                output.force();
                output.close();
                spool.publish(place, part);
                end();
                return Result.ok(new RawMail(place, size, HexFormat.of().formatHex(sha256)));
            } catch (IOException wrong) {
                failure = spool.writeProblem(wrong);
            }
        }
        Problem problem = failure;
        abandon();
        return Result.failed(problem);
    }

    /** Gives the mail up and removes what was written. Does nothing when it has ended. */
    public void abandon() {
        if (ended) {
            return;
        }
        end();
        try {
            output.close();
        } catch (IOException wrong) {
            LOG.log(Level.DEBUG, "closing a spool entry that was given up", wrong);
        }
        spool.remove(part);
    }

    private void end() {
        ended = true;
        spool.giveBack(buffer);
    }

    /** As {@link #abandon}. */
    @Override
    public void close() {
        abandon();
    }
}
