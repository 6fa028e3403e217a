package ekiden.mail.mime;

import ekiden.base.LazyLogger;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A mail in a file, open as long as it is read. */
public final class FileSource implements RawSource {
    private static final Logger LOG = LazyLogger.of(FileSource.class);

    private final FileChannel channel;
    private final long size;

    private FileSource(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /**
     * @param file a mail
     * @return its bytes
     * @throws IOException when the file cannot be opened
     */
    public static FileSource open(Path file) throws IOException {
        return new FileSource(FileChannel.open(file));
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int readAt(long offset, ByteBuffer into) throws IOException {
        return channel.read(into, offset);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            LOG.log(Level.DEBUG, "a mail file did not close", failed);
        }
    }
}
