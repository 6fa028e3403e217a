package ekiden.testing;

import java.util.TreeMap;

/** A file or a folder of a {@link MemoryDisk}: what it holds now, and what a crash leaves of it. */
final class MemoryNode {
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
}
