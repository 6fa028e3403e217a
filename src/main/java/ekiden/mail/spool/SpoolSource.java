package ekiden.mail.spool;

import ekiden.disk.Disk;
import ekiden.mail.mime.RawSource;
import ekiden.model.mail.RawMail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The bytes of one entry, behind its header. Follows the entry when its name changes meanwhile. Safe from any thread. */
final class SpoolSource implements RawSource {
    private final Disk disk;
    private final Spool spool;
    private final RawMail mail;
    private final long mailOffset;
    private volatile Path file;

    SpoolSource(Disk disk, Spool spool, RawMail mail, Path file, long mailOffset) {
        this.disk = disk;
        this.spool = spool;
        this.mail = mail;
        this.file = file;
        this.mailOffset = mailOffset;
    }

    @Override
    public long size() {
        return mail.size();
    }

    @Override
    public int readAt(long offset, ByteBuffer into) throws IOException {
        long left = mail.size() - offset;
        if (left <= 0) {
            return -1;
        }
        ByteBuffer piece = into.duplicate();
        piece.limit(piece.position() + (int) Math.min(left, piece.remaining()));
        int read = read(mailOffset + offset, piece);
        into.position(piece.position());
        return read;
    }

    private int read(long offset, ByteBuffer piece) throws IOException {
        for (int renames = 0; ; renames++) {
            try {
                return disk.readAt(file, offset, piece);
            } catch (NoSuchFileException renamed) {
                if (renames == Spool.MOST_RENAMES) {
                    throw renamed;
                }
                file = spool.locate(mail.place()).orElseThrow(() -> renamed);
            }
        }
    }

    @Override
    public void close() {
        // Nothing is held open between two reads: the disk opens by name.
    }
}
