package ekiden.testing;

import ekiden.disk.Disk;
import ekiden.disk.FileDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files as on the real disk, without waiting for it: for tests that make many thousands of files to look at later. */
public final class UnforcedDisk implements Disk {
    private final FileDisk disk = new FileDisk();

    @Override
    public Output create(Path file) throws IOException {
        return new Unforced(disk.create(file));
    }

    @Override
    public Output append(Path file) throws IOException {
        return new Unforced(disk.append(file));
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return disk.read(file);
    }

    @Override
    public InputStream readNamed(Path file) throws IOException {
        return disk.readNamed(file);
    }

    @Override
    public int readAt(Path file, long offset, ByteBuffer into) throws IOException {
        return disk.readAt(file, offset, into);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void link(Path file, Path second) throws IOException {
        disk.link(file, second);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public long room(Path path) throws IOException {
        return disk.room(path);
    }

    @Override
    public void setAccess(Path path, @Nullable String owner, @Nullable String group, @Nullable String mode)
            throws IOException {
        disk.setAccess(path, owner, group, mode);
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        disk.makeFolder(folder);
    }

    @Override
    public void makeFolders(Path folder) throws IOException {
        disk.makeFolders(folder);
    }

    @Override
    public void forceFolder(Path folder) {
        // nobody waits for it
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
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public boolean same(Path one, Path other) throws IOException {
        return disk.same(one, other);
    }

    @Override
    public long size(Path file) throws IOException {
        return disk.size(file);
    }

    private record Unforced(Output output) implements Output {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            output.write(bytes);
        }

        @Override
        public void force() {
            // nobody waits for it
        }

        @Override
        public void close() throws IOException {
            output.close();
        }
    }
}
