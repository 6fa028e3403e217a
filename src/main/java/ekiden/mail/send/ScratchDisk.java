package ekiden.mail.send;

import ekiden.disk.Disk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A disk on which one file lies in memory as long as it is small: a composed mail that is sent at once needs no file. Every other file is where it is.
 * Belongs to one thread.
 */
final class ScratchDisk implements Disk {
    /** A larger mail goes to the disk beneath. */
    static final int IN_MEMORY = 256 * 1024;

    private final Disk disk;
    private final Path file;
    private byte @Nullable [] bytes;
    private boolean onDisk;

    /**
     * @param disk beneath
     * @param file the one that may lie in memory; not there yet
     */
    ScratchDisk(Disk disk, Path file) {
        this.disk = disk;
        this.file = file;
    }

    @Override
    public Output create(Path path) throws IOException {
        return path.equals(file) ? new Small() : disk.create(path);
    }

    /** Goes to the disk when it becomes too large. */
    private final class Small implements Output {
        private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(8 * 1024);
        private @Nullable Output large;

        @Override
        public void write(ByteBuffer more) throws IOException {
            if (large == null && gathered.size() + more.remaining() > IN_MEMORY) {
                onDisk = true;
                large = disk.create(file);
                large.write(ByteBuffer.wrap(gathered.toByteArray()));
                gathered.reset();
            }
            if (large != null) {
                large.write(more);
                return;
            }
            byte[] piece = new byte[more.remaining()];
            more.get(piece);
            gathered.writeBytes(piece);
        }

        @Override
        public void force() throws IOException {
            if (large != null) {
                large.force();
            }
        }

        @Override
        public void close() throws IOException {
            if (large == null) {
                bytes = gathered.toByteArray();
            } else {
                large.close();
            }
        }
    }

    private byte @Nullable [] held(Path path) {
        return path.equals(file) ? bytes : null;
    }

    @Override
    public InputStream read(Path path) throws IOException {
        byte[] held = held(path);
        return held == null ? disk.read(path) : new ByteArrayInputStream(held);
    }

    @Override
    public void delete(Path path) throws IOException {
        if (!path.equals(file) || onDisk) {
            disk.delete(path);
        }
        if (path.equals(file)) {
            bytes = null;
            onDisk = false;
        }
    }

    @Override
    public Output append(Path path) throws IOException {
        return disk.append(path);
    }

    @Override
    public InputStream readPlain(Path path) throws IOException {
        return disk.readPlain(path);
    }

    @Override
    public InputStream readNamed(Path path) throws IOException {
        return disk.readNamed(path);
    }

    @Override
    public int readAt(Path path, long offset, ByteBuffer into) throws IOException {
        return disk.readAt(path, offset, into);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void link(Path path, Path second) throws IOException {
        disk.link(path, second);
    }

    @Override
    public void makeFolders(Path folder) throws IOException {
        disk.makeFolders(folder);
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        disk.makeFolder(folder);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        disk.forceFolder(folder);
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        return disk.list(folder);
    }

    @Override
    public List<Path> folders(Path folder) throws IOException {
        return disk.folders(folder);
    }

    @Override
    public boolean isFolder(Path path) throws IOException {
        return disk.isFolder(path);
    }

    @Override
    public boolean exists(Path path) {
        return held(path) != null || disk.exists(path);
    }

    @Override
    public boolean same(Path one, Path other) throws IOException {
        return disk.same(one, other);
    }

    @Override
    public void forceAll(List<? extends Output> outputs, Path folder) throws IOException {
        disk.forceAll(outputs, folder);
    }

    @Override
    public long size(Path path) throws IOException {
        byte[] held = held(path);
        return held == null ? disk.size(path) : held.length;
    }

    @Override
    public void setAccess(Path path, @Nullable String owner, @Nullable String group, @Nullable String mode)
            throws IOException {
        disk.setAccess(path, owner, group, mode);
    }

    @Override
    public long room(Path path) throws IOException {
        return disk.room(path);
    }
}
