package ekiden.wait;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.mail.mime.RawSource;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Files for large mails while they are handled. Never forced: a mail that a crash takes is still at the server, where nothing was acknowledged. Safe
 * from any thread; one file belongs to one at a time.
 */
public final class Scratch {
    private static final System.Logger LOG = LazyLogger.of(Scratch.class);

    private final Disk disk;
    private final Path folder;
    private final AtomicLong next = new AtomicLong();

    /**
     * @param disk where the files lie
     * @param folder their folder, absolute; nothing else lies there
     */
    public Scratch(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    /**
     * Makes the folder and removes what an earlier process left.
     *
     * @return true, or why it cannot be used
     */
    public Result<Boolean> clear() {
        try {
            disk.makeFolders(folder);
            for (Path left : disk.list(folder)) {
                disk.delete(left);
            }
            return Result.ok(true);
        } catch (IOException wrong) {
            return Result.failed(problem(wrong));
        }
    }

    Writing begin() throws IOException {
        Path file = folder.resolve(next.incrementAndGet() + ".mail");
        return new Writing(file, disk.create(file));
    }

    Problem problem(IOException wrong) {
        return Problem.of(WaitMessage.SCRATCH, "folder", folder, "reason", Reason.of(wrong));
    }

    private void delete(Path file) {
        try {
            disk.delete(file);
        } catch (IOException left) {
            LOG.log(Level.DEBUG, "left until the next call: {0}", file);
        }
    }

    /** A mail that is being written. */
    final class Writing {
        private final Path file;
        private final Disk.Output output;
        private long size;

        Writing(Path file, Disk.Output output) {
            this.file = file;
            this.output = output;
        }

        void write(byte[] bytes, int from, int length) throws IOException {
            output.write(ByteBuffer.wrap(bytes, from, length));
            size += length;
        }

        RawSource end() throws IOException {
            output.close();
            return new Kept(file, size);
        }

        void drop() {
            try {
                output.close();
            } catch (IOException wrong) {
                LOG.log(Level.DEBUG, "closing a mail that was given up", wrong);
            }
            delete(file);
        }
    }

    /** A mail in its file, which goes when it is closed. */
    private final class Kept implements RawSource {
        private final Path file;
        private final long size;

        Kept(Path file, long size) {
            this.file = file;
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public int readAt(long offset, ByteBuffer into) throws IOException {
            return disk.readAt(file, offset, into);
        }

        @Override
        public void close() {
            delete(file);
        }
    }
}
