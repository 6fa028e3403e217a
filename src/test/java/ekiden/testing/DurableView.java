package ekiden.testing;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a crash now would surely leave of a {@link MemoryDisk}. */
final class DurableView {
    private final List<List<MemoryDisk.Change>> pending;
    private final Map<Path, byte[]> files = new TreeMap<>();

    DurableView(List<List<MemoryDisk.Change>> pending) {
        this.pending = pending;
    }

    Map<Path, byte[]> of(MemoryDisk.Node root) {
        collect(Path.of("/"), root);
        return files;
    }

    private void collect(Path at, MemoryDisk.Node folder) {
        folder.durable.forEach((name, child) -> {
            if (child.folder) {
                collect(at.resolve(name), child);
            } else if (surelyKept(new MemoryDisk.Key(folder, name), child)) {
                files.put(at.resolve(name), Arrays.copyOf(child.bytes, child.forced));
            }
        });
    }

    /** Whether the file has a name whatever of the pending changes survives: a rename takes one only with another given. */
    private boolean surelyKept(MemoryDisk.Key key, MemoryDisk.Node file) {
        Set<MemoryDisk.Key> names = new HashSet<>(Set.of(key));
        for (List<MemoryDisk.Change> together : pending) {
            together.stream().filter(change -> change.node() == file).forEach(change -> names.add(change.key()));
            together.stream().filter(change -> change.node() != file).forEach(change -> names.remove(change.key()));
            if (names.isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
