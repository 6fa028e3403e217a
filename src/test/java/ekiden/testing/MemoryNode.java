package ekiden.testing;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
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
