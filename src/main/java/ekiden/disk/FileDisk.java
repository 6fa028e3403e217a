package ekiden.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The machine's file systems. A file's bytes are forced with fdatasync (which includes its length), a folder's entries
 * with fsync; on Windows folders cannot be forced and need not be, because NTFS journals its entries.
 */
public final class FileDisk implements Disk {
    /** A write of a heap buffer takes a direct buffer of the same size, which the JDK keeps per thread: so, in pieces. */
    private static final int MAX_WRITE_BYTES = 256 * 1024;

    /** Less than this left on the file system counts as full, whatever words the system used. */
    private static final long FULL_BELOW_BYTES = 4096;

    /** Folders that are known to be durable; one that is not known is forced again. */
    private static final int MOST_DURABLE = 1_000;

    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private final DurableFolders durable = new DurableFolders(MOST_DURABLE);

    @Override
    public Output create(Path file) throws IOException {
        return open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public Output append(Path file) throws IOException {
        return open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static Output open(Path file, StandardOpenOption... options) throws IOException {
        try {
            return new FileOutput(file, FileChannel.open(file, options));
        } catch (IOException failure) {
            throw told(file, failure);
        }
    }

    @Override
    public void forceAll(List<? extends Output> outputs, Path folder) throws IOException {
        List<Together.Force> forces = new ArrayList<>();
        outputs.forEach(output -> forces.add(output::force));
        forces.add(() -> forceFolder(folder));
        Together.run(forces);
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public InputStream readPlain(Path file) throws IOException {
        BasicFileAttributes what = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!what.isRegularFile()) {
            throw new NoFile(file);
        }
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public InputStream readNamed(Path file) throws IOException {
        return NamedFile.open(file);
    }

    @Override
    public int readAt(Path file, long offset, ByteBuffer into) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int before = into.position();
            while (into.hasRemaining()) {
                int read = channel.read(into, offset + into.position() - before);
                if (read < 0) {
                    break;
                }
            }
            int got = into.position() - before;
            return got == 0 && into.hasRemaining() ? -1 : got;
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        durable.remove(from);
        durable.remove(to);
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw told(to, failure);
        }
    }

    @Override
    public void link(Path file, Path second) throws IOException {
        try {
            Files.createLink(second, file);
        } catch (IOException failure) {
            throw told(second, failure);
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        durable.remove(path);
        Files.deleteIfExists(path);
    }

    @Override
    public void makeFolders(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path at = folder; at != null && !Files.isDirectory(at); at = at.getParent()) {
            missing.push(at);
        }
        Deque<Path> unsure = new ArrayDeque<>();
        Path there = missing.isEmpty() ? folder : missing.peekFirst().getParent();
        for (Path at = there; at != null && !durable.contains(at); at = at.getParent()) {
            unsure.addLast(at);
        }
        for (Path next : missing) {
            makeFolder(next);
        }
        // the innermost first: where one force carries all changes before it, the others find nothing left to do
        for (Path made : List.copyOf(missing).reversed()) {
            Path parent = made.getParent();
            if (parent != null) {
                forceFolder(parent);
            }
            durable.add(made);
        }
        for (Path at : unsure) {
            Path parent = at.getParent();
            // nobody like us has made it in a folder that we cannot write in; some of those cannot be forced
            if (parent != null && Files.isReadable(parent) && Files.isWritable(parent)) {
                forceFolder(parent);
            }
            durable.add(at);
        }
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException another) {
            if (!Files.isDirectory(folder)) {
                throw another;
            }
        } catch (IOException failure) {
            throw told(folder, failure);
        }
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        if (WINDOWS) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException failure) {
            throw told(folder, failure);
        }
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        }
    }

    @Override
    public List<Path> folders(Path folder) throws IOException {
        return list(folder).stream()
                .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    @Override
    public boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public boolean same(Path one, Path other) throws IOException {
        try {
            return Files.isSameFile(one, other);
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    @Override
    public long size(Path file) throws IOException {
        return Files.size(file);
    }

    @Override
    public long room(Path path) throws IOException {
        Path at = path;
        while (at.getParent() != null && !Files.exists(at)) {
            at = at.getParent();
        }
        return Files.getFileStore(at).getUsableSpace();
    }

    @Override
    public void setAccess(Path path, @Nullable String owner, @Nullable String group, @Nullable String mode)
            throws IOException {
        PosixAccess.set(path, owner, group, mode);
    }

    /**
     * The JDK has no error numbers: the words of glibc and Windows in English and Japanese are known here, and for other
     * languages the room that is left decides.
     */
    static IOException told(Path file, IOException failure) {
        String words = String.valueOf(failure.getMessage());
        if (words.contains("File name too long") || words.contains("ファイル名が長すぎます")) {
            return new NameTooLong(file, failure);
        }
        boolean full = words.contains("No space left")
                || words.contains("Disk quota exceeded")
                || words.contains("not enough space")
                || words.contains("空き領域")
                || words.contains("ディスク使用量制限");
        return full || noRoom(file) ? new DiskFull(file, failure) : failure;
    }

    private static boolean noRoom(Path file) {
        Path at = file;
        while (at != null && !Files.exists(at)) {
            at = at.getParent();
        }
        try {
            return at != null && Files.getFileStore(at).getUsableSpace() < FULL_BELOW_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }

    private record FileOutput(Path file, FileChannel channel) implements Output {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            int end = bytes.limit();
            try {
                while (bytes.position() < end) {
                    bytes.limit(Math.min(end, bytes.position() + MAX_WRITE_BYTES));
                    channel.write(bytes);
                }
            } catch (IOException failure) {
                throw told(file, failure);
            } finally {
                bytes.limit(end);
            }
        }

        @Override
        public void force() throws IOException {
            try {
                channel.force(false);
            } catch (IOException failure) {
                throw told(file, failure);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
