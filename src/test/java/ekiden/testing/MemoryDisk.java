package ekiden.testing;

import ekiden.disk.Disk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that knows what was forced. {@link #crash} drops what was not: of a file everything behind the forced
 * bytes may be gone, cut, or zeros; of a folder every entry that was made, renamed or removed since the last
 * {@link #forceFolder} may or may not have become durable (a rename wholly or not at all).
 *
 * <p>Same seed, same operations → same crash. Methods are synchronized so that unit tests with threads may use it; the
 * simulation is single-threaded.
 */
public final class MemoryDisk implements Disk {
    /** The process has stopped: thrown by every operation from {@link #stopAfter} until {@link #crash}. Never caught by the product. */
    public static final class Stopped extends Error {
        private static final long serialVersionUID = 1;

        Stopped() {
            super("the process stopped here");
        }
    }

    private record Change(MemoryNode.Key key, @Nullable MemoryNode node) {}

    private final RandomGenerator random;
    private final MemoryNode root = new MemoryNode(true);
    /** Entry changes that are not durable yet, oldest first; the changes of one element become durable together. */
    private final List<List<Change>> pending = new ArrayList<>();

    private long capacity = Long.MAX_VALUE;
    private long used;
    /** What is told to whoever asks how much room there is; {@link #capacity} is another matter. */
    public volatile long room = Long.MAX_VALUE;

    private long operations;
    private long failAt = -1;
    private @Nullable Supplier<? extends IOException> failure;
    private long stopAt = -1;
    private int life;

    /** @param random decides what a crash leaves; seeded by the caller */
    public MemoryDisk(RandomGenerator random) {
        this.random = random;
    }

    /** {@return how many changing operations there have been: the range for {@link #failAfter} and {@link #stopAfter}} */
    public synchronized long operations() {
        return operations;
    }

    /**
     * Lets one operation fail, which then has done nothing (a write may have written a part).
     *
     * @param more how many changing operations go well before
     * @param exception what is thrown
     */
    public synchronized void failAfter(long more, Supplier<? extends IOException> exception) {
        failAt = operations + more;
        failure = exception;
    }

    /**
     * Stops the process: this and every later operation throws {@link Stopped}, until {@link #crash}.
     *
     * @param more how many changing operations go well before
     */
    public synchronized void stopAfter(long more) {
        stopAt = operations + more;
    }

    /** {@return whether the next changing operation finds the process stopped} */
    public synchronized boolean stopped() {
        return stopAt >= 0 && operations >= stopAt;
    }

    /** @param bytes room for the bytes of all files; what is more throws {@link DiskFull} */
    public synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    /** The machine loses power and comes up again: planned failures are forgotten, open outputs are dead. */
    public synchronized void crash() {
        Set<MemoryNode.Key> lost = new HashSet<>();
        for (List<Change> together : pending) {
            boolean survives = random.nextInt(2) == 0 && together.stream().noneMatch(c -> lost.contains(c.key));
            together.forEach(c -> settle(c, survives, lost));
        }
        pending.clear();
        failAt = -1;
        stopAt = -1;
        life++;
        used = 0;
        revive(root, new HashSet<>());
    }

    /** The process stops and starts again while the machine stays up: nothing is lost, open outputs are dead. */
    public synchronized void restart() {
        failAt = -1;
        stopAt = -1;
        life++;
    }

    private static void settle(Change change, boolean survives, Set<MemoryNode.Key> lost) {
        if (!survives) {
            lost.add(change.key);
        } else if (change.node == null) {
            change.key.folder().durable.remove(change.key.name());
        } else {
            change.key.folder().durable.put(change.key.name(), change.node);
        }
    }

    private void revive(MemoryNode node, Set<MemoryNode> seen) {
        if (!seen.add(node)) {
            node.names++;
            return;
        }
        node.names = 1;
        if (!node.folder) {
            node.loseTail(random);
            used += node.length;
            return;
        }
        node.live.clear();
        node.live.putAll(node.durable);
        node.live.values().forEach(child -> revive(child, seen));
    }

    private void operation() throws IOException {
        long now = operations++;
        if (stopAt >= 0 && now >= stopAt) {
            throw new Stopped();
        }
        if (failAt >= 0 && now >= failAt && failure != null) {
            failAt = -1;
            throw failure.get();
        }
    }

    @Override
    public synchronized Output create(Path file) throws IOException {
        operation();
        MemoryNode.Place place = place(file);
        mustBeFree(place, file);
        return new MemoryOutput(file, made(place, false), life);
    }

    @Override
    public synchronized Output append(Path file) throws IOException {
        operation();
        MemoryNode.Place place = place(file);
        MemoryNode present = place.node();
        if (present != null && present.folder) {
            throw new FileSystemException(file.toString(), null, "Is a directory");
        }
        return new MemoryOutput(file, present != null ? present : made(place, false), life);
    }

    private static void mustBeFree(MemoryNode.Place place, Path path) throws IOException {
        if (place.node() != null) {
            throw new FileAlreadyExistsException(path.toString());
        }
    }

    private MemoryNode made(MemoryNode.Place place, boolean folder) {
        MemoryNode node = new MemoryNode(folder);
        apply(List.of(new Change(new MemoryNode.Key(place.folder(), place.name()), node)));
        return node;
    }

    private void apply(List<Change> together) {
        for (Change change : together) {
            MemoryNode old = change.node == null
                    ? change.key.folder().live.remove(change.key.name())
                    : change.key.folder().live.put(change.key.name(), change.node);
            if (old != null && --old.names == 0) {
                used -= old.length;
            }
            if (change.node != null && change.node.names++ == 0) {
                used += change.node.length;
            }
        }
        pending.add(together);
    }

    @Override
    public synchronized InputStream read(Path file) throws IOException {
        MemoryNode node = file(file);
        return new ByteArrayInputStream(node.bytes, 0, node.length);
    }

    @Override
    public synchronized int readAt(Path file, long offset, ByteBuffer into) throws IOException {
        MemoryNode node = file(file);
        if (!into.hasRemaining()) {
            return 0;
        }
        if (offset >= node.length) {
            return -1;
        }
        int count = (int) Math.min(into.remaining(), node.length - offset);
        into.put(node.bytes, (int) offset, count);
        return count;
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        operation();
        MemoryNode.Place source = place(from);
        MemoryNode node = source.node();
        if (node == null) {
            throw new NoSuchFileException(from.toString());
        }
        MemoryNode.Place target = place(to);
        MemoryNode replaced = target.node();
        if (replaced == node) {
            return;
        }
        if (replaced != null && replaced.folder && !node.folder) {
            throw new FileSystemException(from.toString(), to.toString(), "Is a directory");
        }
        if (replaced != null && !replaced.folder && node.folder) {
            throw new FileSystemException(from.toString(), to.toString(), "Not a directory");
        }
        if (replaced != null && !replaced.live.isEmpty()) {
            throw new DirectoryNotEmptyException(to.toString());
        }
        Change here = new Change(new MemoryNode.Key(target.folder(), target.name()), node);
        Change gone = new Change(new MemoryNode.Key(source.folder(), source.name()), null);
        apply(List.of(here, gone));
    }

    @Override
    public synchronized void link(Path file, Path second) throws IOException {
        operation();
        MemoryNode node = file(file);
        MemoryNode.Place place = place(second);
        mustBeFree(place, second);
        apply(List.of(new Change(new MemoryNode.Key(place.folder(), place.name()), node)));
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        operation();
        MemoryNode parent = find(path.getParent());
        MemoryNode node = parent == null ? null : parent.live.get(name(path));
        if (parent == null || node == null) {
            return;
        }
        if (!node.live.isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        apply(List.of(new Change(new MemoryNode.Key(parent, name(path)), null)));
    }

    @Override
    public long room(Path path) {
        return room;
    }

    @Override
    public synchronized void setAccess(Path path, @Nullable String owner, @Nullable String group, @Nullable String mode)
            throws IOException {
        operation();
    }

    @Override
    public synchronized void makeFolder(Path folder) throws IOException {
        MemoryNode present = find(folder);
        if (present == null) {
            operation();
            made(place(folder), true);
        } else if (!present.folder) {
            throw new FileAlreadyExistsException(folder.toString());
        }
    }

    @Override
    public synchronized void makeFolders(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (parent == null) {
            return;
        }
        makeFolders(parent);
        makeFolder(folder);
        MemoryNode.Key entry = place(folder).key();
        if (pending.stream().flatMap(List::stream).anyMatch(change -> change.key.equals(entry))) {
            operation();
            force(parent);
        }
    }

    @Override
    public synchronized void forceFolder(Path folder) throws IOException {
        operation();
        force(folder);
    }

    private void force(Path path) throws IOException {
        MemoryNode folder = find(path);
        if (folder == null) {
            throw new NoSuchFileException(path.toString());
        }
        Set<MemoryNode.Key> wanted = new HashSet<>();
        List<List<Change>> durable = new ArrayList<>();
        for (List<Change> together : pending.reversed()) {
            if (together.stream().anyMatch(c -> c.key.folder() == folder || wanted.contains(c.key))) {
                together.forEach(c -> wanted.add(c.key));
                durable.addFirst(together);
            }
        }
        durable.forEach(together -> together.forEach(c -> settle(c, true, Set.of())));
        pending.removeAll(durable);
    }

    @Override
    public synchronized List<Path> list(Path folder) throws IOException {
        MemoryNode node = find(folder);
        if (node == null) {
            return List.of();
        }
        if (!node.folder) {
            throw new NotDirectoryException(folder.toString());
        }
        return node.live.keySet().stream().map(folder::resolve).sorted().toList();
    }

    @Override
    public synchronized List<Path> folders(Path folder) throws IOException {
        return list(folder).stream().filter(this::isFolder).toList();
    }

    @Override
    public synchronized boolean isFolder(Path path) {
        MemoryNode node = find(path);
        return node != null && node.folder;
    }

    @Override
    public synchronized boolean exists(Path path) {
        return find(path) != null;
    }

    @Override
    public synchronized boolean same(Path one, Path other) {
        return find(one) != null && find(one) == find(other);
    }

    @Override
    public synchronized long size(Path file) throws IOException {
        return file(file).length;
    }

    /** {@return every file with its bytes as they are now, by path} */
    public synchronized Map<Path, byte[]> files() {
        Map<Path, byte[]> all = new TreeMap<>();
        root.collect(Path.of("/"), all);
        return all;
    }

    /** {@return every file that a crash now would surely leave, with the bytes that it would surely keep, by path} */
    public synchronized Map<Path, byte[]> durableFiles() {
        Map<Path, byte[]> all = new TreeMap<>();
        collectDurable(Path.of("/"), root, all);
        return all;
    }

    private void collectDurable(Path at, MemoryNode folder, Map<Path, byte[]> all) {
        folder.durable.forEach((name, child) -> {
            if (child.folder) {
                collectDurable(at.resolve(name), child, all);
            } else if (surelyKept(new MemoryNode.Key(folder, name), child)) {
                all.put(at.resolve(name), Arrays.copyOf(child.bytes, child.forced));
            }
        });
    }

    /** Whether the file has a name whatever of the pending changes survives: a rename takes one only with another given. */
    private boolean surelyKept(MemoryNode.Key key, MemoryNode file) {
        Set<MemoryNode.Key> names = new HashSet<>(Set.of(key));
        for (List<Change> together : pending) {
            for (Change change : together) {
                if (change.node == file) {
                    names.add(change.key);
                }
            }
            together.stream().filter(change -> change.node != file).forEach(change -> names.remove(change.key));
            if (names.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static String name(Path path) {
        return Objects.requireNonNull(path.getFileName()).toString();
    }

    private MemoryNode.Place place(Path path) throws IOException {
        MemoryNode parent = find(path.getParent());
        if (parent == null || !parent.folder) {
            throw new NoSuchFileException(path.toString());
        }
        return new MemoryNode.Place(parent, name(path));
    }

    private MemoryNode file(Path path) throws IOException {
        MemoryNode node = find(path);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        if (node.folder) {
            throw new FileSystemException(path.toString(), null, "Is a directory");
        }
        return node;
    }

    private @Nullable MemoryNode find(@Nullable Path path) {
        MemoryNode at = root;
        if (path == null) {
            return at;
        }
        for (Path part : path) {
            at = at == null ? null : at.live.get(part.toString());
        }
        return at;
    }

    private final class MemoryOutput implements Output {
        private final Path file;
        private final MemoryNode node;
        private final int born;
        private boolean closed;

        MemoryOutput(Path file, MemoryNode node, int born) {
            this.file = file;
            this.node = node;
            this.born = born;
        }

        private void check() throws IOException {
            if (closed || born != life) {
                throw new ClosedChannelException();
            }
            operation();
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            synchronized (MemoryDisk.this) {
                check();
                int count = (int) Math.min(bytes.remaining(), Math.max(0, capacity - used));
                if (node.length + count > node.bytes.length) {
                    node.bytes = Arrays.copyOf(node.bytes, Math.max(2 * node.bytes.length, node.length + count));
                }
                bytes.get(node.bytes, node.length, count);
                node.length += count;
                used += node.names > 0 ? count : 0;
                if (bytes.hasRemaining()) {
                    throw new DiskFull(file, new IOException("the memory disk holds " + capacity + " bytes"));
                }
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (MemoryDisk.this) {
                check();
                node.forced = node.length;
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
