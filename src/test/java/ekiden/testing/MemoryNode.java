package ekiden.testing;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A file or a folder of a {@link MemoryDisk}: what it holds now, and what a crash leaves of it. */
final class MemoryNode {
    /** An entry of a folder, the same one however often its content changes. */
    record Key(MemoryNode folder, String name) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.folder == folder && key.name.equals(name);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(folder) * 31 + name.hashCode();
        }
    }

    final boolean folder;
    byte[] bytes = new byte[64];
    int length;
    int forced;
    int names;
    final TreeMap<String, MemoryNode> live = new TreeMap<>();
    final TreeMap<String, MemoryNode> durable = new TreeMap<>();

    MemoryNode(boolean folder) {
        this.folder = folder;
    }

    /** Puts what lies here and below into the map: the bytes of each file under its path. */
    void collect(Path at, Map<Path, byte[]> all) {
        if (!folder) {
            all.put(at, Arrays.copyOf(bytes, length));
        }
        live.forEach((name, child) -> child.collect(at.resolve(name), all));
    }

    /** Behind the forced bytes everything may be gone, cut, or zeros. */
    void loseTail(RandomGenerator random) {
        int tail = length - forced;
        if (tail == 0) {
            return;
        }
        int kept = random.nextInt(3) == 0 ? 0 : random.nextInt(tail + 1);
        int whole = random.nextInt(2) == 0 ? kept : random.nextInt(kept + 1);
        Arrays.fill(bytes, forced + whole, forced + kept, (byte) 0);
        length = forced + kept;
        forced = length;
    }

    /** A name in a folder, whether something is there or not. */
    record Place(MemoryNode folder, String name) {
        Key key() {
            return new Key(folder, name);
        }

        @Nullable
        MemoryNode node() {
            return folder.live.get(name);
        }
    }
}
